import type { Estate } from "../estate.ts";
import { type Resource, text, UNKNOWN } from "../resource.ts";
import type { Flow, FlowReader, FlowReaders, FlowRow } from "./flow.ts";

const INSTANCES = ["aws:rds/instance:Instance", "aws:rds/cluster:Cluster"] as const;
const TABLES = ["aws:dynamodb/table:Table"] as const;
const SNAPSHOTS = [
  "aws:rds/snapshot:Snapshot",
  "aws:rds/snapshotCopy:SnapshotCopy",
  "aws:rds/clusterSnapshot:ClusterSnapshot",
  "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy",
  "aws:docdb/clusterSnapshot:ClusterSnapshot",
  "aws:neptune/clusterSnapshot:ClusterSnapshot",
] as const;

/** A copy: the resource holds what another one, named in a property, has. */
const copy = (
  kind: FlowRow["kind"],
  path: string,
  types: readonly string[],
  absent: string,
  source: string,
): FlowRow => ({ kind, path, to: "self", types, absent, source });

const region = (kind: FlowRow["kind"], path: string, absent: string, source: string): FlowRow => ({
  kind,
  path,
  to: "region",
  absent,
  source,
});

/** A member of a group gets what every other member has, and they what it has. */
export const group = (property: string, absent: string, source: string): FlowReader => ({
  read: (resource, estate) => {
    const mine = text(resource.props, property);
    if (mine === undefined) return [];
    return othersOf(resource, property, mine, estate).flatMap((other): readonly Flow[] => [
      { kind: "replicate", path: property, from: other, target: { to: "self" } },
      { kind: "replicate", path: property, target: { to: "resource", resource: other } },
    ]);
  },
  paths: [property],
  absent,
  source,
});

/** A group whose name is not known yet may be the same. */
const othersOf = (resource: Resource, property: string, mine: string | typeof UNKNOWN, estate: Estate) =>
  estate.ofType(resource.type).filter((other) => {
    if (other.urn === resource.urn) return false;
    const theirs = text(other.props, property);
    if (theirs === undefined) return false;
    if (theirs !== UNKNOWN && mine !== UNKNOWN) return theirs === mine;
    return sameDependencies(resource, other, property);
  });

/** Where the engine tells what both depend on, the same is meant by the same; elsewhere it may be. */
const sameDependencies = (one: Resource, other: Resource, property: string): boolean => {
  const [mine, theirs] = [one, other].map((resource) => resource.propertyDependencies?.[property]);
  if (mine === undefined || theirs === undefined) return true;
  return mine.some((urn) => theirs.includes(urn));
};

const GLOBAL_SOURCE = "Amazon RDS API, CreateDBCluster: GlobalClusterIdentifier, ReplicationSourceIdentifier";

const cluster = (snapshots: readonly string[], type: string): readonly (FlowRow | FlowReader)[] => [
  copy(
    "replicate",
    "replicationSourceIdentifier",
    [type, "aws:rds/instance:Instance"],
    "no replication source",
    GLOBAL_SOURCE,
  ),
  copy(
    "backup",
    "restoreToPointInTime.sourceClusterIdentifier",
    [type],
    "a new cluster",
    "Amazon RDS API, RestoreDBClusterToPointInTime",
  ),
  copy("backup", "snapshotIdentifier", snapshots, "a new cluster", "Amazon RDS API, RestoreDBClusterFromSnapshot"),
  group("globalClusterIdentifier", "not a member of a global cluster", GLOBAL_SOURCE),
];

const replicas = "aws:elasticache/replicationGroup:ReplicationGroup";
const KMS_SOURCE = "AWS KMS API, ReplicateKey";
const replicaKey = copy(
  "replicate",
  "primaryKeyArn",
  ["aws:kms/key:Key", "aws:kms/externalKey:ExternalKey"],
  "primaryKeyArn is required; region absent is the provider's, and that is where the replica is",
  KMS_SOURCE,
);
const multiRegion: FlowRow = {
  kind: "replicate",
  path: "multiRegion",
  to: { words: "every region that the key may be replicated to" },
  on: { is: [true] },
  standard: false,
  absent: "false: the key never leaves its region",
  source: "AWS KMS Developer Guide, multi-Region keys",
};

const rdsSnapshotCopy = (path: string, type: string): readonly FlowRow[] => [
  copy(
    "backup",
    path,
    [type],
    "the source is required; destinationRegion absent: the resource's own region",
    "Amazon RDS API, CopyDBSnapshot: cross-region when the source is an ARN of another region",
  ),
];

