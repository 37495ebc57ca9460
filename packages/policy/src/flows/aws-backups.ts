import type { FlowReaders, FlowRow } from "./flow.ts";

const VAULTS = ["aws:backup/vault:Vault", "aws:backup/logicallyAirGappedVault:LogicallyAirGappedVault"] as const;
const VOLUMES = ["aws:ebs/volume:Volume", "aws:ebs/volumeCopy:VolumeCopy"] as const;
const SNAPSHOTS = [
  "aws:ebs/snapshot:Snapshot",
  "aws:ebs/snapshotCopy:SnapshotCopy",
  "aws:ebs/snapshotImport:SnapshotImport",
] as const;
const IMAGES = ["aws:ec2/ami:Ami", "aws:ec2/amiFromInstance:AmiFromInstance", "aws:ec2/amiCopy:AmiCopy"] as const;
const FILE_SYSTEMS = [
  "aws:fsx/lustreFileSystem:LustreFileSystem",
  "aws:fsx/windowsFileSystem:WindowsFileSystem",
  "aws:fsx/openZfsFileSystem:OpenZfsFileSystem",
  "aws:fsx/ontapFileSystem:OntapFileSystem",
] as const;

/** A copy that carries its own label, and whose source adds to it. */
const copy = (path: string, types: readonly string[], absent: string, source: string): FlowRow => ({
  kind: "backup",
  path,
  to: "self",
  types,
  absent,
  source,
});

const crossRegion = (path: string): FlowRow => ({
  kind: "backup",
  path,
  to: "region",
  absent: "copies stay in the policy's region",
  source: "Amazon Data Lifecycle Manager API, CrossRegionCopyRule",
});

const fsxBackup = copy(
  "backupId",
  ["aws:fsx/backup:Backup"],
  "a new file system",
  "Amazon FSx API, CreateFileSystemFromBackup",
);

/** Snapshots, images and backup plans of AWS. */
export const awsBackups: FlowReaders = {
  "aws:ebs/snapshot:Snapshot": [copy("volumeId", VOLUMES, "volumeId is required", "Amazon EC2 API, CreateSnapshot")],
  "aws:ebs/snapshotCopy:SnapshotCopy": [
    copy(
      "sourceSnapshotId",
      SNAPSHOTS,
      "sourceRegion is required; the copy is in the resource's own region",
      "Amazon EC2 API, CopySnapshot",
    ),
  ],
  "aws:ebs/volume:Volume": [
    copy("snapshotId", SNAPSHOTS, "an empty volume", "Amazon EC2 API, CreateVolume SnapshotId"),
  ],
  "aws:ebs/volumeCopy:VolumeCopy": [
    copy("sourceVolumeId", VOLUMES, "sourceVolumeId is required", "Amazon EC2 API, CopyVolumes"),
  ],
  "aws:ec2/ami:Ami": [
    copy(
      "ebsBlockDevices.*.snapshotId",
      SNAPSHOTS,
      "an image without snapshots of the program",
      "Amazon EC2 API, RegisterImage",
    ),
  ],
  "aws:ec2/amiCopy:AmiCopy": [
    copy(
      "sourceAmiId",
      IMAGES,
      "sourceAmiRegion is required; the copy is in the resource's own region",
      "Amazon EC2 API, CopyImage",
    ),
  ],
  "aws:ec2/amiFromInstance:AmiFromInstance": [
    copy(
      "sourceInstanceId",
      ["aws:ec2/instance:Instance"],
      "sourceInstanceId is required",
      "Amazon EC2 API, CreateImage",
    ),
  ],
  "aws:backup/plan:Plan": [
    {
      kind: "backup",
      path: "rules.*.copyActions.*.destinationVaultArn",
      to: "ref",
      types: VAULTS,
      absent: "no copy actions: recovery points stay in the vault's region",
      source: "AWS Backup API, CreateBackupPlan CopyActions",
    },
    {
      kind: "backup",
      path: "rules.*.targetLogicallyAirGappedBackupVaultArn",
      to: "ref",
      types: VAULTS,
      absent: "no second vault",
      source: "AWS Backup API, CreateBackupPlan TargetLogicallyAirGappedBackupVaultArn",
    },
  ],
  "aws:dlm/lifecyclePolicy:LifecyclePolicy": [
    crossRegion("policyDetails.schedules.*.crossRegionCopyRules.*.target"),
    crossRegion("policyDetails.schedules.*.crossRegionCopyRules.*.targetRegion"),
    crossRegion("policyDetails.action.crossRegionCopies.*.target"),
  ],
  "aws:efs/replicationConfiguration:ReplicationConfiguration": [
    {
      kind: "replicate",
      path: "destination.region",
      from: { path: "sourceFileSystemId", types: ["aws:efs/fileSystem:FileSystem"], opaque: true },
      to: "region",
      absent: "destination is required; its region absent: the region of the source",
      source: "Amazon EFS API, CreateReplicationConfiguration",
    },
  ],
  "aws:fsx/backup:Backup": [copy("fileSystemId", FILE_SYSTEMS, "of a volume", "Amazon FSx API, CreateBackup")],
  "aws:fsx/lustreFileSystem:LustreFileSystem": [fsxBackup],
  "aws:fsx/windowsFileSystem:WindowsFileSystem": [fsxBackup],
  "aws:fsx/openZfsFileSystem:OpenZfsFileSystem": [fsxBackup],
};
