import type { FlowReaders, FlowRow } from "./flow.ts";

const ACCOUNTS = ["azure-native:storage:StorageAccount"] as const;
const SQL_SERVERS = ["azure-native:sql:Server"] as const;
const SNAPSHOTS = ["azure-native:compute:Disk", "azure-native:compute:Snapshot"] as const;

/** A copy: the resource holds what another one, named in a property, has. */
const copy = (
  kind: FlowRow["kind"],
  path: string,
  types: readonly string[],
  absent: string,
  source: string,
): FlowRow => ({ kind, path, to: "self", types, absent, source });

/** A copy in the paired region, which Azure chooses. */
const pair = (
  kind: FlowRow["kind"],
  path: string,
  on: NonNullable<FlowRow["on"]>,
  standard: string | undefined,
  absent: string,
  source: string,
): FlowRow => ({ kind, path, to: "pair", on, absent, source, ...(standard === undefined ? {} : { standard }) });

const region = (path: string, absent: string, source: string, kind: FlowRow["kind"] = "replicate"): FlowRow => ({
  kind,
  path,
  to: "region",
  absent,
  source,
});

const flexible = (type: string): readonly FlowRow[] => {
  const source = "Azure Database for PostgreSQL and MySQL, flexible server REST API, Servers - Create";
  return [
    pair("backup", "backup.geoRedundantBackup", { is: ["Enabled"] }, "Disabled", "Disabled", source),
    copy("replicate", "sourceServerResourceId", [type], "createMode absent: a new server without a source", source),
  ];
};

const single = (type: string): readonly FlowRow[] => {
  const source = "Azure Database for PostgreSQL and MySQL, single server REST API, Servers - Create";
  return [
    pair("backup", "properties.storageProfile.geoRedundantBackup", { is: ["Enabled"] }, "Disabled", "Disabled", source),
    copy("replicate", "properties.sourceServerId", [type], "a new server without a source", source),
  ];
};

const COSMOS = "Azure Cosmos DB documentation, periodic backup storage redundancy";
const SQL_BACKUPS = "Azure SQL documentation, automated backups: geo-redundant storage is the default";

const alias = (module: "eventhub" | "servicebus"): readonly FlowRow[] => [
  {
    kind: "replicate",
    path: "partnerNamespace",
    from: { path: "namespaceName", types: [`azure-native:${module}:Namespace`] },
    to: "ref",
    types: [`azure-native:${module}:Namespace`],
    absent: "no partner",
    source: "Azure Event Hubs and Service Bus, geo-disaster recovery",
  },
];