/** Databases, secrets and keys of AWS. */
export const awsDatabases: FlowReaders = {
  "aws:rds/instance:Instance": [
    copy(
      "replicate",
      "replicateSourceDb",
      INSTANCES,
      "no source; automated backups stay in the instance's region",
      "Amazon RDS API, CreateDBInstanceReadReplica; RDS User Guide, working with backups",
    ),
    ...["sourceDbInstanceIdentifier", "sourceDbInstanceAutomatedBackupsArn"].map((key) =>
      copy(
        "backup",
        `restoreToPointInTime.${key}`,
        INSTANCES,
        "a new database",
        "Amazon RDS API, RestoreDBInstanceToPointInTime",
      ),
    ),
    copy(
      "backup",
      "snapshotIdentifier",
      SNAPSHOTS,
      "a new database",
      "Amazon RDS API, RestoreDBInstanceFromDBSnapshot",
    ),
  ],
  "aws:rds/cluster:Cluster": cluster(SNAPSHOTS, "aws:rds/cluster:Cluster"),
  "aws:docdb/cluster:Cluster": cluster(SNAPSHOTS, "aws:docdb/cluster:Cluster").slice(1),
  "aws:neptune/cluster:Cluster": cluster(SNAPSHOTS, "aws:neptune/cluster:Cluster").filter(
    (row) => !("path" in row && row.path.startsWith("restore")),
  ),
  "aws:rds/snapshot:Snapshot": [
    copy("backup", "dbInstanceIdentifier", INSTANCES, "required", "Amazon RDS API, CreateDBSnapshot"),
  ],
  "aws:rds/clusterSnapshot:ClusterSnapshot": [
    copy("backup", "dbClusterIdentifier", INSTANCES, "required", "Amazon RDS API, CreateDBClusterSnapshot"),
  ],
  "aws:rds/snapshotCopy:SnapshotCopy": rdsSnapshotCopy("sourceDbSnapshotIdentifier", "aws:rds/snapshot:Snapshot"),
  "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy": rdsSnapshotCopy(
    "sourceDbClusterSnapshotIdentifier",
    "aws:rds/clusterSnapshot:ClusterSnapshot",
  ),
  "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication": [
    copy(
      "backup",
      "sourceDbInstanceArn",
      INSTANCES,
      "sourceDbInstanceArn is required; region absent is the provider's, and that is the destination",
      "Amazon RDS API, StartDBInstanceAutomatedBackupsReplication: called in the destination region",
    ),
  ],
  "aws:rds/exportTask:ExportTask": [
    {
      kind: "backup",
      path: "s3BucketName",
      from: { path: "sourceArn", types: [...INSTANCES, ...SNAPSHOTS] },
      to: "ref",
      types: ["aws:s3/bucket:Bucket"],
      absent: "both are required",
      source: "Amazon RDS API, StartExportTask",
    },
  ],
  "aws:rds/integration:Integration": [
    {
      kind: "replicate",
      path: "targetArn",
      from: { path: "sourceArn", types: INSTANCES },
      to: "ref",
      types: [
        "aws:redshift/cluster:Cluster",
        "aws:redshiftserverless/namespace:Namespace",
        "aws:redshiftserverless/workgroup:Workgroup",
      ],
      absent: "both are required",
      source: "Amazon RDS API, CreateIntegration",
    },
  ],
  "aws:dynamodb/table:Table": [
    region("replicate", "replicas.*.regionName", "no replicas", "Amazon DynamoDB API, UpdateTable ReplicaUpdates"),
    region("replicate", "globalTableWitness.regionName", "no witness", "Amazon DynamoDB API, GlobalTableWitnessUpdate"),
    copy("backup", "restoreSourceTableArn", TABLES, "a new table", "Amazon DynamoDB API, RestoreTableToPointInTime"),
    copy("backup", "restoreSourceName", TABLES, "a new table", "Amazon DynamoDB API, RestoreTableToPointInTime"),
  ],
  "aws:dynamodb/tableReplica:TableReplica": [
    copy(
      "replicate",
      "globalTableArn",
      TABLES,
      "globalTableArn is required; region absent is the provider's, and that is the destination",
      "Pulumi AWS 7, aws.dynamodb.TableReplica",
    ),
  ],
  "aws:dynamodb/globalTable:GlobalTable": [
    {
      kind: "replicate",
      path: "replicas.*.regionName",
      from: { path: "name", types: TABLES },
      to: "region",
      absent: "replicas is required",
      source: "Amazon DynamoDB API, CreateGlobalTable",
    },
  ],
  "aws:dynamodb/tableExport:TableExport": [
    {
      kind: "backup",
      path: "s3Bucket",
      from: { path: "tableArn", types: TABLES },
      to: "ref",
      types: ["aws:s3/bucket:Bucket"],
      absent: "both are required",
      source: "Amazon DynamoDB API, ExportTableToPointInTime",
    },
  ],
  "aws:dynamodb/kinesisStreamingDestination:KinesisStreamingDestination": [
    {
      kind: "replicate",
      path: "streamArn",
      from: { path: "tableName", types: TABLES },
      to: "ref",
      types: ["aws:kinesis/stream:Stream"],
      absent: "both are required",
      source: "Amazon DynamoDB API, EnableKinesisStreamingDestination",
    },
  ],
  "aws:dsql/cluster:Cluster": [
    region(
      "replicate",
      "multiRegionProperties.witnessRegion",
      "one region",
      "Amazon Aurora DSQL API, MultiRegionProperties",
    ),
    {
      kind: "replicate",
      path: "multiRegionProperties.clusters.*",
      to: "ref",
      types: ["aws:dsql/cluster:Cluster"],
      absent: "no peers",
      source: "Amazon Aurora DSQL API, MultiRegionProperties",
    },
  ],
  "aws:dsql/clusterPeering:ClusterPeering": [
    {
      kind: "replicate",
      path: "clusters.*",
      from: { path: "identifier", types: ["aws:dsql/cluster:Cluster"] },
      to: "ref",
      types: ["aws:dsql/cluster:Cluster"],
      absent: "clusters is required",
      source: "Amazon Aurora DSQL API, UpdateCluster",
    },
    {
      kind: "replicate",
      path: "witnessRegion",
      from: { path: "identifier", types: ["aws:dsql/cluster:Cluster"] },
      to: "region",
      absent: "witnessRegion is required",
      source: "Amazon Aurora DSQL API, UpdateCluster",
    },
  ],
  "aws:keyspaces/keyspace:Keyspace": [
    region(
      "replicate",
      "replicationSpecification.regionLists.*",
      "single region",
      "Amazon Keyspaces API, ReplicationSpecification",
    ),
  ],
  "aws:secretsmanager/secret:Secret": [
    region("replicate", "replicas.*.region", "no replicas", "AWS Secrets Manager API, CreateSecret AddReplicaRegions"),
  ],
  [replicas]: [
    group(
      "globalReplicationGroupId",
      "not a member of a global datastore",
      "Amazon ElastiCache User Guide, Global Datastore",
    ),
    copy(
      "replicate",
      "globalReplicationGroupId",
      ["aws:elasticache/globalReplicationGroup:GlobalReplicationGroup"],
      "not a member of a global datastore",
      "Amazon ElastiCache API, CreateReplicationGroup GlobalReplicationGroupId",
    ),
  ],
  "aws:elasticache/globalReplicationGroup:GlobalReplicationGroup": [
    copy(
      "replicate",
      "primaryReplicationGroupId",
      [replicas],
      "primaryReplicationGroupId is required",
      "Amazon ElastiCache API, CreateGlobalReplicationGroup",
    ),
  ],
  "aws:memorydb/cluster:Cluster": [
    group("multiRegionClusterName", "one region", "Amazon MemoryDB API, CreateCluster MultiRegionClusterName"),
  ],
  "aws:redshift/snapshotCopy:SnapshotCopy": [
    {
      kind: "backup",
      path: "destinationRegion",
      from: { path: "clusterIdentifier", types: ["aws:redshift/cluster:Cluster"] },
      to: "region",
      absent: "destinationRegion is required",
      source: "Amazon Redshift API, EnableSnapshotCopy",
    },
  ],
  "aws:mq/broker:Broker": [
    copy(
      "replicate",
      "dataReplicationPrimaryBrokerArn",
      ["aws:mq/broker:Broker"],
      "a broker of its own",
      "Amazon MQ API, CreateBroker DataReplicationPrimaryBrokerArn",
    ),
  ],
  "aws:opensearch/outboundConnection:OutboundConnection": [
    {
      kind: "replicate",
      path: "remoteDomainInfo.region",
      from: {
        path: "localDomainInfo.domainName",
        types: ["aws:opensearch/domain:Domain", "aws:elasticsearch/domain:Domain"],
      },
      to: "region",
      absent: "required",
      source: "Amazon OpenSearch Service Developer Guide, cross-cluster replication",
    },
  ],
  "aws:kms/replicaKey:ReplicaKey": [replicaKey],
  "aws:kms/replicaExternalKey:ReplicaExternalKey": [replicaKey],
  "aws:kms/key:Key": [multiRegion],
  "aws:kms/externalKey:ExternalKey": [multiRegion],
};
