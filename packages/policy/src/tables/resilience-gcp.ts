import { type Concerns, each, from, OFF, ON } from "./concern.ts";
import { MIN_BACKUP_DAYS } from "./resilience-aws.ts";

const sql = from("Cloud SQL Admin API, BackupConfiguration: off unless said");
const bucket = from("Cloud Storage API, buckets.insert: versioning is off unless said");
const guard = from("Pulumi GCP: deletionProtection is true unless said");
const SECONDARY = [{ path: "masterInstanceName", set: false }] as const;

/** What of Google Cloud can be lost, and whether it comes back. */
export const gcpResilience: Concerns = {
  backup: {
    "gcp:sql/databaseInstance:DatabaseInstance": [
      sql("settings.backupConfiguration.enabled", ON, false, SECONDARY),
      from("Cloud SQL Admin API, BackupRetentionSettings: 7 unless said")(
        "settings.backupConfiguration.backupRetentionSettings.retainedBackups",
        { least: MIN_BACKUP_DAYS },
        7,
        SECONDARY,
      ),
    ],
    "gcp:alloydb/cluster:Cluster": [
      from("AlloyDB API, AutomatedBackupPolicy: on unless said")(
        "automatedBackupPolicy.enabled",
        { not: [false] },
        true,
        [{ path: "continuousBackupConfig.enabled", is: [false] }],
      ),
    ],
    "gcp:storage/bucket:Bucket": [bucket("versioning.enabled", ON, false)],
  },
  rewind: {
    "gcp:sql/databaseInstance:DatabaseInstance": [
      from("Cloud SQL Admin API: off unless said")(
        "settings.backupConfiguration.pointInTimeRecoveryEnabled",
        ON,
        false,
        [...SECONDARY, { path: "databaseVersion", like: /^(POSTGRES|SQLSERVER)/ }],
      ),
      from("Cloud SQL Admin API: off unless said")("settings.backupConfiguration.binaryLogEnabled", ON, false, [
        ...SECONDARY,
        { path: "databaseVersion", like: /^MYSQL/ },
      ]),
    ],
    "gcp:alloydb/cluster:Cluster": [
      from("AlloyDB API, ContinuousBackupConfig: on unless said")("continuousBackupConfig.enabled", ON, true),
    ],
    "gcp:firestore/database:Database": [
      from("Firestore API, PointInTimeRecoveryEnablement: DISABLED unless said")(
        "pointInTimeRecoveryEnablement",
        { is: ["POINT_IN_TIME_RECOVERY_ENABLED"] },
        "POINT_IN_TIME_RECOVERY_DISABLED",
      ),
    ],
  },
  deletion: {
    "gcp:sql/databaseInstance:DatabaseInstance": [
      guard("deletionProtection", ON, true, [{ path: "settings.deletionProtectionEnabled", not: [true] }]),
    ],
    ...each(
      ["gcp:spanner/database:Database", "gcp:bigtable/instance:Instance", "gcp:bigquery/table:Table"],
      [guard("deletionProtection", ON, true)],
    ),
    "gcp:alloydb/cluster:Cluster": [
      from("Pulumi GCP: deletionProtection is true unless said; deletionPolicy FORCE deletes what is in it")(
        "deletionPolicy",
        { not: ["FORCE"] },
      ),
      guard("deletionProtection", ON, true),
    ],
    "gcp:firestore/database:Database": [
      from("Firestore API: DELETE_PROTECTION_DISABLED unless said")(
        "deleteProtectionState",
        { is: ["DELETE_PROTECTION_ENABLED"] },
        "DELETE_PROTECTION_DISABLED",
      ),
    ],
    "gcp:filestore/instance:Instance": [from("Filestore API: off unless said")("deletionProtectionEnabled", ON, false)],
    "gcp:storage/bucket:Bucket": [
      from("Pulumi GCP, forceDestroy: false unless said")("forceDestroy", OFF, false),
      from("Cloud Storage documentation, soft delete: 7 days unless said")(
        "softDeletePolicy.retentionDurationSeconds",
        { not: [0] },
        604_800,
        [{ path: "versioning.enabled", not: [true] }],
      ),
    ],
    "gcp:bigquery/dataset:Dataset": [
      from("Pulumi GCP, deleteContentsOnDestroy: false unless said")("deleteContentsOnDestroy", OFF, false),
    ],
    "gcp:spanner/instance:Instance": [from("Pulumi GCP, forceDestroy: false unless said")("forceDestroy", OFF, false)],
    "gcp:container/cluster:Cluster": [guard("deletionProtection", ON, true)],
  },
  site: {
    "gcp:sql/databaseInstance:DatabaseInstance": [
      from("Cloud SQL Admin API, availabilityType: ZONAL unless said")(
        "settings.availabilityType",
        { is: ["REGIONAL"] },
        "ZONAL",
        SECONDARY,
      ),
    ],
    "gcp:filestore/instance:Instance": [
      from("Filestore documentation, service tiers: REGIONAL and ENTERPRISE are in several zones")("tier", {
        is: ["REGIONAL", "ENTERPRISE"],
      }),
    ],
    "gcp:alloydb/instance:Instance": [
      from("AlloyDB API, availabilityType: REGIONAL unless said")("availabilityType", { not: ["ZONAL"] }, "REGIONAL"),
    ],
  },
};
