import type { OpenStackClient } from "../client.ts";
import { OpenStackError } from "../errors.ts";
import type { Flavor } from "./compute.ts";
import { devicesOf } from "./devices.ts";

/** Required traits are part of the question since placement 1.17. */
const VERSION = { headers: { "openstack-api-version": "placement 1.17" } };

interface Candidates {
  readonly provider_summaries: Readonly<
    Record<
      string,
      { readonly resources: Readonly<Record<string, { readonly capacity: number; readonly used: number }>> }
    >
  >;
}

/**
 * How many servers of a flavor would find a host today, as far as placement counts: PCI aliases are counted by nova
 * alone, which tells nobody before a server is made.
 * @returns `undefined` when this user may not ask
 */
export const roomFor = async (client: OpenStackClient, flavor: Flavor): Promise<number | undefined> => {
  if (!(await client.has("placement"))) return undefined;
  const devices = devicesOf(flavor);
  const wanted: Readonly<Record<string, number>> = {
    VCPU: flavor.vcpus,
    MEMORY_MB: flavor.ram,
    ...(flavor.disk === 0 ? {} : { DISK_GB: flavor.disk }),
    ...Object.fromEntries(devices.filter(({ kind }) => kind === "class").map(({ name, count }) => [name, count])),
  };
  const resources = Object.entries(wanted).map(([name, count]) => `${name}:${count}`);
  const traits = devices.filter(({ kind }) => kind === "trait").map(({ name }) => name);
  const required = traits.length === 0 ? "" : `&required=${traits.join(",")}`;
  try {
    const path = `/allocation_candidates?resources=${resources.join(",")}${required}`;
    const { provider_summaries } = await client.get<Candidates>("placement", path, VERSION);
    return Object.values(provider_summaries).reduce((sum, { resources: has }) => sum + fits(wanted, has), 0);
  } catch (error) {
    if (OpenStackError.answered(error, 400, 401, 403)) return undefined;
    throw error;
  }
};

const fits = (
  wanted: Readonly<Record<string, number>>,
  has: Readonly<Record<string, { readonly capacity: number; readonly used: number }>>,
): number => {
  const each = Object.entries(wanted).map(([name, count]) => {
    const { capacity = 0, used = 0 } = has[name] ?? {};
    return Math.floor((capacity - used) / count);
  });
  return Math.max(0, Math.min(...each));
};

interface Inventories {
  readonly inventories: Readonly<Record<string, { readonly total: number; readonly reserved: number }>>;
}

/** Totals and use of every class that is no processor, memory or disk. `undefined` when this user may not ask. */
export const deviceInventory = async (
  client: OpenStackClient,
  names: readonly string[],
): Promise<ReadonlyMap<string, { readonly total: number; readonly used: number }> | undefined> => {
  if (!(await client.has("placement"))) return undefined;
  try {
    const { resource_providers: providers } = await client.get<{ resource_providers: readonly { uuid: string }[] }>(
      "placement",
      "/resource_providers",
      VERSION,
    );
    const found = new Map<string, { total: number; used: number }>();
    for (const { uuid } of providers) {
      const path = `/resource_providers/${uuid}`;
      const { inventories } = await client.get<Inventories>("placement", `${path}/inventories`, VERSION);
      const held = names.filter((name) => name in inventories);
      if (held.length === 0) continue;
      const { usages } = await client.get<{ usages: Record<string, number> }>("placement", `${path}/usages`, VERSION);
      for (const name of held) {
        const { total, used } = found.get(name) ?? { total: 0, used: 0 };
        const { total: here = 0, reserved = 0 } = inventories[name] ?? {};
        found.set(name, { total: total + here - reserved, used: used + (usages[name] ?? 0) });
      }
    }
    return found;
  } catch (error) {
    if (OpenStackError.answered(error, 401, 403)) return undefined;
    throw error;
  }
};
