import type { Checked, KnownResource, Problem } from "@kasbah/core";
import type { ClusterSettings } from "../cluster/settings.ts";

/** What a state says of a cluster, as far as a copy of it needs that. */
export interface Original {
  readonly settings: ClusterSettings;
  readonly refs: { readonly cipher: string; readonly settingsKeys: string; readonly vault: string };
  /** Container of the settings, whose access list names the machine user. */
  readonly container: string;
  readonly server: {
    readonly flavorId: string;
    readonly imageId: string;
    readonly zone: string | undefined;
    readonly metadata: Readonly<Record<string, string>>;
  };
  readonly seat: {
    readonly networkId: string;
    readonly subnetId: string;
    readonly securityGroupIds: readonly string[];
  };
  readonly volume: { readonly size: number; readonly type: string | undefined; readonly zone: string | undefined };
}

const TYPES = {
  secrets: "kasbah:openstack:PostgresSecrets",
  mailbox: "kasbah:openstack:PostgresMailbox",
  vault: "kasbah:openstack:Vault",
  container: "openstack:objectstorage/container:Container",
  object: "openstack:objectstorage/containerObject:ContainerObject",
  server: "openstack:compute/instance:Instance",
  port: "openstack:networking/port:Port",
  volume: "openstack:blockstorage/volume:Volume",
} as const;

type Resources = readonly KnownResource[];

/** @param resources the whole state, components too */
export const originalOf = (resources: Resources, workload: string): Checked<Original> => {
  const mailbox = named(resources, TYPES.mailbox, workload);
  const secrets = named(resources, TYPES.secrets, workload);
  if (mailbox === undefined || secrets === undefined) return missing(workload, `a Postgres cluster in this state`);
  const object = resources.find(({ type, parent }) => type === TYPES.object && parent === mailbox.urn);
  const settings = settingsIn(object?.inputs["content"]);
  if (settings === undefined) return missing(workload, "settings that were published");
  const [store] = settings.backup.vaults;
  if (store === undefined) return missing(workload, "a vault: without one there is nothing to restore");
  const vault = resources.find(({ type, outputs }) => type === TYPES.vault && outputs["bucket"] === store.bucket);
  const [first] = settings.members;
  const server = resources.find(({ type, outputs }) => type === TYPES.server && outputs["name"] === first?.name);
  const beside = (type: string) => resources.find((one) => one.type === type && one.parent === server?.parent);
  const found: Found = {
    cipher: textAt(secrets, "cipher"),
    settingsKeys: textAt(mailbox, "keysRef"),
    vault: vault && textAt(vault, "keysRef"),
    container: object && textAt(object, "containerName"),
    server,
    port: beside(TYPES.port),
    volume: beside(TYPES.volume),
  };
  const absent = Object.entries(found).flatMap(([name, value]) => (value === undefined ? [name] : []));
  const original = assembled(settings, found);
  return original === undefined ? missing(workload, `its ${absent.join(", ")}`) : { ok: true, value: original };
};

interface Found {
  readonly cipher: string | undefined;
  readonly settingsKeys: string | undefined;
  readonly vault: string | undefined;
  readonly container: string | undefined;
  readonly server: KnownResource | undefined;
  readonly port: KnownResource | undefined;
  readonly volume: KnownResource | undefined;
}

const assembled = (settings: ClusterSettings, found: Found): Original | undefined => {
  const { cipher, settingsKeys, vault, container, server, port, volume } = found;
  if (!cipher || !settingsKeys || !vault || !container || !server || !port || !volume) return undefined;
  const [fixed] = listAt(port, "fixedIps");
  return {
    settings,
    refs: { cipher, settingsKeys, vault },
    container,
    server: {
      flavorId: textAt(server, "flavorId") ?? "",
      imageId: textAt(server, "imageId") ?? "",
      zone: textAt(server, "availabilityZone"),
      metadata: labelsOf(server.outputs["metadata"]),
    },
    seat: {
      networkId: textAt(port, "networkId") ?? "",
      subnetId: String(Object(fixed).subnetId ?? ""),
      securityGroupIds: listAt(port, "securityGroupIds").map(String),
    },
    volume: {
      size: Number(volume.outputs["size"]),
      type: textAt(volume, "volumeType"),
      zone: textAt(volume, "availabilityZone"),
    },
  };
};

/** Component or resource of this type that the program calls by this name. */
const named = (resources: Resources, type: string, name: string): KnownResource | undefined =>
  resources.find((resource) => resource.type === type && resource.urn.endsWith(`::${name}`));

const textAt = ({ outputs }: KnownResource, key: string): string | undefined => {
  const value = outputs[key];
  return typeof value === "string" && value !== "" ? value : undefined;
};

const listAt = ({ outputs }: KnownResource, key: string): readonly unknown[] => {
  const value = outputs[key];
  return Array.isArray(value) ? value : [];
};

/** The labels, and none of what else stands there. */
const labelsOf = (metadata: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    ["kasbah-class", "kasbah-datasets", "kasbah-owner", "kasbah-env"].flatMap((key) => {
      const value: unknown = Object(metadata)[key];
      return typeof value === "string" ? [[key, value]] : [];
    }),
  );

const settingsIn = (content: unknown): ClusterSettings | undefined => {
  if (typeof content !== "string") return undefined;
  try {
    const { payload }: { payload: string } = JSON.parse(content);
    return JSON.parse(Buffer.from(payload, "base64").toString("utf8"));
  } catch {
    return undefined;
  }
};

const missing = (
  workload: string,
  expected: string,
): { readonly ok: false; readonly problems: readonly Problem[] } => ({
  ok: false,
  problems: [{ path: `workloads.${workload}`, expected, got: undefined, mend: "run `kasbah up` first" }],
});
