import type { FlowReaders, FlowRow } from "./flow.ts";

const AWS = [
  "aws:kms/key:Key",
  "aws:kms/alias:Alias",
  "aws:kms/externalKey:ExternalKey",
  "aws:kms/replicaKey:ReplicaKey",
  "aws:kms/replicaExternalKey:ReplicaExternalKey",
] as const;
const AZURE = [
  "azure-native:keyvault:Key",
  "azure-native:keyvault:Vault",
  "azure-native:keyvault:ManagedHsm",
  "azure-native:compute:DiskEncryptionSet",
] as const;
const GOOGLE = ["gcp:kms/cryptoKey:CryptoKey", "gcp:kms/cryptoKeyVersion:CryptoKeyVersion"] as const;

/** Which property of a type names the key that its data are encrypted with. */
const AWS_KEYS: Readonly<Record<string, readonly string[]>> = {
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": [
    "rules.*.applyServerSideEncryptionByDefault.kmsMasterKeyId",
  ],
  "aws:s3/bucket:Bucket": ["serverSideEncryptionConfiguration.rule.applyServerSideEncryptionByDefault.kmsMasterKeyId"],
  "aws:s3tables/tableBucket:TableBucket": ["encryptionConfiguration.kmsKeyArn"],
  "aws:rds/instance:Instance": ["kmsKeyId", "masterUserSecretKmsKeyId", "performanceInsightsKmsKeyId"],
  "aws:rds/cluster:Cluster": ["kmsKeyId", "masterUserSecretKmsKeyId", "performanceInsightsKmsKeyId"],
  "aws:rds/snapshotCopy:SnapshotCopy": ["kmsKeyId"],
  "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy": ["kmsKeyId"],
  "aws:docdb/cluster:Cluster": ["kmsKeyId"],
  "aws:neptune/cluster:Cluster": ["kmsKeyArn"],
  "aws:redshift/cluster:Cluster": ["kmsKeyId"],
  "aws:redshiftserverless/namespace:Namespace": ["kmsKeyId"],
  "aws:dynamodb/table:Table": ["serverSideEncryption.kmsKeyArn", "replicas.*.kmsKeyArn"],
  "aws:ebs/volume:Volume": ["kmsKeyId"],
  "aws:ebs/snapshotCopy:SnapshotCopy": ["kmsKeyId"],
  "aws:ebs/defaultKmsKey:DefaultKmsKey": ["keyArn"],
  "aws:ec2/instance:Instance": ["rootBlockDevice.kmsKeyId", "ebsBlockDevices.*.kmsKeyId"],
  "aws:ec2/amiCopy:AmiCopy": ["kmsKeyId"],
  "aws:efs/fileSystem:FileSystem": ["kmsKeyId"],
  "aws:fsx/lustreFileSystem:LustreFileSystem": ["kmsKeyId"],
  "aws:fsx/windowsFileSystem:WindowsFileSystem": ["kmsKeyId"],
  "aws:fsx/openZfsFileSystem:OpenZfsFileSystem": ["kmsKeyId"],
  "aws:fsx/ontapFileSystem:OntapFileSystem": ["kmsKeyId"],
  "aws:elasticache/replicationGroup:ReplicationGroup": ["kmsKeyId"],
  "aws:elasticache/serverlessCache:ServerlessCache": ["kmsKeyId"],
  "aws:memorydb/cluster:Cluster": ["kmsKeyArn"],
  "aws:opensearch/domain:Domain": ["encryptAtRest.kmsKeyId"],
  "aws:kinesis/stream:Stream": ["kmsKeyId"],
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": ["serverSideEncryption.keyArn"],
  "aws:msk/cluster:Cluster": ["encryptionInfo.encryptionAtRestKmsKeyArn"],
  "aws:mq/broker:Broker": ["encryptionOptions.kmsKeyId"],
  "aws:sqs/queue:Queue": ["kmsMasterKeyId"],
  "aws:sns/topic:Topic": ["kmsMasterKeyId"],
  "aws:cloudwatch/logGroup:LogGroup": ["kmsKeyId"],
  "aws:cloudtrail/trail:Trail": ["kmsKeyId"],
  "aws:cloudtrail/eventDataStore:EventDataStore": ["kmsKeyId"],
  "aws:secretsmanager/secret:Secret": ["kmsKeyId", "replicas.*.kmsKeyId"],
  "aws:ssm/parameter:Parameter": ["keyId"],
  "aws:ecr/repository:Repository": ["encryptionConfigurations.*.kmsKey"],
  "aws:backup/vault:Vault": ["kmsKeyArn"],
  "aws:lambda/function:Function": ["kmsKeyArn"],
  "aws:eks/cluster:Cluster": ["encryptionConfig.provider.keyArn"],
  "aws:sagemaker/notebookInstance:NotebookInstance": ["kmsKeyId"],
  "aws:bedrock/agentAgent:AgentAgent": ["customerEncryptionKeyArn"],
  "aws:timestreamwrite/database:Database": ["kmsKeyId"],
  "aws:xray/encryptionConfig:EncryptionConfig": ["keyId"],
};

