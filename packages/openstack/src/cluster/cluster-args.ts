import { backupScheduleOf, type Place, retrievalScript } from "@kasbah/core";
import * as pulumi from "@pulumi/pulumi";
import { identityUrl, mirrorsOf, settingsOf } from "../site.ts";
import type { MemberBoot } from "./boot.ts";
import type { ClusterArgs } from "./cluster.ts";
import type { Mailbox } from "./mailbox.ts";
import type { Member } from "./member.ts";
import type { Secrets } from "./secrets.ts";
import type { ClusterSettings } from "./settings.ts";

/** Many clients may hold a connection; few use one at the same time. PostgreSQL's own limit is 100. */
const POOLER = { maxClients: 500, poolSize: 20 } as const;

/** Where the cloud chooses the zone. */
const ANY_ZONE = "any";

export const bootOf = (place: Place, cluster: string, { settings, reports }: Mailbox): MemberBoot => {
  const site = settingsOf(place);
  return {
    cluster,
    identity: identityUrl(site) ?? "",
    mirrors: mirrorsOf(site),
    caCertificate: site.caCertificate,
    storage: { endpoint: site.capabilities.s3 ?? "", region: place.region },
    settings,
    reports,
  };
};

/** A new version of the schema reaches running servers with the settings. */
const retrievalOf = (groups: readonly string[]): Pick<ClusterSettings, "retrieval"> => {
  if (groups.length === 0) return {};
  const { sha256, text } = retrievalScript({ groups });
  return { retrieval: { sha256, script: text } };
};

export interface SettingsParts {
  readonly cluster: string;
  readonly members: readonly Member[];
  readonly secrets: Secrets;
  readonly generation: pulumi.Output<string>;
}

/** What the servers are told. A dataset that may lose nothing makes every commit wait for a second copy. */
export const settingsArgs = (
  { network, place, spec, vaults, recovery }: ClusterArgs,
  { cluster, members, secrets, generation }: SettingsParts,
): pulumi.Output<ClusterSettings> => {
  const { availabilityZones: zones } = settingsOf(place);
  const known = {
    cluster,
    cidr: network.cidr,
    database: spec.database,
    synchronous: recovery.rpoMinutes === 0 ? "strict" : "preferred",
    parameters: spec.parameters,
    pooler: POOLER,
    ...retrievalOf(spec.groups),
  } as const;
  const backup = { ...backupScheduleOf(recovery), retentionDays: spec.retentionDays };
  const made = pulumi.output({
    generation,
    members: members.map(({ server, address }, index) => ({ server, address, zone: zones[index % zones.length] })),
    login: secrets.login,
    groups: secrets.groups,
    vaults: vaults.map(({ bucket, endpoint, region }) => ({ bucket, endpoint, region })),
  });
  return made.apply(({ generation: current, members: seats, login, groups, vaults: stores }) => ({
    ...known,
    generation: current,
    members: seats.map(({ server: name, address, zone = ANY_ZONE }) => ({ name, address, zone })),
    login,
    groups,
    backup: { vaults: stores, ...backup },
  }));
};
