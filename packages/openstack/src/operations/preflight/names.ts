import type { Obstacle, PlannedResource } from "@kasbah/core";
import type { OpenStackClient, Service } from "../client.ts";
import { type Flavor, readExternalNetworks, readImages, readVolumeTypes, readZones } from "../cloud/compute.ts";

/** What the check of names works with. */
export interface Checked {
  readonly client: OpenStackClient;
  readonly plan: readonly PlannedResource[];
  /** Settings of the declared place, where there is one. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly flavors: readonly Flavor[];
}

const INSTANCE = "openstack:compute/instance:Instance";
const VOLUME = "openstack:blockstorage/volume:Volume";
const ROUTER = "openstack:networking/router:Router";

/** Everything that the plan calls by a name which this cloud does not know. */
export const nameObstacles = async (checked: Checked): Promise<readonly Obstacle[]> => {
  const found = [
    flavorNames(checked),
    imageNames(checked),
    zoneNames(checked),
    volumeTypeNames(checked),
    networkNames(checked),
  ];
  return (await Promise.all(found)).flat();
};

const ofType = ({ plan }: Checked, type: string): readonly PlannedResource[] =>
  plan.filter((resource) => resource.type === type);

/** Distinct texts of one input. */
const named = (resources: readonly PlannedResource[], key: string, ...more: readonly unknown[]): readonly string[] =>
  [
    ...new Set(
      [...resources.map(({ inputs }) => inputs[key]), ...more].filter(
        (name) => typeof name === "string" && name !== "",
      ),
    ),
  ] as readonly string[];

const flavorNames = async (checked: Checked): Promise<readonly Obstacle[]> => {
  const names = checked.flavors.map(({ name }) => name);
  return named(ofType(checked, INSTANCE), "flavorName").flatMap((name) => absent("flavor", name, names));
};

/** An image may be asked for by the program itself, as our layers do: then its name stands in the place's settings. */
const imageNames = async (checked: Checked): Promise<readonly Obstacle[]> => {
  const servers = ofType(checked, INSTANCE);
  if (servers.length === 0) return [];
  const found = named(servers, "imageName", checked.settings["image"]).map(
    async (name): Promise<readonly Obstacle[]> => {
      const images = await readImages(checked.client, name);
      if (images.some(({ status }) => status === "active")) return [];
      if (images.length === 0)
        return absent(
          "image",
          name,
          (await readImages(checked.client)).map((image) => image.name),
        );
      const says = `the image ${name} is ${images.map(({ status }) => status).join(", ")}`;
      return [{ fault: "cloud", says, mend: "Wait until it is active, or upload it again." }];
    },
  );
  return (await Promise.all(found)).flat();
};

const zoneNames = async (checked: Checked): Promise<readonly Obstacle[]> => {
  const found = (
    [
      ["compute", INSTANCE],
      ["block-storage", VOLUME],
    ] as const
  ).map(async ([service, type]) => {
    const names = named(ofType(checked, type), "availabilityZone");
    if (names.length === 0) return [];
    const zones = await readZones(checked.client, service);
    return names.flatMap((name) => absent(`availability zone of ${service}`, name, zones));
  });
  return (await Promise.all(found)).flat();
};

const volumeTypeNames = async (checked: Checked): Promise<readonly Obstacle[]> => {
  const names = named(ofType(checked, VOLUME), "volumeType");
  if (names.length === 0) return [];
  const types = (await readVolumeTypes(checked.client)).map(({ name }) => name);
  return names.flatMap((name) => absent("volume type", name, types));
};

/** A program asks for the network by its name, and gets an id that no plan knows. */
const networkNames = async (checked: Checked): Promise<readonly Obstacle[]> => {
  const name = checked.settings["externalNetwork"];
  if (typeof name !== "string" || ofType(checked, ROUTER).length === 0) return [];
  return absent("external network", name, await readExternalNetworks(checked.client));
};

const absent = (what: string, name: string, known: readonly string[]): readonly Obstacle[] => {
  if (known.includes(name)) return [];
  const shown = [...new Set(known)].sort().slice(0, 20).join(", ");
  const says = `there is no ${what} ${name}; this project sees ${shown || "none"}`;
  return [{ fault: "settings", says, mend: "Correct the name." }];
};

/** The service that each module of the provider speaks with. */
const SERVICE_OF: Readonly<Record<string, Service>> = {
  blockstorage: "block-storage",
  compute: "compute",
  dns: "dns",
  images: "image",
  keymanager: "key-manager",
  loadbalancer: "load-balancer",
  networking: "network",
  objectstorage: "object-store",
};

/** Services that the plan needs and the region does not have. */
export const serviceObstacles = async (
  client: OpenStackClient,
  plan: readonly PlannedResource[],
): Promise<readonly Obstacle[]> => {
  const catalogue = await client.catalogue();
  const modules = new Set(plan.map(({ type }) => type.split(/[:/]/)[1] ?? ""));
  const wanted = new Set([...modules].flatMap((module) => SERVICE_OF[module] ?? []));
  if (plan.some(({ type }) => type === INSTANCE)) wanted.add("image");
  return [...wanted]
    .filter((service) => !catalogue.has(service))
    .map((service) => ({
      fault: "settings",
      says: `the region ${client.region} has no ${service}, which the plan needs; it has ${catalogue.types().join(", ")}`,
      mend: "Say so in openstack.capabilities of the place, or choose another place.",
    }));
};
