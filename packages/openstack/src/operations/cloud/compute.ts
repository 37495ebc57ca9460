import type { OpenStackClient } from "../client.ts";

export interface Flavor {
  readonly id: string;
  readonly name: string;
  readonly vcpus: number;
  /** MiB. */
  readonly ram: number;
  /** GiB. */
  readonly disk: number;
  readonly "os-flavor-access:is_public"?: boolean;
  readonly extra_specs?: Readonly<Record<string, string>>;
}

/** Extra specifications come with the list since compute 2.61 (Rocky); whoever may not read them gets none. */
const WITH_SPECS = { headers: { "openstack-api-version": "compute 2.61" } };

export const readFlavors = (client: OpenStackClient): Promise<readonly Flavor[]> =>
  client.list("compute", "/flavors/detail", "flavors", WITH_SPECS);

export interface Image {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly visibility: string;
  /** GiB. */
  readonly min_disk: number;
}

export const readImages = (client: OpenStackClient, name?: string): Promise<readonly Image[]> =>
  client.list("image", `/images?limit=200${name === undefined ? "" : `&name=${encodeURIComponent(name)}`}`, "images");

interface Zones {
  readonly availabilityZoneInfo: readonly {
    readonly zoneName: string;
    readonly zoneState: { readonly available: boolean };
  }[];
}

/** Zones that are up, of servers or of volumes. */
export const readZones = async (
  client: OpenStackClient,
  service: "compute" | "block-storage",
): Promise<readonly string[]> => {
  const { availabilityZoneInfo } = await client.get<Zones>(service, "/os-availability-zone");
  return availabilityZoneInfo
    .filter(({ zoneState }) => zoneState.available)
    .map(({ zoneName }) => zoneName)
    .sort();
};

export interface VolumeType {
  readonly id: string;
  readonly name: string;
}

export const readVolumeTypes = (client: OpenStackClient): Promise<readonly VolumeType[]> =>
  client.list("block-storage", "/types", "volume_types");

/** Networks that lead outside, as routers may use them. */
export const readExternalNetworks = async (client: OpenStackClient): Promise<readonly string[]> => {
  const path = "/networks?router:external=true&fields=name";
  const found = await client.list<{ name: string }>("network", path, "networks");
  return found.map(({ name }) => name).sort();
};
