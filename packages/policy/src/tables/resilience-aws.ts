import { PROTECTION } from "@kasbah/core/judge";
import { type Concerns, each, from, OFF, ON } from "./concern.ts";

/** Fewest days that backups are kept: the threshold that the layers have too. */
export const MIN_BACKUP_DAYS = PROTECTION.production.minRetentionDays;
const LONG_ENOUGH = { least: MIN_BACKUP_DAYS, words: `at least ${MIN_BACKUP_DAYS} days` } as const;

const rds = from("Amazon RDS API, CreateDBInstance: BackupRetentionPeriod; Pulumi AWS: 0 unless said");
const aurora = from("Amazon RDS API, CreateDBCluster: BackupRetentionPeriod is 1 unless said");
const guard = from("the AWS API of each service, DeletionProtection: off unless said");
const last = from("Pulumi AWS: a final snapshot is taken unless skipFinalSnapshot is true");
const dynamo = from("Amazon DynamoDB API, UpdateContinuousBackups: off unless said");
const wiped = from("Pulumi AWS, forceDestroy: false unless said");

const FIRST = [{ path: "replicateSourceDb", set: false }] as const;

/** What of AWS can be lost, and whether it comes back. */
export const awsResilience: Concerns = {
  backup: {
    "aws:rds/instance:Instance": [rds("backupRetentionPeriod", LONG_ENOUGH, 0, FIRST)],
    ...each(
      ["aws:rds/cluster:Cluster", "aws:docdb/cluster:Cluster", "aws:neptune/cluster:Cluster"],
      [aurora("backupRetentionPeriod", LONG_ENOUGH, 1)],
    ),
    "aws:docdb/elasticCluster:ElasticCluster": [
      from("Amazon DocumentDB API, CreateCluster (elastic): 1 unless said")("backupRetentionPeriod", LONG_ENOUGH, 1),
    ],
    "aws:redshift/cluster:Cluster": [
      from("Amazon Redshift API, CreateCluster: 1 unless said")("automatedSnapshotRetentionPeriod", LONG_ENOUGH, 1),
    ],
    "aws:fsx/windowsFileSystem:WindowsFileSystem": [
      from("Amazon FSx API, AutomaticBackupRetentionDays: 7 for Windows unless said; Pulumi AWS: 7")(
        "automaticBackupRetentionDays",
        LONG_ENOUGH,
        7,
      ),
    ],
    ...each(
      ["aws:fsx/openZfsFileSystem:OpenZfsFileSystem", "aws:fsx/ontapFileSystem:OntapFileSystem"],
      [from("Pulumi AWS, automaticBackupRetentionDays: 0 unless said")("automaticBackupRetentionDays", LONG_ENOUGH, 0)],
    ),
    "aws:lightsail/database:Database": [
      from("Amazon Lightsail API, backups are on unless said")("backupRetentionEnabled", { not: [false] }),
    ],
    "aws:s3/bucketVersioning:BucketVersioning": [
      from("Amazon S3 API, PutBucketVersioning")("versioningConfiguration.status", { is: ["Enabled"] }),
    ],
    "aws:efs/backupPolicy:BackupPolicy": [
      from("Amazon EFS API, PutBackupPolicy")("backupPolicy.status", { is: ["ENABLED"] }),
    ],
    "aws:backup/plan:Plan": [
      from("AWS Backup API, Lifecycle: kept for ever unless said")("rules.*.lifecycle.deleteAfter", LONG_ENOUGH, 36500),
    ],
  },
  rewind: {
    "aws:dynamodb/table:Table": [dynamo("pointInTimeRecovery.enabled", ON, false)],
    "aws:dynamodb/tableReplica:TableReplica": [dynamo("pointInTimeRecovery", ON, false)],
    "aws:keyspaces/table:Table": [
      from("Amazon Keyspaces API, PointInTimeRecovery: DISABLED unless said")(
        "pointInTimeRecovery.status",
        { is: ["ENABLED"] },
        "DISABLED",
      ),
    ],
    "aws:rds/instance:Instance": [rds("backupRetentionPeriod", { not: [0] }, 0, FIRST)],
  },
  deletion: {
    ...each(
      [
        "aws:rds/instance:Instance",
        "aws:rds/cluster:Cluster",
        "aws:rds/globalCluster:GlobalCluster",
        "aws:docdb/cluster:Cluster",
        "aws:neptune/cluster:Cluster",
        "aws:neptunegraph/graph:Graph",
      ],
      [guard("deletionProtection", ON, false)],
    ),
    ...each(["aws:redshift/cluster:Cluster"], [last("skipFinalSnapshot", OFF, false)]),
    "aws:dynamodb/table:Table": [guard("deletionProtectionEnabled", ON, false)],
    "aws:dsql/cluster:Cluster": [guard("deletionProtectionEnabled", ON, false)],
    "aws:qldb/ledger:Ledger": [from("Amazon QLDB API, CreateLedger: on unless said")("deletionProtection", ON, true)],
    "aws:cognito/userPool:UserPool": [
      from("Amazon Cognito API, DeletionProtection: INACTIVE unless said")(
        "deletionProtection",
        { is: ["ACTIVE"] },
        "INACTIVE",
      ),
    ],
    "aws:cloudtrail/eventDataStore:EventDataStore": [
      from("AWS CloudTrail API, CreateEventDataStore: on unless said")("terminationProtectionEnabled", ON, true),
    ],
    ...each(
      [
        "aws:s3/bucket:Bucket",
        "aws:s3/directoryBucket:DirectoryBucket",
        "aws:s3tables/tableBucket:TableBucket",
        "aws:backup/vault:Vault",
      ],
      [wiped("forceDestroy", OFF, false)],
    ),
    "aws:ecr/repository:Repository": [from("Pulumi AWS, forceDelete: false unless said")("forceDelete", OFF, false)],
    "aws:secretsmanager/secret:Secret": [
      from("AWS Secrets Manager API, DeleteSecret: 30 days unless said; 0 deletes at once")(
        "recoveryWindowInDays",
        { least: 7, words: "at least 7 days" },
        30,
      ),
    ],
    "aws:kms/key:Key": [
      from("AWS KMS API, ScheduleKeyDeletion: 30 days unless said")("deletionWindowInDays", { least: 7 }, 30),
    ],
  },
  site: {
    "aws:rds/instance:Instance": [from("Amazon RDS API, MultiAZ: false unless said")("multiAz", ON, false, FIRST)],
    "aws:efs/fileSystem:FileSystem": [
      from("Amazon EFS API, AvailabilityZoneName: several zones unless one is named")("availabilityZoneName", {
        set: false,
        words: "several zones",
      }),
    ],
    "aws:opensearch/domain:Domain": [
      from("Amazon OpenSearch Service API, ZoneAwarenessEnabled: false unless said")(
        "clusterConfig.zoneAwarenessEnabled",
        ON,
        false,
      ),
    ],
    "aws:mq/broker:Broker": [
      from("Amazon MQ API, DeploymentMode: SINGLE_INSTANCE unless said")(
        "deploymentMode",
        { not: ["SINGLE_INSTANCE"] },
        "SINGLE_INSTANCE",
      ),
    ],
    "aws:s3/directoryBucket:DirectoryBucket": [
      from("Amazon S3 User Guide, directory buckets are in one zone")(
        "dataRedundancy",
        {
          not: ["SingleAvailabilityZone", "SingleLocalZone"],
        },
        "SingleAvailabilityZone",
      ),
    ],
  },
  rollback: {
    "aws:ecs/service:Service": [
      from("Amazon ECS API, DeploymentCircuitBreaker: off unless said")(
        "deploymentCircuitBreaker.rollback",
        ON,
        false,
        [
          { path: "deploymentController.type", not: ["CODE_DEPLOY", "EXTERNAL"] },
          { path: "alarms.rollback", not: [true] },
        ],
      ),
    ],
    "aws:lambda/function:Function": [
      from("AWS Lambda API, Publish: false unless said; without a version there is nothing to go back to")(
        "publish",
        ON,
        false,
      ),
    ],
    "aws:codedeploy/deploymentGroup:DeploymentGroup": [
      from("AWS CodeDeploy API, AutoRollbackConfiguration: off unless said")(
        "autoRollbackConfiguration.enabled",
        ON,
        false,
      ),
    ],
    "aws:sagemaker/endpoint:Endpoint": [
      from("Amazon SageMaker API, AutoRollbackConfig: none unless said")("deploymentConfig.autoRollbackConfiguration", {
        set: true,
        words: "alarms that roll back",
      }),
    ],
  },
};
