import type { Kinds } from "./kind.ts";

const rds = "Amazon RDS User Guide, naming constraints: 1 to 63 letters, digits or hyphens";
/** AWS shows the tag `Name` as the name of what has none. */
const tagged = { label: "tags", nameTag: "Name" } as const;
const bare = { label: "none" } as const;

export const awsKinds: Kinds = {
  "aws:ec2/vpc:Vpc": tagged,
  "aws:ec2/subnet:Subnet": tagged,
  "aws:ec2/routeTable:RouteTable": tagged,
  "aws:ec2/routeTableAssociation:RouteTableAssociation": bare,
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": tagged,
  "aws:ec2/vpcEndpoint:VpcEndpoint": tagged,
  "aws:ec2/securityGroup:SecurityGroup": {
    label: "tags",
    name: {
      property: "name",
      max: 255,
      alphabet: "dns",
      scope: "parent",
      source: "Amazon EC2 API, CreateSecurityGroup",
    },
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": tagged,
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": tagged,
  "aws:kms/key:Key": { ...tagged, holdsData: true, stateful: true },
  "aws:kms/alias:Alias": {
    label: "none",
    name: {
      property: "name",
      max: 256,
      alphabet: "dns",
      scope: "region",
      prefix: "alias/",
      source: "AWS KMS API, CreateAlias",
    },
  },
  "aws:s3/bucket:Bucket": {
    label: "tags",
    holdsData: true,
    stateful: true,
    name: {
      property: "bucket",
      max: 63,
      alphabet: "dns",
      scope: "global",
      source: "Amazon S3 User Guide, bucket naming rules",
    },
  },
  "aws:s3/bucketVersioning:BucketVersioning": bare,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": bare,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": bare,
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": bare,
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": bare,
  "aws:s3/bucketPolicy:BucketPolicy": bare,
  "aws:rds/subnetGroup:SubnetGroup": {
    label: "tags",
    name: { property: "name", max: 255, alphabet: "dns", scope: "region", source: rds },
  },
  "aws:rds/parameterGroup:ParameterGroup": {
    label: "tags",
    name: { property: "name", max: 255, alphabet: "dns", scope: "region", source: rds },
    deleteBeforeReplace: true,
  },
  "aws:rds/instance:Instance": {
    label: "tags",
    holdsData: true,
    stateful: true,
    deleteBeforeReplace: true,
    name: { property: "identifier", max: 63, alphabet: "dns", scope: "region", source: rds },
  },
};
