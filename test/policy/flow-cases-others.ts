import type { Resource } from "../../packages/policy/src/index.ts";
import { made } from "../../packages/policy/src/rules/sample.ts";
import { type Case, type Cases, PUBLIC, SECRET } from "./flow-cases.ts";

const azure = (type: string, name: string, props: object): Resource =>
  made(type, name, { location: "francecentral", tags: SECRET, ...props });
const google = (type: string, name: string, props: object): Resource =>
  made(type, name, { name, labels: SECRET, ...props }, { region: "europe-west9" });

const server: Case = {
  leaves: { location: "francecentral", tags: SECRET, backup: { geoRedundantBackup: "Enabled" } },
  says: ["backup.geoRedundantBackup", "azure/francesouth"],
  stays: { location: "francecentral", backup: { geoRedundantBackup: "Disabled" } },
};
const disk: Case = {
  before: [azure("azure-native:compute:Disk", "d", { diskName: "d", name: "d" })],
  leaves: {
    location: "eastus",
    tags: PUBLIC,
    creationData: {
      createOption: "CopyStart",
      sourceResourceId: "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/d",
    },
  },
  says: ["creationData.sourceResourceId", "stored in US"],
  stays: { location: "eastus", creationData: { createOption: "Empty" } },
};
const nested = (path: string, value: unknown): object =>
  path.split(".").reduceRight<unknown>((inner, part) => ({ [part]: inner }), value) as object;

