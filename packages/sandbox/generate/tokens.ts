/** The types that the simulated cloud models, and so the ones for which data is generated. */
export const TOKENS: Readonly<Record<string, readonly string[]>> = {
  aws: [
    "ec2/vpc:Vpc",
    "ec2/subnet:Subnet",
    "ec2/routeTable:RouteTable",
    "ec2/routeTableAssociation:RouteTableAssociation",
    "ec2/defaultSecurityGroup:DefaultSecurityGroup",
    "ec2/vpcEndpoint:VpcEndpoint",
    "ec2/securityGroup:SecurityGroup",
    "vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    "vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    "kms/key:Key",
    "kms/alias:Alias",
    "s3/bucket:Bucket",
    "s3/bucketVersioning:BucketVersioning",
    "s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    "s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    "s3/bucketOwnershipControls:BucketOwnershipControls",
    "s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    "s3/bucketPolicy:BucketPolicy",
    "s3/bucketReplicationConfig:BucketReplicationConfig",
    "s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
    "rds/subnetGroup:SubnetGroup",
    "rds/parameterGroup:ParameterGroup",
    "rds/instance:Instance",
    "rds/snapshotCopy:SnapshotCopy",
    "iam/role:Role",
    "iam/rolePolicy:RolePolicy",
  ],
  "azure-native": [
    "resources:ResourceGroup",
    "storage:StorageAccount",
    "storage:BlobServiceProperties",
    "storage:BlobContainer",
    "storage:ManagementPolicy",
    "authorization:ManagementLockByScope",
  ],
  gcp: [
    "storage/bucket:Bucket",
    "kms/keyRing:KeyRing",
    "kms/cryptoKey:CryptoKey",
    "kms/cryptoKeyIAMMember:CryptoKeyIAMMember",
  ],
  openstack: [
    "networking/network:Network",
    "networking/subnet:Subnet",
    "networking/router:Router",
    "networking/routerInterface:RouterInterface",
    "networking/secGroup:SecGroup",
    "networking/secGroupRule:SecGroupRule",
    "networking/port:Port",
    "compute/instance:Instance",
    "compute/volumeAttach:VolumeAttach",
    "compute/serverGroup:ServerGroup",
    "blockstorage/volume:Volume",
    "objectstorage/container:Container",
    "identity/applicationCredential:ApplicationCredential",
    "keymanager/secretV1:SecretV1",
    "keymanager/orderV1:OrderV1",
  ],
};

/** The file of a token's declarations inside its npm package, without an ending. */
export function fileOf(token: string): string {
  const [module = "", name = ""] = token.split(":");
  return module.includes("/") ? module : `${module}/${name.slice(0, 1).toLowerCase()}${name.slice(1)}`;
}
