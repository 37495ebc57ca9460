import { KINDS, type Kind, type LabelPlace } from "@kasbah/core";
import { cloudOf } from "../cloud.ts";
import { at, type Resource } from "../resource.ts";

/** Where labels sit: a property, or a dotted path of properties. */
export type LabelPath = LabelPlace | "properties" | `${string}.${string}`;

const of = <const Type extends string>(label: LabelPath, types: readonly Type[]): Record<Type, LabelPath> =>
  Object.fromEntries(types.map((type) => [type, label])) as Record<Type, LabelPath>;

/**
 * Types that hold data or copy it and that no layer of Kasbah makes (those are in core's table), with the property that
 * carries their labels. Source: the input types of the Pulumi SDKs (aws 7.48, azure-native 3.28, gcp 9.37,
 * openstack 3.15).
 */
export const DATA_TYPES: Readonly<Record<string, LabelPath>> = {
  ...of("tags", [
    "aws:s3/bucketV2:BucketV2",
    "aws:rds/cluster:Cluster",
    "aws:rds/snapshot:Snapshot",
    "aws:rds/clusterSnapshot:ClusterSnapshot",
    "aws:rds/snapshotCopy:SnapshotCopy",
    "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy",
    "aws:docdb/cluster:Cluster",
    "aws:neptune/cluster:Cluster",
    "aws:redshift/cluster:Cluster",
    "aws:dynamodb/table:Table",
    "aws:dynamodb/tableReplica:TableReplica",
    "aws:ec2/instance:Instance",
    "aws:ebs/volume:Volume",
    "aws:ebs/snapshot:Snapshot",
    "aws:ebs/snapshotCopy:SnapshotCopy",
    "aws:ec2/ami:Ami",
    "aws:ec2/amiCopy:AmiCopy",
    "aws:efs/fileSystem:FileSystem",
    "aws:fsx/openZfsFileSystem:OpenZfsFileSystem",
    "aws:elasticache/replicationGroup:ReplicationGroup",
    "aws:opensearch/domain:Domain",
    "aws:kinesis/stream:Stream",
    "aws:sqs/queue:Queue",
    "aws:cloudwatch/logGroup:LogGroup",
    "aws:secretsmanager/secret:Secret",
    "aws:ecr/repository:Repository",
    "aws:kms/replicaKey:ReplicaKey",
    "aws:kms/replicaExternalKey:ReplicaExternalKey",
    "aws:backup/vault:Vault",
    "azure-native:dbforpostgresql:Server",
    "azure-native:dbformysql:Server",
    "azure-native:sql:Database",
    "azure-native:cosmosdb:DatabaseAccount",
    "azure-native:compute:Disk",
    "azure-native:compute:Snapshot",
    "azure-native:compute:VirtualMachine",
    "azure-native:recoveryservices:Vault",
    "azure-native:dataprotection:BackupVault",
    "azure-native:keyvault:Vault",
    "azure-native:containerregistry:Registry",
    "azure-native:operationalinsights:Workspace",
  ]),
  ...of("metadata", ["azure-native:storage:FileShare", "openstack:sharedfilesystem/share:Share"]),
  ...of("labels", [
    "gcp:compute/instance:Instance",
    "gcp:compute/disk:Disk",
    "gcp:compute/regionDisk:RegionDisk",
    "gcp:compute/snapshot:Snapshot",
    "gcp:compute/image:Image",
    "gcp:alloydb/cluster:Cluster",
    "gcp:alloydb/backup:Backup",
    "gcp:spanner/instance:Instance",
    "gcp:bigquery/dataset:Dataset",
    "gcp:bigtable/instance:Instance",
    "gcp:filestore/instance:Instance",
    "gcp:filestore/backup:Backup",
    "gcp:secretmanager/secret:Secret",
    "gcp:artifactregistry/repository:Repository",
  ]),
  "gcp:sql/databaseInstance:DatabaseInstance": "settings.userLabels",
  "openstack:images/image:Image": "properties",
};

/** Where labels may sit on a type without a row, by cloud: all of them are looked at. */
export const GUESSES: Readonly<Record<string, readonly string[]>> = {
  aws: ["tags"],
  azure: ["tags", "metadata"],
  gcp: [
    "labels",
    "userLabels",
    "settings.userLabels",
    "resourceLabels",
    "snapshotSchedulePolicy.snapshotProperties.labels",
  ],
  openstack: ["metadata", "tags", "properties"],
};

const kindOf = (type: string): Kind | undefined => (Object.hasOwn(KINDS, type) ? KINDS[type] : undefined);

/** Whether the type holds or copies data, so that its place matters. */
export const holdsData = ({ type }: Resource): boolean =>
  kindOf(type)?.holdsData === true || Object.hasOwn(DATA_TYPES, type);

/** The properties that carry a resource's labels; none for a type that cannot carry any, `undefined` for one of no cloud. */
export const labelPaths = (resource: Resource): readonly string[] | undefined => {
  const cloud = cloudOf(resource);
  if (cloud === undefined) return undefined;
  const place = kindOf(resource.type)?.label;
  if (place === "none") return [];
  if (place !== undefined) return [place === "string-tags" ? "tags" : place];
  const path = Object.hasOwn(DATA_TYPES, resource.type) ? DATA_TYPES[resource.type] : undefined;
  return path === undefined ? (GUESSES[cloud] ?? []) : [path];
};

/** Whether the type is known to carry labels, or this one shows that it can. */
export const carriesLabels = (resource: Resource): boolean => {
  const paths = labelPaths(resource) ?? [];
  if (kindOf(resource.type) !== undefined || Object.hasOwn(DATA_TYPES, resource.type)) return paths.length > 0;
  return paths.some((path) => at(resource.props, ...path.split(".")) !== undefined);
};
