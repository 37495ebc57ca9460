import { ABSENT, type Concerns, each, from, OFF, ON } from "./concern.ts";

const rds = from("Amazon RDS API, CreateDBInstance and CreateDBCluster");
const ec2 = from("Amazon EC2 API");
const search = from("Amazon OpenSearch Service API, CreateDomain");
const redshift = from("Amazon Redshift API, CreateCluster");
const eks = from("Amazon EKS API, VpcConfigRequest: the endpoint is public unless said");
const PUBLIC_ACL = { not: ["public-read", "public-read-write", "website", "authenticated-read"] } as const;
const WORLD = /AllUsers|AuthenticatedUsers/;
const BLOCK = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"] as const;

const s3 = from("Amazon S3 User Guide, blocking public access; Pulumi AWS: an absent flag of the block is false");
/** What opens a resource of AWS to the world. */
export const awsExposure: Concerns = {
  exposure: {
    "aws:s3/bucket:Bucket": [
      s3("acl", PUBLIC_ACL, "private"),
      s3("grants.*.uri", { unlike: WORLD, words: "no grant to everybody" }),
      s3("website", ABSENT),
    ],
    "aws:s3/bucketV2:BucketV2": [
      s3("acl", PUBLIC_ACL, "private"),
      s3("grants.*.uri", { unlike: WORLD, words: "no grant to everybody" }),
      s3("websites", ABSENT),
    ],
    "aws:s3/bucketAcl:BucketAcl": [
      s3("acl", PUBLIC_ACL, "private"),
      s3("accessControlPolicy.grants.*.grantee.uri", { unlike: WORLD, words: "no grant to everybody" }),
    ],
    "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration": [s3("bucket", { ...ABSENT, words: "no website" })],
    "aws:s3/bucketObject:BucketObject": [s3("acl", PUBLIC_ACL, "private")],
    "aws:s3/bucketObjectv2:BucketObjectv2": [s3("acl", PUBLIC_ACL, "private")],
    ...each(
      [
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
      ],
      BLOCK.map((flag) => s3(flag, ON, false)),
    ),
    "aws:s3/accessPoint:AccessPoint": BLOCK.map((flag) =>
      from("Amazon S3 API, CreateAccessPoint: on unless said")(`publicAccessBlockConfiguration.${flag}`, ON, true),
    ),
    "aws:s3control/multiRegionAccessPoint:MultiRegionAccessPoint": BLOCK.map((flag) =>
      from("Amazon S3 API, CreateMultiRegionAccessPoint: on unless said")(
        `details.publicAccessBlock.${flag}`,
        ON,
        true,
      ),
    ),
    ...each(
      ["aws:rds/instance:Instance", "aws:rds/clusterInstance:ClusterInstance"],
      [rds("publiclyAccessible", OFF, false)],
    ),
    ...each(["aws:neptune/clusterInstance:ClusterInstance"], [rds("publiclyAccessible", OFF, false)]),
    "aws:neptunegraph/graph:Graph": [
      from("Amazon Neptune Analytics API, CreateGraph")("publicConnectivity", OFF, false),
    ],
    "aws:redshift/cluster:Cluster": [redshift("publiclyAccessible", OFF, false)],
    "aws:redshiftserverless/workgroup:Workgroup": [redshift("publiclyAccessible", OFF, false)],
    "aws:dms/replicationInstance:ReplicationInstance": [
      from("AWS DMS API, CreateReplicationInstance; Pulumi AWS: false unless said")("publiclyAccessible", OFF, false),
    ],
    "aws:mq/broker:Broker": [from("Amazon MQ API, CreateBroker")("publiclyAccessible", OFF, false)],
    "aws:lightsail/database:Database": [from("Amazon Lightsail API")("publiclyAccessible", OFF, false)],
    "aws:timestreaminfluxdb/dbInstance:DbInstance": [
      from("Amazon Timestream for InfluxDB API, CreateDbInstance")("publiclyAccessible", OFF, false),
    ],
    "aws:msk/cluster:Cluster": [
      from("Amazon MSK API, PublicAccess: DISABLED unless said")(
        "brokerNodeGroupInfo.connectivityInfo.publicAccess.type",
        { is: ["DISABLED"] },
        "DISABLED",
      ),
    ],
    "aws:rds/snapshot:Snapshot": [rds("sharedAccounts.*", { not: ["all"] })],
    "aws:rds/snapshotCopy:SnapshotCopy": [rds("sharedAccounts.*", { not: ["all"] })],
    "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy": [rds("sharedAccounts.*", { not: ["all"] })],
    "aws:ec2/amiLaunchPermission:AmiLaunchPermission": [ec2("group", { not: ["all"] })],
    "aws:ec2/snapshotCreateVolumePermission:SnapshotCreateVolumePermission": [ec2("accountId", { not: ["all"] })],
    "aws:ebs/snapshotBlockPublicAccess:SnapshotBlockPublicAccess": [
      ec2("state", { is: ["block-all-sharing", "block-new-sharing"] }),
    ],
    "aws:ec2/imageBlockPublicAccess:ImageBlockPublicAccess": [ec2("state", { is: ["block-new-sharing"] })],
    "aws:ec2/instance:Instance": [ec2("associatePublicIpAddress", OFF, false)],
    "aws:ec2/launchTemplate:LaunchTemplate": [ec2("networkInterfaces.*.associatePublicIpAddress", OFF, false)],
    "aws:eks/cluster:Cluster": [
      eks("vpcConfig.publicAccessCidrs.*", { not: ["0.0.0.0/0", "::/0"] }, undefined, [
        { path: "vpcConfig.endpointPublicAccess", not: [false], standard: true },
      ]),
      eks("vpcConfig.publicAccessCidrs", { set: true, words: "named addresses" }, undefined, [
        { path: "vpcConfig.endpointPublicAccess", not: [false], standard: true },
      ]),
    ],
    "aws:lambda/functionUrl:FunctionUrl": [
      from("AWS Lambda API, CreateFunctionUrlConfig")("authorizationType", { is: ["AWS_IAM"] }),
    ],
    "aws:lambda/permission:Permission": [
      from("AWS Lambda API, AddPermission")("principal", { not: ["*"] }, undefined, [
        { path: "sourceArn", set: false },
        { path: "principalOrgId", set: false },
      ]),
    ],
    "aws:ram/resourceShare:ResourceShare": [
      from("AWS RAM API, CreateResourceShare; Pulumi AWS: false unless said")("allowExternalPrincipals", OFF, false),
    ],
    "aws:ecrpublic/repository:Repository": [
      from("Amazon ECR Public documentation: everybody may pull")("repositoryName", {
        ...ABSENT,
        words: "a private repository",
      }),
    ],
    "aws:sagemaker/notebookInstance:NotebookInstance": [
      from("Amazon SageMaker API, CreateNotebookInstance: Enabled unless said")(
        "directInternetAccess",
        { is: ["Disabled"] },
        "Enabled",
      ),
    ],
    "aws:emr/blockPublicAccessConfiguration:BlockPublicAccessConfiguration": [
      from("Amazon EMR API, BlockPublicAccessConfiguration")("blockPublicSecurityGroupRules", ON),
    ],
    "aws:ecs/service:Service": [
      from("Amazon ECS API, AwsVpcConfiguration: DISABLED; Pulumi AWS: false unless said")(
        "networkConfiguration.assignPublicIp",
        OFF,
        false,
      ),
    ],
    "aws:transfer/server:Server": [
      from("AWS Transfer Family API, CreateServer: PUBLIC unless said")("endpointType", { not: ["PUBLIC"] }, "PUBLIC"),
    ],
    "aws:opensearch/domain:Domain": [search("advancedSecurityOptions.anonymousAuthEnabled", OFF, false)],
  },
};