const googleCopy = (property: string, sourceType: string, path = property): Case => ({
  before: [google(sourceType, "source", { location: "europe-west9", clusterId: "source" })],
  leaves: {
    labels: PUBLIC,
    location: "us-central1",
    storageLocations: ["us-central1"],
    zone: "us-central1-a",
    ...nested(path, "projects/p/zones/z/things/source"),
  },
  says: [path, "stored in US"],
  stays: { location: "us-central1", labels: PUBLIC },
});
export const OTHER_CASES: Cases = {
  "azure-native:storage:StorageAccount": {
    leaves: { location: "France Central", tags: SECRET, sku: { name: "Standard_GZRS" } },
    says: ["sku.name", "azure/francesouth"],
    stays: { location: "francecentral", tags: SECRET, sku: { name: "Standard_ZRS" } },
  },
  "azure-native:storage:ObjectReplicationPolicy": {
    before: [
      azure("azure-native:storage:StorageAccount", "home", { accountName: "home" }),
      azure("azure-native:storage:StorageAccount", "away", { accountName: "away", location: "eastus", tags: PUBLIC }),
    ],
    leaves: {
      accountName: "away",
      sourceAccount: "home",
      destinationAccount: "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/away",
    },
    says: ["destinationAccount", "stored in US"],
  },
  "azure-native:dbforpostgresql:Server": server,
  "azure-native:dbformysql:Server": server,
  "azure-native:recoveryservices:Vault": {
    leaves: { location: "francecentral", tags: SECRET },
    says: ["standardTierStorageRedundancy", "azure/francesouth"],
    stays: { properties: { redundancySettings: { standardTierStorageRedundancy: "LocallyRedundant" } } },
  },
  "azure-native:dataprotection:BackupVault": {
    leaves: { location: "francecentral", tags: SECRET, properties: { storageSettings: [{ type: "GeoRedundant" }] } },
    says: ["properties.storageSettings.0.type", "azure/francesouth"],
    stays: { properties: { storageSettings: [{ type: "LocallyRedundant" }] } },
  },
  "azure-native:sql:Database": {
    leaves: { location: "francecentral", tags: SECRET },
    says: ["requestedBackupStorageRedundancy", "azure/francesouth"],
    stays: { requestedBackupStorageRedundancy: "Local" },
  },
  "azure-native:sql:FailoverGroup": {
    before: [
      azure("azure-native:sql:Server", "main", { serverName: "main" }),
      azure("azure-native:sql:Server", "other", { serverName: "other", location: "eastus", tags: PUBLIC }),
    ],
    leaves: { serverName: "main", partnerServers: [{ id: "/subscriptions/s/servers/other" }] },
    says: ["partnerServers.0.id", "stored in US"],
  },
  "azure-native:cosmosdb:DatabaseAccount": {
    leaves: { location: "francecentral", tags: SECRET, locations: [{ locationName: "East US" }] },
    says: ["locations.0.locationName", "azure/eastus"],
    stays: { backupPolicy: { type: "Continuous" } },
  },
  "azure-native:containerregistry:Replication": {
    before: [azure("azure-native:containerregistry:Registry", "r", { registryName: "r", name: "r" })],
    leaves: { location: "eastus", tags: PUBLIC, registryName: "r" },
    says: ["registryName", "stored in US"],
  },
  "azure-native:compute:Disk": disk,
  "azure-native:compute:Snapshot": disk,
  "gcp:sql/databaseInstance:DatabaseInstance": {
    before: [google("gcp:sql/databaseInstance:DatabaseInstance", "main", { settings: { userLabels: SECRET } })],
    leaves: { region: "us-central1", settings: { userLabels: PUBLIC }, masterInstanceName: "main" },
    says: ["masterInstanceName", "stored in US"],
    stays: { settings: { backupConfiguration: { enabled: false } } },
  },
  "gcp:compute/snapshot:Snapshot": googleCopy("sourceDisk", "gcp:compute/disk:Disk"),
  "gcp:compute/image:Image": googleCopy("sourceDisk", "gcp:compute/disk:Disk"),
  "gcp:compute/resourcePolicy:ResourcePolicy": {
    leaves: { snapshotSchedulePolicy: { snapshotProperties: { labels: SECRET, storageLocations: "us" } } },
    says: ["storageLocations", "the multi-region us"],
    stays: { groupPlacementPolicy: {} },
  },
  "gcp:compute/disk:Disk": googleCopy("asyncPrimaryDisk.disk", "gcp:compute/disk:Disk"),
  "gcp:compute/diskAsyncReplication:DiskAsyncReplication": {
    before: [
      google("gcp:compute/disk:Disk", "one", { zone: "europe-west9-a" }),
      google("gcp:compute/disk:Disk", "two", { zone: "us-central1-a", labels: PUBLIC }),
    ],
    leaves: { primaryDisk: "projects/p/zones/z/disks/one", secondaryDisk: { disk: "projects/p/zones/z/disks/two" } },
    says: ["secondaryDisk.disk", "stored in US"],
  },
  "gcp:alloydb/cluster:Cluster": googleCopy("secondaryConfig.primaryClusterName", "gcp:alloydb/cluster:Cluster"),
  "gcp:alloydb/backup:Backup": googleCopy("clusterName", "gcp:alloydb/cluster:Cluster"),
  "gcp:filestore/backup:Backup": googleCopy("sourceInstance", "gcp:filestore/instance:Instance"),
  "gcp:storage/transferJob:TransferJob": {
    before: [
      google("gcp:storage/bucket:Bucket", "home", { location: "europe-west9" }),
      google("gcp:storage/bucket:Bucket", "away", { location: "us-central1", labels: PUBLIC }),
    ],
    leaves: { transferSpec: { gcsDataSource: { bucketName: "home" }, gcsDataSink: { bucketName: "away" } } },
    says: ["transferSpec.gcsDataSink.bucketName", "stored in US"],
    stays: { transferSpec: { httpDataSource: {}, gcsDataSink: { bucketName: "away" } } },
  },
  "openstack:objectstorage/container:Container": {
    leaves: { region: "RegionOne", metadata: SECRET, containerSyncTo: "//r/c/a/c" },
    says: ["containerSyncTo", "another Swift cluster"],
    stays: { metadata: SECRET },
  },
  "openstack:blockstorage/volume:Volume": {
    before: [made("openstack:blockstorage/volume:Volume", "v", { name: "v", region: "RegionOne", metadata: SECRET })],
    leaves: { region: "RegionTwo", metadata: PUBLIC, sourceReplica: "v" },
    says: ["sourceReplica", "RegionTwo"],
    stays: { metadata: SECRET },
  },
};