/** Stores and databases of Azure, by its native provider. */
export const azureData: FlowReaders = {
  "azure-native:storage:StorageAccount": [
    pair(
      "replicate",
      "sku.name",
      { like: /_(RA)?GZ?RS$/i },
      undefined,
      "sku is required; LRS and ZRS stay in the region",
      "Azure Storage documentation, redundancy: GRS, RA-GRS, GZRS, RA-GZRS copy to the paired region",
    ),
  ],
  "azure-native:storage:ObjectReplicationPolicy": [
    {
      kind: "replicate",
      path: "destinationAccount",
      from: { path: "sourceAccount", types: ACCOUNTS },
      to: "ref",
      types: ACCOUNTS,
      absent: "both accounts are required",
      source: "Azure Storage REST API, Object Replication Policies - Create Or Update",
    },
  ],
  "azure-native:dbforpostgresql:Server": flexible("azure-native:dbforpostgresql:Server"),
  "azure-native:dbformysql:Server": flexible("azure-native:dbformysql:Server"),
  "azure-native:dbforpostgresql:SingleServer": single("azure-native:dbforpostgresql:SingleServer"),
  "azure-native:dbformysql:SingleServer": single("azure-native:dbformysql:SingleServer"),
  "azure-native:dbforpostgresql:ServerGroupCluster": [
    copy(
      "replicate",
      "sourceResourceId",
      ["azure-native:dbforpostgresql:ServerGroupCluster"],
      "a new cluster",
      "Azure Cosmos DB for PostgreSQL REST API, Clusters - Create",
    ),
  ],
  "azure-native:recoveryservices:Vault": [
    pair(
      "backup",
      "properties.redundancySettings.standardTierStorageRedundancy",
      { not: ["LocallyRedundant", "ZoneRedundant"] },
      "GeoRedundant",
      "redundancySettings absent: GeoRedundant",
      "Azure Backup documentation: Recovery Services vaults are geo-redundant unless set otherwise",
    ),
  ],
  "azure-native:recoveryservices:ReplicationProtectedItem": [
    {
      kind: "replicate",
      path: "fabricName",
      from: "stack",
      to: { words: "another region or site, as Azure Site Recovery is set up" },
      absent: "fabricName is required",
      source: "Azure Site Recovery REST API, Replication Protected Items - Create",
    },
  ],
  "azure-native:dataprotection:BackupVault": [
    pair(
      "backup",
      "properties.storageSettings.*.type",
      { not: ["LocallyRedundant", "ZoneRedundant"] },
      undefined,
      "storageSettings is required",
      "Azure Data Protection REST API, Backup Vaults - Create Or Update",
    ),
    region(
      "properties.replicatedRegions.*",
      "none",
      "Azure Data Protection REST API, Backup Vaults - Create Or Update",
      "backup",
    ),
  ],
  "azure-native:sql:Database": [
    pair(
      "backup",
      "requestedBackupStorageRedundancy",
      { not: ["Local", "Zone"] },
      "Geo",
      "requestedBackupStorageRedundancy absent: Geo",
      SQL_BACKUPS,
    ),
    copy(
      "replicate",
      "sourceDatabaseId",
      ["azure-native:sql:Database"],
      "a new database",
      "Azure SQL REST API, Databases - Create Or Update",
    ),
    copy(
      "backup",
      "sourceResourceId",
      ["azure-native:sql:Database"],
      "a new database",
      "Azure SQL REST API, Databases - Create Or Update",
    ),
  ],
  "azure-native:sql:ManagedInstance": [
    pair("backup", "requestedBackupStorageRedundancy", { not: ["Local", "Zone"] }, "Geo", "Geo", SQL_BACKUPS),
    copy(
      "replicate",
      "dnsZonePartner",
      ["azure-native:sql:ManagedInstance"],
      "no partner",
      "Azure SQL Managed Instance REST API, Managed Instances - Create Or Update",
    ),
  ],
  "azure-native:sql:FailoverGroup": [
    {
      kind: "replicate",
      path: "partnerServers.*.id",
      from: { path: "serverName", types: SQL_SERVERS },
      to: "ref",
      types: SQL_SERVERS,
      absent: "partnerServers is required",
      source: "Azure SQL REST API, Failover Groups - Create Or Update",
    },
  ],
  "azure-native:sql:InstanceFailoverGroup": [
    {
      kind: "replicate",
      path: "partnerRegions.*.location",
      from: {
        path: "managedInstancePairs.*.primaryManagedInstanceId",
        types: ["azure-native:sql:ManagedInstance"],
      },
      to: "region",
      absent: "partnerRegions is required",
      source: "Azure SQL REST API, Instance Failover Groups - Create Or Update",
    },
  ],
  "azure-native:sql:GeoBackupPolicy": [
    {
      ...pair("backup", "state", { is: ["Enabled"] }, undefined, "state is required", SQL_BACKUPS),
      from: { path: "databaseName", types: ["azure-native:sql:Database"] },
    },
  ],
  "azure-native:synapse:SqlPool": [
    pair(
      "backup",
      "storageAccountType",
      { not: ["LRS"] },
      "GRS",
      "GRS",
      "Azure Synapse REST API, SqlPools - Create: storageAccountType, GRS by default",
    ),
  ],
  "azure-native:cosmosdb:DatabaseAccount": [
    region("locations.*.locationName", "its own location", "Azure Cosmos DB REST API, Database Accounts - Create"),
    {
      ...pair(
        "backup",
        "backupPolicy.periodicModeProperties.backupStorageRedundancy",
        { not: ["Local", "Zone"] },
        "Geo",
        "backupPolicy absent: periodic, with geo-redundant storage",
        COSMOS,
      ),
      when: [{ path: "backupPolicy.type", not: ["Continuous"], standard: "Periodic" }],
    },
  ],
  "azure-native:cosmosdb:CassandraDataCenter": [
    region("properties.dataCenterLocation", "required", "Azure Cosmos DB REST API, Cassandra Data Centers - Create"),
  ],
  "azure-native:mongocluster:MongoCluster": [
    copy(
      "replicate",
      "properties.replicaParameters.sourceResourceId",
      ["azure-native:mongocluster:MongoCluster"],
      "not a replica",
      "Azure DocumentDB REST API, Mongo Clusters - Create",
    ),
  ],
  "azure-native:containerregistry:Replication": [
    copy(
      "replicate",
      "registryName",
      ["azure-native:containerregistry:Registry"],
      "registryName is required; the copy is in the resource's own location",
      "Azure Container Registry REST API, Replications - Create",
    ),
  ],
  "azure-native:appconfiguration:Replica": [
    copy(
      "replicate",
      "configStoreName",
      ["azure-native:appconfiguration:ConfigurationStore"],
      "configStoreName is required; the copy is in the resource's own location",
      "Azure App Configuration REST API, Replicas - Create",
    ),
  ],
  "azure-native:redis:RedisLinkedServer": [
    {
      kind: "replicate",
      path: "linkedRedisCacheLocation",
      from: { path: "name", types: ["azure-native:redis:Redis"] },
      to: "region",
      absent: "required",
      source: "Azure Cache for Redis REST API, Linked Server - Create",
    },
  ],
  "azure-native:redisenterprise:Database": [
    {
      kind: "replicate",
      path: "geoReplication.linkedDatabases.*.id",
      to: "ref",
      types: ["azure-native:redisenterprise:Database"],
      absent: "no geo-replication",
      source: "Azure Managed Redis REST API, Databases - Create",
    },
  ],
  "azure-native:eventhub:DisasterRecoveryConfig": alias("eventhub"),
  "azure-native:servicebus:DisasterRecoveryConfig": alias("servicebus"),
  "azure-native:servicebus:Namespace": [
    region("geoDataReplication.locations.*.locationName", "no replication", "Azure Service Bus, geo-replication"),
  ],
  "azure-native:servicebus:MigrationConfig": [
    {
      kind: "replicate",
      path: "targetNamespace",
      from: { path: "namespaceName", types: ["azure-native:servicebus:Namespace"] },
      to: "ref",
      types: ["azure-native:servicebus:Namespace"],
      absent: "required",
      source: "Azure Service Bus REST API, Migration Configs - Create",
    },
  ],
  "azure-native:compute:Disk": [
    copy(
      "backup",
      "creationData.sourceResourceId",
      SNAPSHOTS,
      "sourceResourceId absent: not a copy",
      "Azure Compute REST API, CreationData: CopyStart copies from another region",
    ),
  ],
  "azure-native:compute:Snapshot": [
    copy(
      "backup",
      "creationData.sourceResourceId",
      SNAPSHOTS,
      "sourceResourceId absent: not a copy",
      "Azure Compute REST API, CreationData: CopyStart copies from another region",
    ),
  ],
  "azure-native:compute:Image": [
    copy(
      "backup",
      "sourceVirtualMachine.id",
      ["azure-native:compute:VirtualMachine"],
      "not made from a machine",
      "Azure Compute REST API, Images - Create",
    ),
  ],
  "azure-native:compute:GalleryImageVersion": [
    region(
      "publishingProfile.targetRegions.*.name",
      "its own location",
      "Azure Compute REST API, Gallery Image Versions - Create",
    ),
  ],
  "azure-native:netapp:CapacityPoolVolume": [
    region(
      "dataProtection.replication.remoteVolumeRegion",
      "no replication",
      "Azure NetApp Files REST API, ReplicationObject",
    ),
    copy(
      "replicate",
      "dataProtection.replication.remoteVolumeResourceId",
      ["azure-native:netapp:CapacityPoolVolume"],
      "no replication",
      "Azure NetApp Files REST API, ReplicationObject",
    ),
  ],
  "azure-native:keyvault:ManagedHsm": [
    region("properties.regions.*.name", "its own location", "Azure Key Vault REST API, Managed Hsms - Create"),
  ],
  "azure-native:kusto:AttachedDatabaseConfiguration": [
    copy(
      "replicate",
      "clusterResourceId",
      ["azure-native:kusto:Cluster"],
      "required",
      "Azure Data Explorer REST API, Attached Database Configurations - Create",
    ),
  ],
  "azure-native:storagesync:CloudEndpoint": [
    {
      kind: "replicate",
      path: "storageAccountResourceId",
      from: "stack",
      to: "ref",
      types: ACCOUNTS,
      absent: "no account",
      source: "Azure File Sync REST API, Cloud Endpoints - Create",
    },
  ],
};
