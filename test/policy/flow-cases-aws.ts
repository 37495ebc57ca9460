import type { Resource } from "../../packages/policy/src/index.ts";
import { bucket, made } from "../../packages/policy/src/rules/sample.ts";
import { type Case, type Cases, PUBLIC, SECRET } from "./flow-cases.ts";

const US = { region: "us-east-1" };
const PARIS = { region: "eu-west-3" };
const secret = bucket("secret", "restricted", "documents");
const abroad = bucket("abroad", "public", "product-docs", "us-east-1");
const rules = [{ status: "Enabled", destination: { bucket: "arn:aws:s3:::abroad" } }];
const off = [{ status: "Disabled", destination: { bucket: "arn:aws:s3:::abroad" } }];
const aws = (type: string, name: string, props: object): Resource =>
  made(type, name, { tags: SECRET, ...props }, PARIS);
const inline: Case = {
  before: [abroad],
  leaves: { tags: SECRET, ...PARIS, replicationConfiguration: { role: "r", rules } },
  says: ["replicationConfiguration.rules.0", "stored in US"],
  stays: { tags: SECRET, replicationConfiguration: { role: "r", rules: off } },
};
const config: Case = {
  before: [secret, abroad],
  leaves: { bucket: "secret", rules },
  says: ["rules.0.destination.bucket", "stored in US"],
  stays: { bucket: "secret", rules: off },
};
const cluster = (type: string): Case => ({
  before: [aws(type, "main", { clusterIdentifier: "main", globalClusterIdentifier: "g" })],
  leaves: { ...US, tags: PUBLIC, clusterIdentifier: "second", globalClusterIdentifier: "g" },
  says: ["globalClusterIdentifier", "stored in US"],
  stays: { clusterIdentifier: "alone" },
});
const key: Case = {
  before: [aws("aws:kms/key:Key", "k", { name: "k" })],
  leaves: { ...US, tags: PUBLIC, primaryKeyArn: "arn:aws:kms:eu-west-3:1:key/k" },
  says: ["primaryKeyArn", "stored in US"],
};
export const AWS_CASES: Cases = {
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": config,
  "aws:s3/bucket:Bucket": inline,
  "aws:s3/bucketV2:BucketV2": {
    ...inline,
    leaves: {
      tags: SECRET,
      ...PARIS,
      replicationConfigurations: [{ rules: [{ destinations: [{ bucket: "arn:aws:s3:::abroad" }] }] }],
    },
    says: ["replicationConfigurations.0.rules.0", "stored in US"],
  },
  "aws:s3control/multiRegionAccessPoint:MultiRegionAccessPoint": {
    before: [secret, abroad],
    leaves: { details: { regions: [{ bucket: "secret" }, { bucket: "abroad" }] } },
    says: ["details.regions.1.bucket", "stored in US"],
    stays: { details: { regions: [{ bucket: "secret" }] } },
  },
  "aws:ecr/replicationConfiguration:ReplicationConfiguration": {
    before: [aws("aws:ecr/repository:Repository", "images", { name: "images" })],
    leaves: { replicationConfiguration: { rules: [{ destinations: [US, { region: "eu-west-3" }] }] } },
    says: ["rules.destinations.region", "stored in US"],
    stays: {},
  },
  "aws:ecr/repository:Repository": {
    before: [
      aws("aws:ecr/replicationConfiguration:ReplicationConfiguration", "all", {
        replicationConfiguration: { rules: [{ destinations: [US] }] },
      }),
    ],
    leaves: { ...PARIS, tags: SECRET },
    says: ["rules.destinations.region", "stored in US"],
  },
  "aws:rds/instance:Instance": {
    before: [aws("aws:rds/instance:Instance", "main", { identifier: "main" })],
    leaves: { ...US, tags: PUBLIC, replicateSourceDb: "arn:aws:rds:eu-west-3:1:db:main" },
    says: ["replicateSourceDb", "stored in US"],
    stays: { identifier: "alone" },
  },
  "aws:rds/cluster:Cluster": cluster("aws:rds/cluster:Cluster"),
  "aws:docdb/cluster:Cluster": cluster("aws:docdb/cluster:Cluster"),
  "aws:neptune/cluster:Cluster": cluster("aws:neptune/cluster:Cluster"),
  "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication": {
    before: [aws("aws:rds/instance:Instance", "main", { identifier: "main" })],
    leaves: { ...US, sourceDbInstanceArn: "arn:aws:rds:eu-west-3:1:db:main" },
    says: ["sourceDbInstanceArn", "stored in US"],
  },
  "aws:dynamodb/table:Table": {
    leaves: { ...PARIS, tags: SECRET, replicas: [{ regionName: "us-east-1" }] },
    says: ["replicas.0.regionName", "stored in US"],
    stays: { tags: SECRET },
  },
  "aws:dynamodb/tableReplica:TableReplica": {
    before: [aws("aws:dynamodb/table:Table", "t", { name: "t" })],
    leaves: { ...US, tags: PUBLIC, globalTableArn: "arn:aws:dynamodb:eu-west-3:1:table/t" },
    says: ["globalTableArn", "stored in US"],
  },
  "aws:dynamodb/globalTable:GlobalTable": {
    before: [aws("aws:dynamodb/table:Table", "t", { name: "t" })],
    leaves: { name: "t", replicas: [{ regionName: "us-east-1" }] },
    says: ["replicas.0.regionName", "stored in US"],
  },
  "aws:secretsmanager/secret:Secret": {
    leaves: { ...PARIS, tags: SECRET, replicas: [US] },
    says: ["replicas.0.region", "stored in US"],
    stays: { tags: SECRET },
  },
  "aws:elasticache/globalReplicationGroup:GlobalReplicationGroup": {
    before: [aws("aws:elasticache/replicationGroup:ReplicationGroup", "main", { name: "main" })],
    leaves: { ...US, primaryReplicationGroupId: "main" },
    says: ["primaryReplicationGroupId", "stored in US"],
  },
  "aws:redshift/snapshotCopy:SnapshotCopy": {
    before: [aws("aws:redshift/cluster:Cluster", "main", { clusterIdentifier: "main" })],
    leaves: { ...PARIS, clusterIdentifier: "main", destinationRegion: "us-east-1" },
    says: ["destinationRegion", "stored in US"],
  },
  "aws:efs/replicationConfiguration:ReplicationConfiguration": {
    before: [aws("aws:efs/fileSystem:FileSystem", "files", {})],
    leaves: { sourceFileSystemId: "fs-0123", destination: US },
    says: ["destination.region", "stored in US"],
  },
  "aws:rds/snapshotCopy:SnapshotCopy": {
    before: [aws("aws:rds/snapshot:Snapshot", "s", { dbSnapshotIdentifier: "s" })],
    leaves: {
      destinationRegion: "us-east-1",
      tags: PUBLIC,
      sourceDbSnapshotIdentifier: "arn:aws:rds:eu-west-3:1:snapshot:s",
    },
    says: ["sourceDbSnapshotIdentifier", "stored in US"],
  },
  "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy": {
    before: [aws("aws:rds/clusterSnapshot:ClusterSnapshot", "s", { dbClusterSnapshotIdentifier: "s" })],
    leaves: { ...US, tags: PUBLIC, sourceDbClusterSnapshotIdentifier: "s" },
    says: ["sourceDbClusterSnapshotIdentifier", "stored in US"],
  },
  "aws:ebs/snapshotCopy:SnapshotCopy": {
    before: [aws("aws:ebs/snapshot:Snapshot", "s", { name: "snap-1" })],
    leaves: { ...US, tags: PUBLIC, sourceRegion: "eu-west-3", sourceSnapshotId: "snap-1" },
    says: ["sourceSnapshotId", "stored in US"],
  },
  "aws:ec2/amiCopy:AmiCopy": {
    before: [aws("aws:ec2/ami:Ami", "i", { name: "ami-1" })],
    leaves: { ...US, tags: PUBLIC, sourceAmiRegion: "eu-west-3", sourceAmiId: "ami-1" },
    says: ["sourceAmiId", "stored in US"],
  },
  "aws:backup/plan:Plan": {
    leaves: {
      ...PARIS,
      tags: SECRET,
      rules: [{ copyActions: [{ destinationVaultArn: "arn:aws:backup:us-east-1:1:backup-vault:v" }] }],
    },
    says: ["rules.0.copyActions.0.destinationVaultArn", "stored in US"],
    stays: { tags: SECRET, rules: [{ ruleName: "daily" }] },
  },
  "aws:kms/replicaKey:ReplicaKey": key,
  "aws:kms/replicaExternalKey:ReplicaExternalKey": key,
};