const AZURE_KEYS: Readonly<Record<string, readonly string[]>> = {
  "azure-native:storage:StorageAccount": ["encryption.keyVaultProperties.keyVaultUri"],
  "azure-native:storage:EncryptionScope": ["keyVaultProperties.keyUri"],
  "azure-native:dbforpostgresql:Server": ["dataEncryption.primaryKeyURI", "dataEncryption.geoBackupKeyURI"],
  "azure-native:dbformysql:Server": ["dataEncryption.primaryKeyURI", "dataEncryption.geoBackupKeyURI"],
  "azure-native:sql:Server": ["keyId"],
  "azure-native:sql:ManagedInstance": ["keyId"],
  "azure-native:cosmosdb:DatabaseAccount": ["keyVaultKeyUri"],
  "azure-native:compute:DiskEncryptionSet": ["activeKey.keyUrl"],
  "azure-native:containerregistry:Registry": ["encryption.keyVaultProperties.keyIdentifier"],
  "azure-native:eventhub:Namespace": ["encryption.keyVaultProperties.*.keyVaultUri"],
  "azure-native:servicebus:Namespace": ["encryption.keyVaultProperties.*.keyVaultUri"],
  "azure-native:cognitiveservices:Account": ["properties.encryption.keyVaultProperties.keyVaultUri"],
  "azure-native:recoveryservices:Vault": ["properties.encryption.keyVaultProperties.keyUri"],
  "azure-native:appconfiguration:ConfigurationStore": ["encryption.keyVaultProperties.keyIdentifier"],
  "azure-native:kusto:Cluster": ["keyVaultProperties.keyVaultUri"],
};

const GOOGLE_KEYS: Readonly<Record<string, readonly string[]>> = {
  "gcp:storage/bucket:Bucket": ["encryption.defaultKmsKeyName"],
  "gcp:sql/databaseInstance:DatabaseInstance": ["encryptionKeyName"],
  "gcp:compute/disk:Disk": ["diskEncryptionKey.kmsKeySelfLink"],
  "gcp:compute/regionDisk:RegionDisk": ["diskEncryptionKey.kmsKeyName"],
  "gcp:compute/snapshot:Snapshot": ["snapshotEncryptionKey.kmsKeySelfLink"],
  "gcp:compute/image:Image": ["imageEncryptionKey.kmsKeySelfLink"],
  "gcp:compute/instance:Instance": ["bootDisk.kmsKeySelfLink"],
  "gcp:alloydb/cluster:Cluster": ["encryptionConfig.kmsKeyName", "automatedBackupPolicy.encryptionConfig.kmsKeyName"],
  "gcp:bigquery/dataset:Dataset": ["defaultEncryptionConfiguration.kmsKeyName"],
  "gcp:bigquery/table:Table": ["encryptionConfiguration.kmsKeyName"],
  "gcp:bigtable/instance:Instance": ["clusters.*.kmsKeyName"],
  "gcp:spanner/database:Database": ["encryptionConfig.kmsKeyName"],
  "gcp:pubsub/topic:Topic": ["kmsKeyName"],
  "gcp:filestore/instance:Instance": ["kmsKeyName"],
  "gcp:redis/instance:Instance": ["customerManagedKey"],
  "gcp:secretmanager/secret:Secret": [
    "replication.userManaged.replicas.*.customerManagedEncryption.kmsKeyName",
    "replication.auto.customerManagedEncryption.kmsKeyName",
  ],
  "gcp:artifactregistry/repository:Repository": ["kmsKeyName"],
  "gcp:firestore/database:Database": ["cmekConfig.kmsKeyName"],
  "gcp:container/cluster:Cluster": ["databaseEncryption.keyName"],
  "gcp:vertex/aiEndpoint:AiEndpoint": ["encryptionSpec.kmsKeyName"],
  "gcp:logging/projectBucketConfig:ProjectBucketConfig": ["cmekSettings.kmsKeyName"],
};

const keyRow = (path: string, types: readonly string[], source: string): FlowRow => ({
  kind: "hold-keys",
  path,
  to: "key",
  types,
  absent: "a key of the cloud, in the resource's own region",
  source,
});

const tableOf = (
  keys: Readonly<Record<string, readonly string[]>>,
  types: readonly string[],
  source: string,
): FlowReaders =>
  Object.fromEntries(
    Object.entries(keys).map(([type, paths]) => [type, paths.map((path) => keyRow(path, types, source))]),
  );

/** Who holds the keys, and where. */
export const keyFlows: FlowReaders = {
  ...tableOf(
    AWS_KEYS,
    AWS,
    "the AWS API of each service, its KMS key parameter: a key identifier without an ARN is of the same region",
  ),
  ...tableOf(AZURE_KEYS, AZURE, "the Azure REST API of each service, customer-managed keys"),
  ...tableOf(GOOGLE_KEYS, GOOGLE, "the Google Cloud API of each service, CMEK"),
  "aws:kms/customKeyStore:CustomKeyStore": [
    {
      kind: "hold-keys",
      path: "xksProxyUriEndpoint",
      from: "stack",
      to: "endpoint",
      absent: "an HSM cluster of the account",
      source: "AWS KMS API, CreateCustomKeyStore",
    },
  ],
  "gcp:kms/ekmConnection:EkmConnection": [
    {
      kind: "hold-keys",
      path: "serviceResolvers.*.hostname",
      from: "stack",
      to: "endpoint",
      absent: "serviceResolvers is required",
      source: "Cloud External Key Manager API, EkmConnection",
    },
  ],
  "gcp:kms/cryptoKey:CryptoKey": [
    {
      kind: "hold-keys",
      path: "versionTemplate.protectionLevel",
      to: { words: "a key manager outside Google" },
      on: { is: ["EXTERNAL"] },
      standard: "SOFTWARE",
      absent: "SOFTWARE: in Google's key manager",
      source: "Cloud KMS API, ProtectionLevel",
    },
  ],
};
