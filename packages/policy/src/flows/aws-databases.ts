import type { FlowKind } from "@kasbah/core";
import type { Estate } from "../estate.ts";
import { at, items, type Resource, type Text, text, UNKNOWN } from "../resource.ts";
import { copyOf, type Flow, type FlowReader, type FlowReaders, toRegions } from "./flow.ts";

const INSTANCES = ["aws:rds/instance:Instance", "aws:rds/cluster:Cluster"] as const;
const TABLES = ["aws:dynamodb/table:Table"] as const;

/** A reader of a copy whose source stands in one property. */
const copy = (
  kind: FlowKind,
  property: string,
  types: readonly string[],
  absent: string,
  source: string,
): FlowReader => ({
  read: ({ props }) => copyOf(kind, { path: property, value: text(props, ...property.split(".")), types }),
  absent,
  source,
});

const instance = ({ props }: Resource): readonly Flow[] => [
  ...copyOf("replicate", { path: "replicateSourceDb", value: text(props, "replicateSourceDb"), types: INSTANCES }),
  ...copyOf("backup", {
    path: "restoreToPointInTime",
    value: restoreSource(props, ["sourceDbInstanceIdentifier", "sourceDbInstanceAutomatedBackupsArn"]),
    types: INSTANCES,
  }),
  ...copyOf("backup", {
    path: "snapshotIdentifier",
    value: text(props, "snapshotIdentifier"),
    types: ["aws:rds/snapshot:Snapshot", "aws:rds/snapshotCopy:SnapshotCopy"],
  }),
];

const restoreSource = (props: unknown, keys: readonly string[]): Text =>
  keys.map((key) => text(props, "restoreToPointInTime", key)).find((value) => value !== undefined);

/** A member of a global cluster gets what every other member has, and they what it has. */
const cluster = (resource: Resource, estate: Estate): readonly Flow[] => {
  const { props, type } = resource;
  const types = [type, "aws:rds/instance:Instance"];
  const group = text(props, "globalClusterIdentifier");
  const others =
    typeof group !== "string"
      ? []
      : [...estate.all()].filter(
          (other) =>
            other.type === type && other.urn !== resource.urn && text(other.props, "globalClusterIdentifier") === group,
        );
  return [
    ...copyOf("replicate", {
      path: "replicationSourceIdentifier",
      value: text(props, "replicationSourceIdentifier"),
      types,
    }),
    ...copyOf("backup", {
      path: "restoreToPointInTime",
      value: restoreSource(props, ["sourceClusterIdentifier"]),
      types,
    }),
    ...others.flatMap((other): readonly Flow[] => [
      { kind: "replicate", path: "globalClusterIdentifier", from: other, target: { to: "self" } },
      { kind: "replicate", path: "globalClusterIdentifier", target: { to: "resource", resource: other } },
    ]),
  ];
};

const globalCluster: FlowReader = {
  read: cluster,
  absent: "no replication source, not a member of a global cluster",
  source: "Amazon RDS API, CreateDBCluster: GlobalClusterIdentifier, ReplicationSourceIdentifier",
};

const replicas = (property: string, key: string, absent: string, source: string): FlowReader => ({
  read: ({ props }) =>
    toRegions(
      "replicate",
      `${property}.${key}`,
      items(props, property).map((replica) => (replica === UNKNOWN ? UNKNOWN : text(replica, key))),
    ),
  absent,
  source,
});

/** Databases and secrets of AWS. */
export const awsDatabases: FlowReaders = {
  "aws:rds/instance:Instance": {
    read: instance,
    absent: "no source; automated backups stay in the instance's region",
    source: "Amazon RDS API, CreateDBInstanceReadReplica; RDS User Guide, working with backups",
  },
  "aws:rds/cluster:Cluster": globalCluster,
  "aws:docdb/cluster:Cluster": globalCluster,
  "aws:neptune/cluster:Cluster": globalCluster,
  "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication": copy(
    "backup",
    "sourceDbInstanceArn",
    INSTANCES,
    "sourceDbInstanceArn is required; region absent is the provider's, and that is the destination",
    "Amazon RDS API, StartDBInstanceAutomatedBackupsReplication: called in the destination region",
  ),
  "aws:dynamodb/table:Table": replicas(
    "replicas",
    "regionName",
    "no replicas",
    "Amazon DynamoDB API, UpdateTable ReplicaUpdates",
  ),
  "aws:dynamodb/tableReplica:TableReplica": copy(
    "replicate",
    "globalTableArn",
    TABLES,
    "globalTableArn is required; region absent is the provider's, and that is the destination",
    "Pulumi AWS 7, aws.dynamodb.TableReplica",
  ),
  "aws:dynamodb/globalTable:GlobalTable": {
    read: ({ props }) =>
      items(props, "replicas").map(
        (replica): Flow => ({
          kind: "replicate",
          path: "replicas.regionName",
          from: { path: "name", value: text(props, "name"), types: TABLES },
          target: { to: "region", region: replica === UNKNOWN ? UNKNOWN : text(replica, "regionName") },
        }),
      ),
    absent: "replicas is required",
    source: "Amazon DynamoDB API, CreateGlobalTable",
  },
  "aws:secretsmanager/secret:Secret": replicas(
    "replicas",
    "region",
    "no replicas",
    "AWS Secrets Manager API, CreateSecret AddReplicaRegions",
  ),
  "aws:elasticache/globalReplicationGroup:GlobalReplicationGroup": copy(
    "replicate",
    "primaryReplicationGroupId",
    ["aws:elasticache/replicationGroup:ReplicationGroup"],
    "primaryReplicationGroupId is required",
    "Amazon ElastiCache API, CreateGlobalReplicationGroup",
  ),
  "aws:redshift/snapshotCopy:SnapshotCopy": {
    read: ({ props }) => [
      {
        kind: "backup",
        path: "destinationRegion",
        from: {
          path: "clusterIdentifier",
          value: text(props, "clusterIdentifier"),
          types: ["aws:redshift/cluster:Cluster"],
        },
        target: { to: "region", region: text(props, "destinationRegion") },
      },
    ],
    absent: "destinationRegion is required",
    source: "Amazon Redshift API, EnableSnapshotCopy",
  },
  "aws:efs/replicationConfiguration:ReplicationConfiguration": {
    read: ({ props }) => [
      {
        kind: "replicate",
        path: "destination.region",
        from: {
          path: "sourceFileSystemId",
          value: text(props, "sourceFileSystemId"),
          types: ["aws:efs/fileSystem:FileSystem"],
          opaque: true,
        },
        target:
          at(props, "destination", "region") === undefined
            ? { to: "self" }
            : { to: "region", region: text(props, "destination", "region") },
      },
    ],
    absent: "destination is required; its region absent: the region of the source",
    source: "Amazon EFS API, CreateReplicationConfiguration",
  },
};
