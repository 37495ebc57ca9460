import { type Concerns, each, from, ON } from "./concern.ts";
import { MIN_BACKUP_DAYS } from "./resilience-aws.ts";

const LONG_ENOUGH = { least: MIN_BACKUP_DAYS, words: `at least ${MIN_BACKUP_DAYS} days` } as const;
const flexible = from("Azure Database for PostgreSQL and MySQL, flexible server, backup: 7 days unless said");
const zones = from("Azure Database flexible server, high availability: Disabled unless said");
const blob = from("Azure Storage REST API, Blob Service Properties");

/** What of Azure can be lost, and whether it comes back. */
export const azureResilience: Concerns = {
  backup: {
    ...each(
      ["azure-native:dbforpostgresql:Server", "azure-native:dbformysql:Server"],
      [flexible("backup.backupRetentionDays", LONG_ENOUGH, 7)],
    ),
    ...each(
      ["azure-native:dbforpostgresql:SingleServer", "azure-native:dbformysql:SingleServer"],
      [flexible("properties.storageProfile.backupRetentionDays", LONG_ENOUGH, 7)],
    ),
    "azure-native:sql:BackupShortTermRetentionPolicy": [
      from("Azure SQL documentation, short-term retention: 7 days unless said")("retentionDays", LONG_ENOUGH, 7),
    ],
    "azure-native:storage:BlobServiceProperties": [
      blob("isVersioningEnabled", ON, false),
      blob("deleteRetentionPolicy.enabled", ON, false),
      blob("deleteRetentionPolicy.days", LONG_ENOUGH, 7),
    ],
  },
  rewind: {
    "azure-native:cosmosdb:DatabaseAccount": [
      from("Azure Cosmos DB documentation, backup modes: Periodic unless said")(
        "backupPolicy.type",
        { is: ["Continuous"] },
        "Periodic",
      ),
    ],
  },
  deletion: {
    "azure-native:keyvault:Vault": [
      from("Azure Key Vault documentation: purge protection is off unless said")(
        "properties.enablePurgeProtection",
        ON,
        false,
      ),
      from("Azure Key Vault documentation: soft delete is on unless said")("properties.enableSoftDelete", ON, true),
    ],
    "azure-native:keyvault:ManagedHsm": [
      from("Azure Managed HSM documentation: purge protection is off unless said")(
        "properties.enablePurgeProtection",
        ON,
        false,
      ),
    ],
    "azure-native:recoveryservices:Vault": [
      from("Azure Backup documentation, soft delete: Enabled unless said")(
        "properties.securitySettings.softDeleteSettings.softDeleteState",
        { not: ["Disabled"] },
        "Enabled",
      ),
    ],
    "azure-native:dataprotection:BackupVault": [
      from("Azure Backup documentation, soft delete: On unless said")(
        "properties.securitySettings.softDeleteSettings.state",
        { not: ["Off"] },
        "On",
      ),
    ],
    "azure-native:appconfiguration:ConfigurationStore": [
      from("Azure App Configuration REST API: off unless said")("enablePurgeProtection", ON, false),
    ],
  },
  site: {
    ...each(
      ["azure-native:dbforpostgresql:Server", "azure-native:dbformysql:Server"],
      [
        zones("highAvailability.mode", { is: ["ZoneRedundant"] }, "Disabled", [
          { path: "sourceServerResourceId", set: false },
        ]),
      ],
    ),
    "azure-native:storage:StorageAccount": [
      from("Azure Storage documentation, redundancy: LRS keeps all copies in one data centre")("sku.name", {
        unlike: /_LRS$/i,
        words: "ZRS, several zones of the region",
      }),
    ],
    "azure-native:sql:Database": [
      from("Azure SQL REST API, zoneRedundant: false unless said")("zoneRedundant", ON, false),
    ],
    "azure-native:sql:ManagedInstance": [
      from("Azure SQL REST API, zoneRedundant: false unless said")("zoneRedundant", ON, false),
    ],
    "azure-native:cosmosdb:DatabaseAccount": [
      from("Azure Cosmos DB REST API, isZoneRedundant: false unless said")("locations.*.isZoneRedundant", ON, false),
    ],
    "azure-native:mongocluster:MongoCluster": [
      from("Azure DocumentDB REST API, HighAvailability")(
        "properties.highAvailability.targetMode",
        {
          is: ["ZoneRedundantPreferred"],
        },
        "Disabled",
      ),
    ],
  },
};
