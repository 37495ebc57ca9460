import type { Flavor } from "./compute.ts";

/** A device that a flavor asks for: a PCI alias, a resource class of placement, or a required trait. */
export interface Device {
  readonly name: string;
  readonly kind: "alias" | "class" | "trait";
  readonly count: number;
}

/** Classes of placement that every server takes. */
const ORDINARY = ["VCPU", "PCPU", "MEMORY_MB", "DISK_GB"];

/** What a flavor asks for beside processors, memory and disk. nova: flavor extra specs. */
export const devicesOf = ({ extra_specs: specs = {} }: Flavor): readonly Device[] =>
  Object.entries(specs).flatMap(([key, value]) => {
    if (key === "pci_passthrough:alias") return value.split(",").map(aliasOf);
    const [, resource] = /^resources\d*:(.+)$/.exec(key) ?? [];
    if (resource !== undefined && !ORDINARY.includes(resource)) {
      return [{ name: resource, kind: "class", count: Number(value) } as const];
    }
    const [, trait] = /^trait\d*:(.+)$/.exec(key) ?? [];
    return trait !== undefined && value === "required" ? [{ name: trait, kind: "trait", count: 0 } as const] : [];
  });

const aliasOf = (text: string): Device => {
  const [name = "", count = "1"] = text.trim().split(":");
  return { name, kind: "alias", count: Number(count) };
};
