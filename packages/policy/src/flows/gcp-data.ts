import type { FlowReaders, FlowRow } from "./flow.ts";

const SQL = ["gcp:sql/databaseInstance:DatabaseInstance"] as const;
const DISKS = ["gcp:compute/disk:Disk", "gcp:compute/regionDisk:RegionDisk"] as const;
const SNAPSHOTS = ["gcp:compute/snapshot:Snapshot"] as const;
const BUCKETS = ["gcp:storage/bucket:Bucket"] as const;
const DATASETS = ["gcp:bigquery/dataset:Dataset"] as const;
const ALLOYDB = ["gcp:alloydb/cluster:Cluster"] as const;

/** A copy: the resource holds what another one, named in a property, has. */
const copy = (
  kind: FlowRow["kind"],
  path: string,
  types: readonly string[],
  absent: string,
  source: string,
): FlowRow => ({ kind, path, to: "self", types, absent, source });

const moved = (
  path: string,
  types: readonly string[],
  from: NonNullable<FlowRow["from"]>,
  source: string,
): FlowRow => ({ kind: "replicate", path, from, to: "ref", types, absent: "nothing of the program is moved", source });

const SNAPSHOT = "Compute Engine API, snapshots.insert";
const IMAGE = "Compute Engine API, images.insert";
const SQL_BACKUP = "Cloud SQL documentation, backup locations; Cloud SQL Admin API, BackupConfiguration";
const ENABLED = [{ path: "settings.backupConfiguration.enabled", is: [true], standard: false }] as const;
const SCHEDULED = [{ path: "snapshotSchedulePolicy", set: true }] as const;
const LOCATIONS = "snapshotSchedulePolicy.snapshotProperties.storageLocations";
const TRANSFER = "Storage Transfer Service API, TransferSpec";
const JOB = "BigQuery API, jobs.insert";

