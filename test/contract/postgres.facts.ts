import { postgres as aws } from "./aws/postgres.ts";
import type { Readers } from "./fact.ts";
import { postgres as openstack } from "./openstack/postgres.ts";

/** What a Postgres promises. */
export const POSTGRES = {
  version: "the server is PostgreSQL 17",
  minorUpdates: "security updates within the version are taken",
  private: "it has no public address",
  subnets: "it stands in private subnets in two zones",
  door: "it is open to its own network only, on its own ports",
  noWayOut: "it has no way out",
  tls: "TLS is forced, 1.2 or newer",
  scram: "passwords are kept as SCRAM",
  logins: "who comes and goes is logged",
  encrypted: "the data is encrypted at rest",
  ownKey: "the key belongs to the owner's account",
  keyTurns: "the key turns by itself",
  keyWaits: "a key ordered away stays 30 days",
  backups: "backups are kept as long as declared",
  backupsStay: "backups outlive the server",
  backupPlace: "backups stay in the place",
  noReplica: "no copy of the database runs elsewhere",
  lastSnapshot: "a last snapshot is taken before it goes",
  snapshotLabels: "snapshots carry the labels",
  undeletable: "it is protected from deletion",
  standby: "a standby waits in a second zone",
  quietHours: "changes that interrupt wait for the maintenance window",
  noPassword: "the administrator's password is made by the cloud and never passed to it",
  passwordKey: "the administrator's password is kept under the owner's key",
  leastRights: "what runs it may read and write what it needs, and nothing else",
} as const;

/** The readers, one a cloud. A cloud that gets this layer adds its row, and its record to `scene.ts`. */
export const postgresReaders: Readers<keyof typeof POSTGRES> = { aws, openstack };
