import type { Check } from "../facts/check.ts";
import { type Concerns, each, from, ON } from "./concern.ts";

const rds = from("Amazon RDS API, CreateDBInstance and CreateDBCluster");
const ec2 = from("Amazon EC2 API");
const efs = from("Amazon EFS API, CreateFileSystem: not encrypted unless said");
const cache = from("Amazon ElastiCache API, CreateReplicationGroup: off unless said");
const search = from("Amazon OpenSearch Service API, CreateDomain");
const kinesis = from("Amazon Kinesis API, StartStreamEncryption: NONE unless said");
const redshift = from("Amazon Redshift API, CreateCluster");
const balancer = from("Elastic Load Balancing API, CreateListener");
const front = from("Amazon CloudFront API, DistributionConfig");
const TLS_1_2: Check["unlike"] = /TLSv1(\.[01])?($|_2016)|TLS-1-0|2015|2016-08|TLS-1-1|SSLv3/;
const clusterStorage = [rds("storageEncrypted", ON, false)];

/** What leaves data of AWS unencrypted, in a store or on a wire. */
export const awsEncryption: Concerns = {
  encryption: {
    "aws:rds/instance:Instance": [
      rds("storageEncrypted", ON, false, [
        { path: "replicateSourceDb", set: false },
        { path: "snapshotIdentifier", set: false },
        { path: "restoreToPointInTime", set: false },
      ]),
      rds("storageEncrypted", { not: [false] }),
    ],
    "aws:rds/cluster:Cluster": [
      rds("storageEncrypted", ON, false, [
        { path: "snapshotIdentifier", set: false },
        { path: "restoreToPointInTime", set: false },
        { path: "replicationSourceIdentifier", set: false },
        { path: "engineMode", not: ["serverless"] },
      ]),
      rds("storageEncrypted", { not: [false] }),
    ],
    "aws:rds/globalCluster:GlobalCluster": [
      rds("storageEncrypted", ON, false, [{ path: "sourceDbClusterIdentifier", set: false }]),
    ],
    "aws:docdb/cluster:Cluster": clusterStorage,
    "aws:neptune/cluster:Cluster": clusterStorage,
    "aws:redshift/cluster:Cluster": [
      from("Amazon Redshift API, CreateCluster: encrypted unless said, since January 2025; Pulumi AWS: true")(
        "encrypted",
        ON,
        true,
      ),
    ],
    "aws:dax/cluster:Cluster": [
      from("Amazon DAX API, SSESpecification: off unless said")("serverSideEncryption.enabled", ON, false),
    ],
    "aws:ebs/volume:Volume": [
      ec2("encrypted", ON, false, [{ path: "snapshotId", set: false }]),
      ec2("encrypted", { not: [false] }),
    ],
    "aws:ebs/snapshotCopy:SnapshotCopy": [ec2("encrypted", { not: [false] })],
    "aws:ec2/amiCopy:AmiCopy": [ec2("encrypted", ON, false)],
    "aws:ebs/encryptionByDefault:EncryptionByDefault": [ec2("enabled", ON, true)],
    "aws:ec2/instance:Instance": [
      ec2("rootBlockDevice.encrypted", ON, false),
      ec2("ebsBlockDevices.*.encrypted", ON, false),
    ],
    "aws:ec2/launchTemplate:LaunchTemplate": [
      ec2("blockDeviceMappings.*.ebs.encrypted", ON, false, [{ path: "./ebs", set: true }]),
    ],
    "aws:ec2/launchConfiguration:LaunchConfiguration": [
      ec2("rootBlockDevice.encrypted", ON, false),
      ec2("ebsBlockDevices.*.encrypted", ON, false),
    ],
    "aws:efs/fileSystem:FileSystem": [efs("encrypted", ON, false)],
    "aws:elasticache/replicationGroup:ReplicationGroup": [
      cache("atRestEncryptionEnabled", ON, false, [
        { path: "engine", not: ["valkey"] },
        { path: "globalReplicationGroupId", set: false },
      ]),
      cache("atRestEncryptionEnabled", { not: [false] }),
    ],
    "aws:opensearch/domain:Domain": [search("encryptAtRest.enabled", ON, false)],
    "aws:elasticsearch/domain:Domain": [search("encryptAtRest.enabled", ON, false)],
    "aws:kinesis/stream:Stream": [kinesis("encryptionType", { is: ["KMS"] }, "NONE")],
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": [
      from("Amazon Data Firehose API, DeliveryStreamEncryptionConfigurationInput")("serverSideEncryption.enabled", {
        not: [false],
      }),
    ],
    "aws:sqs/queue:Queue": [
      from("Amazon SQS API, SqsManagedSseEnabled: on unless said")("sqsManagedSseEnabled", { not: [false] }, true, [
        { path: "kmsMasterKeyId", set: false },
      ]),
    ],
    "aws:sns/topic:Topic": [
      from("Amazon SNS Developer Guide, server-side encryption: off unless a key is named")("kmsMasterKeyId", {
        set: true,
        words: "a key",
      }),
    ],
    "aws:ssm/parameter:Parameter": [
      from("AWS Systems Manager API, PutParameter")(
        "type",
        { is: ["SecureString"], words: "SecureString" },
        undefined,
        [
          { path: "insecureValue", set: false },
          { path: "type", not: ["StringList"] },
        ],
      ),
    ],
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": [
      from("Amazon S3 API, PutBucketEncryption")("rules.*.applyServerSideEncryptionByDefault.sseAlgorithm", {
        is: ["AES256", "aws:kms", "aws:kms:dsse"],
      }),
    ],
    "aws:glue/dataCatalogEncryptionSettings:DataCatalogEncryptionSettings": [
      from("AWS Glue API, EncryptionAtRest")("dataCatalogEncryptionSettings.encryptionAtRest.catalogEncryptionMode", {
        not: ["DISABLED"],
      }),
    ],
    "aws:workspaces/workspace:Workspace": [
      from("Amazon WorkSpaces API, WorkspaceRequest: off unless said")("userVolumeEncryptionEnabled", ON, false),
      from("Amazon WorkSpaces API, WorkspaceRequest: off unless said")("rootVolumeEncryptionEnabled", ON, false),
    ],
  },
  transit: {
    "aws:elasticache/replicationGroup:ReplicationGroup": [
      cache("transitEncryptionEnabled", ON, false, [
        { path: "engine", not: ["valkey"] },
        { path: "globalReplicationGroupId", set: false },
      ]),
      cache("transitEncryptionEnabled", { not: [false] }),
      cache("transitEncryptionMode", { not: ["preferred"] }),
    ],
    "aws:memorydb/cluster:Cluster": [
      from("Amazon MemoryDB API, CreateCluster: TLS on unless said")("tlsEnabled", ON, true),
    ],
    "aws:opensearch/domain:Domain": [
      search("nodeToNodeEncryption.enabled", ON, false),
      search("domainEndpointOptions.enforceHttps", ON, true),
      search("domainEndpointOptions.tlsSecurityPolicy", { unlike: /Min-TLS-1-0/, words: "TLS 1.2" }),
    ],
    "aws:elasticsearch/domain:Domain": [
      search("nodeToNodeEncryption.enabled", ON, false),
      search("domainEndpointOptions.enforceHttps", ON, true),
    ],
    "aws:msk/cluster:Cluster": [
      from("Amazon MSK API, EncryptionInTransit: TLS unless said")(
        "encryptionInfo.encryptionInTransit.clientBroker",
        { is: ["TLS"] },
        "TLS",
      ),
      from("Amazon MSK API, EncryptionInTransit: true unless said")(
        "encryptionInfo.encryptionInTransit.inCluster",
        ON,
        true,
      ),
    ],
    "aws:docdb/clusterParameterGroup:ClusterParameterGroup": [
      from("Amazon DocumentDB Developer Guide, tls parameter")("parameters.*.value", { not: ["disabled"] }, undefined, [
        { path: "./name", is: ["tls"] },
      ]),
    ],
    ...each(
      ["aws:rds/parameterGroup:ParameterGroup", "aws:rds/clusterParameterGroup:ClusterParameterGroup"],
      [
        rds("parameters.*.value", { not: ["0", "off", false] }, undefined, [
          { path: "./name", is: ["rds.force_ssl", "require_secure_transport"] },
        ]),
      ],
    ),
    ...each(
      ["aws:redshift/parameterGroup:ParameterGroup"],
      [redshift("parameters.*.value", { not: ["false"] }, undefined, [{ path: "./name", is: ["require_ssl"] }])],
    ),
    "aws:lb/listener:Listener": [
      balancer("protocol", { not: ["HTTP"], words: "HTTPS, or a redirection to it" }, undefined, [
        { path: "defaultActions.0.redirect.protocol", not: ["HTTPS"] },
      ]),
      balancer("sslPolicy", { unlike: TLS_1_2, words: "a policy of TLS 1.2 or newer" }, undefined, [
        { path: "protocol", is: ["HTTPS", "TLS"] },
      ]),
    ],
    "aws:elb/loadBalancer:LoadBalancer": [
      balancer("listeners.*.lbProtocol", { not: ["http", "tcp"], words: "https or ssl" }),
    ],
    "aws:cloudfront/distribution:Distribution": [
      front("defaultCacheBehavior.viewerProtocolPolicy", { not: ["allow-all"] }),
      front("orderedCacheBehaviors.*.viewerProtocolPolicy", { not: ["allow-all"] }),
      front("origins.*.customOriginConfig.originProtocolPolicy", { not: ["http-only"] }),
      front("viewerCertificate.minimumProtocolVersion", { unlike: TLS_1_2, words: "TLS 1.2" }, undefined, [
        { path: "viewerCertificate.cloudfrontDefaultCertificate", not: [true] },
      ]),
    ],
    "aws:apigateway/domainName:DomainName": [
      from("Amazon API Gateway API, CreateDomainName")("securityPolicy", { not: ["TLS_1_0"] }),
    ],
    "aws:ecs/taskDefinition:TaskDefinition": [
      from("Amazon ECS API, EFSVolumeConfiguration: DISABLED unless said")(
        "volumes.*.efsVolumeConfiguration.transitEncryption",
        { is: ["ENABLED"] },
        "DISABLED",
        [{ path: "./efsVolumeConfiguration", set: true }],
      ),
    ],
    "aws:dms/endpoint:Endpoint": [
      from("AWS DMS API, CreateEndpoint: none unless said")("sslMode", { not: ["none"] }, "none", [
        { path: "engineName", not: ["s3", "kinesis", "dynamodb", "kafka", "elasticsearch", "opensearch"] },
      ]),
    ],
    "aws:transfer/server:Server": [from("AWS Transfer Family API, CreateServer")("protocols.*", { not: ["FTP"] })],
    "aws:sns/topicSubscription:TopicSubscription": [from("Amazon SNS API, Subscribe")("protocol", { not: ["http"] })],
  },
};
