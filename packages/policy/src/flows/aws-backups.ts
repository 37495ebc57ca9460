import { items, text, UNKNOWN } from "../resource.ts";
import { copyOf, type Flow, type FlowReader, type FlowReaders } from "./flow.ts";

/** A copy that carries its own label, and whose source adds to it. */
const copy = (property: string, types: readonly string[], absent: string, source: string): FlowReader => ({
  read: ({ props }) => copyOf("backup", { path: property, value: text(props, property), types }),
  absent,
  source,
});

const KEYS = ["aws:kms/key:Key", "aws:kms/externalKey:ExternalKey"];
const replicaKey = copy(
  "primaryKeyArn",
  KEYS,
  "primaryKeyArn is required; region absent is the provider's, and that is where the replica is",
  "AWS KMS API, ReplicateKey",
);

/** Snapshots, images, backup plans and keys of AWS. */
export const awsBackups: FlowReaders = {
  "aws:rds/snapshotCopy:SnapshotCopy": copy(
    "sourceDbSnapshotIdentifier",
    ["aws:rds/snapshot:Snapshot"],
    "the source is required; destinationRegion absent: the resource's own region",
    "Amazon RDS API, CopyDBSnapshot: cross-region when the source is an ARN of another region",
  ),
  "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy": copy(
    "sourceDbClusterSnapshotIdentifier",
    ["aws:rds/clusterSnapshot:ClusterSnapshot"],
    "the source is required; destinationRegion absent: the resource's own region",
    "Amazon RDS API, CopyDBClusterSnapshot",
  ),
  "aws:ebs/snapshotCopy:SnapshotCopy": copy(
    "sourceSnapshotId",
    ["aws:ebs/snapshot:Snapshot"],
    "sourceRegion is required; the copy is in the resource's own region",
    "Amazon EC2 API, CopySnapshot",
  ),
  "aws:ec2/amiCopy:AmiCopy": copy(
    "sourceAmiId",
    ["aws:ec2/ami:Ami", "aws:ec2/amiFromInstance:AmiFromInstance"],
    "sourceAmiRegion is required; the copy is in the resource's own region",
    "Amazon EC2 API, CopyImage",
  ),
  "aws:backup/plan:Plan": {
    read: ({ props }) =>
      items(props, "rules").flatMap((rule, index) =>
        (rule === UNKNOWN ? [UNKNOWN] : items(rule, "copyActions")).map((action): Flow => {
          const path = `rules.${index}.copyActions.destinationVaultArn`;
          const value = action === UNKNOWN ? UNKNOWN : text(action, "destinationVaultArn");
          return {
            kind: "backup",
            path,
            target: { to: "ref", ref: { path, value, types: ["aws:backup/vault:Vault"] } },
          };
        }),
      ),
    absent: "no copy actions: recovery points stay in the vault's region",
    source: "AWS Backup API, CreateBackupPlan CopyActions",
  },
  "aws:kms/replicaKey:ReplicaKey": replicaKey,
  "aws:kms/replicaExternalKey:ReplicaExternalKey": replicaKey,
};