/** Stores and databases of Google Cloud. Multi-regions of buckets, data sets and secrets are their places: `facts/region.ts`. */
export const gcpData: FlowReaders = {
  "gcp:sql/databaseInstance:DatabaseInstance": [
    {
      kind: "backup",
      path: "settings.backupConfiguration.location",
      when: ENABLED,
      to: "region",
      absent: "backups are off; when on and without a location, they go to the multi-region closest to the instance",
      source: SQL_BACKUP,
    },
    {
      kind: "backup",
      path: "settings.backupConfiguration.location",
      when: ENABLED,
      to: { words: "the multi-region that is closest to the instance" },
      on: { set: false },
      absent: "the multi-region that is closest to the instance",
      source: SQL_BACKUP,
    },
    copy("replicate", "masterInstanceName", SQL, "a primary instance", "Cloud SQL Admin API, instances.insert"),
    copy("replicate", "clone.sourceInstanceName", SQL, "not a clone", "Cloud SQL Admin API, instances.clone"),
    copy(
      "backup",
      "restoreBackupContext.instanceId",
      SQL,
      "not restored",
      "Cloud SQL Admin API, instances.restoreBackup",
    ),
  ],
  "gcp:compute/snapshot:Snapshot": [copy("backup", "sourceDisk", DISKS, "sourceDisk is required", SNAPSHOT)],
  "gcp:compute/image:Image": [
    copy("backup", "sourceDisk", DISKS, "no disk as source", IMAGE),
    copy("backup", "sourceSnapshot", SNAPSHOTS, "no snapshot as source", IMAGE),
    copy("backup", "sourceImage", ["gcp:compute/image:Image"], "no image as source", IMAGE),
  ],
  "gcp:compute/machineImage:MachineImage": [
    copy(
      "backup",
      "sourceInstance",
      ["gcp:compute/instance:Instance"],
      "required",
      "Compute Engine API, machineImages.insert",
    ),
  ],
  "gcp:compute/resourcePolicy:ResourcePolicy": [
    {
      kind: "backup",
      path: `${LOCATIONS}.*`,
      to: "region",
      absent: "the multi-region closest to the disk",
      source: "Compute Engine documentation, scheduled snapshots: storage location",
    },
    {
      kind: "backup",
      path: LOCATIONS,
      when: SCHEDULED,
      to: { words: "the multi-region that is closest to the disk" },
      on: { set: false },
      absent: "the multi-region closest to the disk",
      source: "Compute Engine documentation, scheduled snapshots: storage location",
    },
  ],
  "gcp:compute/disk:Disk": [
    copy("replicate", "asyncPrimaryDisk.disk", DISKS, "not a secondary disk", "Compute Engine API, disks.insert"),
    copy("backup", "snapshot", SNAPSHOTS, "an empty disk", "Compute Engine API, disks.insert"),
    copy("backup", "sourceDisk", DISKS, "an empty disk", "Compute Engine API, disks.insert"),
  ],
  "gcp:compute/regionDisk:RegionDisk": [
    copy("replicate", "asyncPrimaryDisk.disk", DISKS, "not a secondary disk", "Compute Engine API, regionDisks.insert"),
    copy("backup", "snapshot", SNAPSHOTS, "an empty disk", "Compute Engine API, regionDisks.insert"),
    copy("backup", "sourceDisk", DISKS, "an empty disk", "Compute Engine API, regionDisks.insert"),
  ],
  "gcp:compute/diskAsyncReplication:DiskAsyncReplication": [
    moved(
      "secondaryDisk.disk",
      DISKS,
      { path: "primaryDisk", types: DISKS },
      "Compute Engine API, disks.startAsyncReplication",
    ),
  ],
  "gcp:alloydb/cluster:Cluster": [
    copy(
      "replicate",
      "secondaryConfig.primaryClusterName",
      ALLOYDB,
      "a primary cluster; continuous and automated backups stay in its location",
      "AlloyDB API, clusters.createsecondary",
    ),
    {
      kind: "backup",
      path: "automatedBackupPolicy.location",
      to: "region",
      absent: "the cluster's location",
      source: "AlloyDB API, AutomatedBackupPolicy",
    },
    copy("backup", "restoreContinuousBackupSource.cluster", ALLOYDB, "not restored", "AlloyDB API, clusters.restore"),
    copy(
      "backup",
      "restoreBackupSource.backupName",
      ["gcp:alloydb/backup:Backup"],
      "not restored",
      "AlloyDB API, clusters.restore",
    ),
  ],
  "gcp:alloydb/backup:Backup": [
    copy(
      "backup",
      "clusterName",
      ALLOYDB,
      "clusterName is required; the backup is in the resource's own location",
      "AlloyDB API, backups.create",
    ),
  ],
  "gcp:filestore/backup:Backup": [
    copy(
      "backup",
      "sourceInstance",
      ["gcp:filestore/instance:Instance"],
      "sourceInstance is required; the backup is in the resource's own location",
      "Filestore API, backups.create",
    ),
  ],
  "gcp:filestore/instance:Instance": [
    copy(
      "replicate",
      "initialReplication.replicas.*.peerInstance",
      ["gcp:filestore/instance:Instance"],
      "no replication",
      "Filestore API, ReplicationConfig",
    ),
    copy(
      "backup",
      "fileShares.sourceBackup",
      ["gcp:filestore/backup:Backup"],
      "an empty share",
      "Filestore API, FileShareConfig",
    ),
  ],
  "gcp:netapp/volumeReplication:VolumeReplication": [
    moved(
      "destinationVolumeParameters.storagePool",
      ["gcp:netapp/storagePool:StoragePool"],
      { path: "volumeName", types: ["gcp:netapp/volume:Volume"] },
      "NetApp Volumes API, replications.create",
    ),
  ],
  "gcp:redis/cluster:Cluster": [
    copy(
      "replicate",
      "crossClusterReplicationConfig.primaryCluster.cluster",
      ["gcp:redis/cluster:Cluster"],
      "a cluster of its own",
      "Memorystore for Redis Cluster API, CrossClusterReplicationConfig",
    ),
    {
      kind: "replicate",
      path: "crossClusterReplicationConfig.secondaryClusters.*.cluster",
      to: "ref",
      types: ["gcp:redis/cluster:Cluster"],
      absent: "no secondary",
      source: "Memorystore for Redis Cluster API, CrossClusterReplicationConfig",
    },
  ],
  "gcp:memorystore/instance:Instance": [
    copy(
      "replicate",
      "crossInstanceReplicationConfig.primaryInstance.instance",
      ["gcp:memorystore/instance:Instance"],
      "an instance of its own",
      "Memorystore for Valkey API, CrossInstanceReplicationConfig",
    ),
    {
      kind: "replicate",
      path: "crossInstanceReplicationConfig.secondaryInstances.*.instance",
      to: "ref",
      types: ["gcp:memorystore/instance:Instance"],
      absent: "no secondary",
      source: "Memorystore for Valkey API, CrossInstanceReplicationConfig",
    },
  ],
  "gcp:storage/bucket:Bucket": [
    {
      kind: "ship-logs",
      path: "logging.logBucket",
      to: "ref",
      types: BUCKETS,
      absent: "no usage log",
      source: "Cloud Storage API, buckets.insert",
    },
  ],
  "gcp:storage/transferJob:TransferJob": [
    moved(
      "transferSpec.gcsDataSink.bucketName",
      BUCKETS,
      { path: "transferSpec.gcsDataSource.bucketName", types: BUCKETS },
      TRANSFER,
    ),
    moved(
      "transferSpec.gcsDataSink.bucketName",
      BUCKETS,
      { path: "transferSpec.awsS3DataSource.bucketName", types: ["aws:s3/bucket:Bucket"] },
      TRANSFER,
    ),
    moved(
      "replicationSpec.gcsDataSink.bucketName",
      BUCKETS,
      { path: "replicationSpec.gcsDataSource.bucketName", types: BUCKETS },
      TRANSFER,
    ),
  ],
  "gcp:bigquery/dataTransferConfig:DataTransferConfig": [
    moved(
      "destinationDatasetId",
      DATASETS,
      { path: "params.source_dataset_id", types: DATASETS },
      "BigQuery Data Transfer Service documentation, dataset copies",
    ),
  ],
  "gcp:bigquery/job:Job": [
    moved("copy.destinationTable.datasetId", DATASETS, { path: "copy.sourceTables.*.datasetId", types: DATASETS }, JOB),
    moved("extract.destinationUris.*", BUCKETS, { path: "extract.sourceTable.datasetId", types: DATASETS }, JOB),
  ],
  "gcp:bigquery/reservation:Reservation": [
    {
      kind: "replicate",
      path: "secondaryLocation",
      from: "stack",
      to: "region",
      absent: "no failover",
      source: "BigQuery Reservation API, managed disaster recovery",
    },
  ],
  "gcp:backupdisasterrecovery/backupPlan:BackupPlan": [
    {
      kind: "backup",
      path: "backupVault",
      from: "stack",
      to: "ref",
      types: ["gcp:backupdisasterrecovery/backupVault:BackupVault"],
      absent: "backupVault is required",
      source: "Backup and DR Service API, backupPlans.create",
    },
  ],
  "gcp:gkebackup/backupPlan:BackupPlan": [
    {
      kind: "backup",
      path: "location",
      from: { path: "cluster", types: ["gcp:container/cluster:Cluster"] },
      to: "region",
      absent: "location is required",
      source: "Backup for GKE API, backupPlans.create",
    },
  ],
  "gcp:gkebackup/backupChannel:BackupChannel": [
    {
      kind: "backup",
      path: "location",
      from: "stack",
      to: "region",
      absent: "location is required",
      source: "Backup for GKE API, backupChannels.create",
    },
  ],
  "gcp:datastream/stream:Stream": [
    moved(
      "destinationConfig.destinationConnectionProfile",
      ["gcp:datastream/connectionProfile:ConnectionProfile"],
      "stack",
      "Datastream API, streams.create",
    ),
  ],
  "gcp:databasemigrationservice/migrationJob:MigrationJob": [
    moved(
      "destination",
      ["gcp:databasemigrationservice/connectionProfile:ConnectionProfile"],
      "stack",
      "Database Migration Service API, migrationJobs.create",
    ),
  ],
};
