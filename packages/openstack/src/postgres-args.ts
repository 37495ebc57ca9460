import type { OpenstackSettings, Place, ResolvedPostgres } from "@kasbah/core";
import type { VolumeArgs } from "@pulumi/openstack/blockstorage/volume.js";
import type { InstanceArgs } from "@pulumi/openstack/compute/instance.js";
import type { Port, PortArgs } from "@pulumi/openstack/networking/port.js";
import type { SecGroup } from "@pulumi/openstack/networking/secGroup.js";
import type { SecGroupRuleArgs } from "@pulumi/openstack/networking/secGroupRule.js";
import * as pulumi from "@pulumi/pulumi";
import type { Boot } from "./cloud-init.ts";
import type { PostgresNetwork } from "./postgres.ts";
import { encryptionMark, identityUrl, mirrorsOf, optional, settingsOf } from "./site.ts";

export const PORT = 5432;

export const ingressArgs = (firewall: SecGroup, cidr: string): SecGroupRuleArgs => ({
  securityGroupId: firewall.id,
  description: "Postgres from its own network",
  direction: "ingress",
  ethertype: "IPv4",
  protocol: "tcp",
  portRangeMin: PORT,
  portRangeMax: PORT,
  remoteIpPrefix: cidr,
});

/** The port carries every group; the server adds none, least of all the project's own. */
export const portArgs = (network: PostgresNetwork, firewall: SecGroup): PortArgs => ({
  networkId: network.networkId,
  fixedIps: [{ subnetId: network.subnetId }],
  adminStateUp: true,
  portSecurityEnabled: true,
  securityGroupIds: [firewall.id, network.servicesGroupId],
});

/** Nights of backups beside the data: three volumes' worth, since what is kept is compressed. */
const BACKUP_FACTOR = 3;

export const volumeArgs = (place: Place, size: number, zone = settingsOf(place).availabilityZones[0]): VolumeArgs => {
  const { volumeType } = settingsOf(place);
  return {
    size,
    enableOnlineResize: true,
    ...optional("volumeType", volumeType),
    ...optional("availabilityZone", zone),
    metadata: encryptionMark(place),
  };
};

export const backupVolumeArgs = (place: Place, spec: ResolvedPostgres, size: number | undefined): VolumeArgs => {
  const args = volumeArgs(place, size ?? spec.storageGiB * BACKUP_FACTOR);
  return { ...args, metadata: { ...encryptionMark(place), "kasbah-retention-days": `${spec.retentionDays}` } };
};

export const bootOf = (spec: ResolvedPostgres, place: Place, cidr: string): Boot => {
  const settings = settingsOf(place);
  return {
    database: spec.database,
    cidr,
    retentionDays: spec.retentionDays,
    mirrors: mirrorsOf(settings),
    caCertificate: settings.caCertificate,
    identity: place.facts.keyManager === true ? identityUrl(settings) : undefined,
  };
};

export interface Server {
  readonly generation: string;
  readonly imageId: pulumi.Input<string>;
  readonly port: Port;
  readonly userData: pulumi.Input<string>;
  /** @default - the place's first zone */
  readonly zone?: string | undefined;
  /** Server group that keeps servers on hosts of their own. */
  readonly group?: pulumi.Input<string>;
}

/** Its user data comes from a drive, since a metadata service may not be there. */
export const instanceArgs = (
  { size }: Pick<ResolvedPostgres, "size">,
  { flavors, availabilityZones }: OpenstackSettings,
  { generation, imageId, port, userData, zone = availabilityZones[0], group }: Server,
): InstanceArgs => ({
  ...optional("flavorName", flavors[size]),
  imageId,
  networks: [{ port: port.id }],
  ...optional("availabilityZone", zone),
  ...(group === undefined ? {} : { schedulerHints: [{ group }] }),
  configDrive: true,
  stopBeforeDestroy: true,
  userData: pulumi.secret(userData),
  metadata: { "kasbah-generation": generation },
});

export const addressOf = ({ allFixedIps }: Port): pulumi.Output<string> =>
  allFixedIps.apply(([address]) => address ?? "");
