import type { Probe } from "@kasbah/core";
import type { OpenStackClient } from "../client.ts";
import {
  type Flavor,
  readExternalNetworks,
  readFlavors,
  readImages,
  readVolumeTypes,
  readZones,
  type VolumeType,
} from "../cloud/compute.ts";
import { devicesOf } from "../cloud/devices.ts";
import { deviceInventory } from "../cloud/placement.ts";
import { readQuotas, unsaid } from "../cloud/quotas.ts";
import { OpenStackError } from "../errors.ts";
import { readCapabilities } from "./capabilities.ts";
import { readServices } from "./services.ts";

/** What one project of a cloud has in one region. Reads only; what this user may not ask is named. */
export const probe = async (client: OpenStackClient): Promise<Probe> => {
  const unchecked: string[] = [];
  const ask = <T>(what: string, read: Promise<T>, without: T): Promise<T> =>
    read.catch((error: unknown) => {
      unchecked.push(`${what}: ${unsaid(error)}`);
      return without;
    });
  const { projectName } = await client.session();
  const [services, found, quotas, flavors, images, types, external, zones] = await Promise.all([
    readServices(client),
    readCapabilities(client),
    readQuotas(client),
    ask("flavors", readFlavors(client), []),
    ask("images", readImages(client), []),
    ask("volume types", readTypes(client), []),
    ask("external networks", readExternalNetworks(client), []),
    ask("zones", readAllZones(client), { compute: [], volume: [], network: [] }),
  ]);
  const gpus = await readGpus(client, flavors, unchecked);
  return {
    format: 1,
    asOf: new Date().toISOString(),
    cloud: "openstack",
    region: client.region,
    project: projectName,
    capabilities: found.capabilities,
    services,
    quotas: [...quotas.quotas],
    flavors: flavors.map(flavorOf).sort((a, b) => a.name.localeCompare(b.name)),
    gpus,
    zones,
    volumeTypes: types,
    images: images.map(({ name, status, min_disk, visibility }) => ({
      name: name ?? "",
      status,
      minDiskGiB: min_disk,
      visibility,
    })),
    externalNetworks: [...external],
    unchecked: [...unchecked, ...found.unchecked, ...quotas.unchecked],
  };
};

const flavorOf = (flavor: Flavor): Probe["flavors"][number] => ({
  name: flavor.name,
  vcpus: flavor.vcpus,
  ramMiB: flavor.ram,
  diskGiB: flavor.disk,
  public: flavor["os-flavor-access:is_public"] ?? true,
  extraSpecs: { ...flavor.extra_specs },
});

/** Devices by name, with the flavors that ask for them, and how many there are where placement tells. */
const readGpus = async (
  client: OpenStackClient,
  flavors: readonly Flavor[],
  unchecked: string[],
): Promise<Probe["gpus"]> => {
  const asked = flavors.flatMap((flavor) => devicesOf(flavor).map((device) => ({ ...device, flavor: flavor.name })));
  const byName = Map.groupBy(asked, ({ name }) => name);
  const classes = [...new Set(asked.filter(({ kind }) => kind === "class").map(({ name }) => name))];
  const inventory = classes.length === 0 ? new Map() : await deviceInventory(client, classes);
  if (inventory === undefined) unchecked.push("how many devices there are: this user may not ask placement");
  const aliases = [...new Set(asked.filter(({ kind }) => kind === "alias").map(({ name }) => name))];
  if (aliases.length > 0)
    unchecked.push(`how many of ${aliases.join(", ")} there are: nova counts PCI aliases by itself, and tells nobody`);
  return [...byName].map(([name, uses]) => ({
    name,
    flavors: uses.map(({ flavor }) => flavor),
    perServer: Object.fromEntries(uses.map(({ flavor, count }) => [flavor, count])),
    ...inventory?.get(name),
  }));
};

const readTypes = async (client: OpenStackClient): Promise<Probe["volumeTypes"]> => {
  if (!(await client.has("block-storage"))) return [];
  const types = await readVolumeTypes(client);
  const answer = await client.request("block-storage", "/types/default", { accept: [404] });
  const standard = answer.status === 404 ? undefined : answer.json<{ volume_type: VolumeType }>().volume_type.id;
  return Promise.all(
    types.map(async ({ id, name }) => {
      const encrypted = await isEncrypted(client, id);
      return { name, default: id === standard, ...(encrypted === undefined ? {} : { encrypted }) };
    }),
  );
};

/** `undefined` where this user may not know: cinder shows it to administrators only, unless its policy says otherwise. */
const isEncrypted = async (client: OpenStackClient, id: string): Promise<boolean | undefined> => {
  try {
    const answer = await client.get<{ encryption_id?: string }>("block-storage", `/types/${id}/encryption`);
    return answer.encryption_id !== undefined;
  } catch (error) {
    if (OpenStackError.answered(error, 401, 403, 404)) return undefined;
    throw error;
  }
};

const readAllZones = async (client: OpenStackClient): Promise<Probe["zones"]> => {
  const volume = (await client.has("block-storage")) ? await readZones(client, "block-storage") : [];
  const path = "/availability_zones";
  const answer = await client.request("network", path, { accept: [403, 404] });
  const network =
    answer.status === 200 ? answer.json<{ availability_zones: { name: string }[] }>().availability_zones : [];
  return {
    compute: [...(await readZones(client, "compute"))],
    volume: [...volume],
    network: [...new Set(network.map(({ name }) => name))].sort(),
  };
};
