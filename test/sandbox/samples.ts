import type { Properties } from "../../packages/sandbox/src/values.ts";

/** Ids of what was made before, by type. */
export type Made = Readonly<Record<string, string>>;

/** One plain example of every type, in an order in which they can be made. */
export const SAMPLES: Readonly<Record<string, Readonly<Record<string, (made: Made) => Properties>>>> = {
  aws: {
    "aws:ec2/vpc:Vpc": () => ({ cidrBlock: "10.0.0.0/16", tags: { Name: "net" } }),
    "aws:ec2/subnet:Subnet": (made) => ({ vpcId: of(made, "aws:ec2/vpc:Vpc"), cidrBlock: "10.0.1.0/24" }),
    "aws:ec2/routeTable:RouteTable": (made) => ({ vpcId: of(made, "aws:ec2/vpc:Vpc"), tags: { Name: "table" } }),
    "aws:ec2/routeTableAssociation:RouteTableAssociation": (made) => ({
      subnetId: of(made, "aws:ec2/subnet:Subnet"),
      routeTableId: of(made, "aws:ec2/routeTable:RouteTable"),
    }),
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": (made) => ({ vpcId: of(made, "aws:ec2/vpc:Vpc") }),
    "aws:ec2/vpcEndpoint:VpcEndpoint": (made) => ({
      vpcId: of(made, "aws:ec2/vpc:Vpc"),
      serviceName: "com.amazonaws.eu-west-3.s3",
      routeTableIds: [of(made, "aws:ec2/routeTable:RouteTable")],
    }),
    "aws:ec2/securityGroup:SecurityGroup": (made) => ({ name: "database", vpcId: of(made, "aws:ec2/vpc:Vpc") }),
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": (made) => ({
      securityGroupId: of(made, "aws:ec2/securityGroup:SecurityGroup"),
      ipProtocol: "tcp",
      fromPort: 5432,
      toPort: 5432,
      cidrIpv4: "10.0.0.0/16",
    }),
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": (made) => ({
      securityGroupId: of(made, "aws:ec2/securityGroup:SecurityGroup"),
      ipProtocol: "-1",
      cidrIpv4: "10.0.0.0/16",
    }),
    "aws:kms/key:Key": () => ({ description: "documents", tags: { Name: "key" } }),
    "aws:kms/alias:Alias": (made) => ({ name: "alias/documents", targetKeyId: of(made, "aws:kms/key:Key") }),
    "aws:s3/bucket:Bucket": () => ({ bucket: "documents" }),
    "aws:s3/bucketVersioning:BucketVersioning": () => ({
      bucket: "documents",
      versioningConfiguration: { status: "Enabled" },
    }),
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": (made) => ({
      bucket: "documents",
      rules: [
        {
          applyServerSideEncryptionByDefault: {
            sseAlgorithm: "aws:kms",
            kmsMasterKeyId: of(made, "aws:kms/key:Key"),
          },
        },
      ],
    }),
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": () => ({ bucket: "documents", blockPublicAcls: true }),
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": () => ({
      bucket: "documents",
      rule: { objectOwnership: "BucketOwnerEnforced" },
    }),
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": () => ({
      bucket: "documents",
      rules: [{ id: "old", status: "Enabled", noncurrentVersionExpiration: { noncurrentDays: 30 } }],
    }),
    "aws:s3/bucketPolicy:BucketPolicy": () => ({ bucket: "documents", policy: "{}" }),
    "aws:iam/role:Role": () => ({ name: "replicator", assumeRolePolicy: "{}" }),
    "aws:iam/rolePolicy:RolePolicy": () => ({ name: "replicate", role: "replicator", policy: "{}" }),
    "aws:s3/bucketReplicationConfig:BucketReplicationConfig": () => ({
      bucket: "documents",
      role: "arn:aws:iam::000000000000:role/replicator",
      rules: [{ status: "Enabled", destination: { bucket: "arn:aws:s3:::documents" } }],
    }),
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": () => ({
      bucket: "documents",
      rule: { defaultRetention: { mode: "GOVERNANCE", days: 1 } },
    }),
    "aws:rds/subnetGroup:SubnetGroup": (made) => ({ name: "database", subnetIds: [of(made, "aws:ec2/subnet:Subnet")] }),
    "aws:rds/parameterGroup:ParameterGroup": () => ({ name: "database", family: "postgres17" }),
    "aws:rds/instance:Instance": (made) => ({
      identifier: "database",
      instanceClass: "db.t4g.micro",
      engine: "postgres",
      engineVersion: "17.2",
      allocatedStorage: 20,
      dbSubnetGroupName: "database",
      parameterGroupName: "database",
      vpcSecurityGroupIds: [of(made, "aws:ec2/securityGroup:SecurityGroup")],
      manageMasterUserPassword: true,
      skipFinalSnapshot: true,
    }),
    "aws:rds/snapshotCopy:SnapshotCopy": () => ({
      sourceDbSnapshotIdentifier: "rds:database-1",
      targetDbSnapshotIdentifier: "database-copy",
    }),
  },
  "azure-native": {
    "azure-native:resources:ResourceGroup": () => ({ resourceGroupName: "group", location: "francecentral" }),
    "azure-native:storage:StorageAccount": () => ({
      resourceGroupName: "group",
      accountName: "documents",
      kind: "StorageV2",
      sku: { name: "Standard_LRS" },
    }),
    "azure-native:storage:BlobServiceProperties": () => ({
      resourceGroupName: "group",
      accountName: "documents",
      blobServicesName: "default",
      isVersioningEnabled: true,
    }),
    "azure-native:storage:BlobContainer": () => ({
      resourceGroupName: "group",
      accountName: "documents",
      containerName: "documents",
    }),
    "azure-native:storage:ManagementPolicy": () => ({
      resourceGroupName: "group",
      accountName: "documents",
      managementPolicyName: "default",
      policy: { rules: [{ name: "old", type: "Lifecycle", definition: { actions: {} } }] },
    }),
    "azure-native:authorization:ManagementLockByScope": (made) => ({
      scope: of(made, "azure-native:storage:StorageAccount"),
      level: "CanNotDelete",
      lockName: "keep",
    }),
  },
  gcp: {
    "gcp:kms/keyRing:KeyRing": () => ({ name: "ring", location: "europe-west9" }),
    "gcp:kms/cryptoKey:CryptoKey": (made) => ({ name: "key", keyRing: of(made, "gcp:kms/keyRing:KeyRing") }),
    "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember": (made) => ({
      cryptoKeyId: of(made, "gcp:kms/cryptoKey:CryptoKey"),
      role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
      member: "serviceAccount:somebody@example.test",
    }),
    "gcp:storage/bucket:Bucket": (made) => ({
      name: "documents",
      location: "europe-west9",
      encryption: { defaultKmsKeyName: of(made, "gcp:kms/cryptoKey:CryptoKey") },
    }),
  },
  openstack: {
    "openstack:networking/network:Network": () => ({ name: "net" }),
    "openstack:networking/subnet:Subnet": (made) => ({
      name: "subnet",
      networkId: of(made, "openstack:networking/network:Network"),
      cidr: "10.0.0.0/24",
    }),
    "openstack:networking/router:Router": () => ({ name: "router" }),
    "openstack:networking/routerInterface:RouterInterface": (made) => ({
      routerId: of(made, "openstack:networking/router:Router"),
      subnetId: of(made, "openstack:networking/subnet:Subnet"),
    }),
    "openstack:networking/secGroup:SecGroup": () => ({ name: "database" }),
    "openstack:networking/secGroupRule:SecGroupRule": (made) => ({
      securityGroupId: of(made, "openstack:networking/secGroup:SecGroup"),
      direction: "ingress",
      ethertype: "IPv4",
      protocol: "tcp",
      portRangeMin: 5432,
      portRangeMax: 5432,
      remoteIpPrefix: "10.0.0.0/24",
    }),
    "openstack:networking/port:Port": (made) => ({
      name: "port",
      networkId: of(made, "openstack:networking/network:Network"),
      fixedIps: [{ subnetId: of(made, "openstack:networking/subnet:Subnet") }],
      securityGroupIds: [of(made, "openstack:networking/secGroup:SecGroup")],
    }),
    "openstack:compute/serverGroup:ServerGroup": () => ({ name: "apart", policies: ["anti-affinity"] }),
    "openstack:compute/instance:Instance": (made) => ({
      name: "server",
      flavorName: "m1.small",
      imageName: "debian-13",
      networks: [{ port: of(made, "openstack:networking/port:Port") }],
      schedulerHints: [{ group: of(made, "openstack:compute/serverGroup:ServerGroup") }],
    }),
    "openstack:blockstorage/volume:Volume": () => ({ name: "data", size: 10 }),
    "openstack:compute/volumeAttach:VolumeAttach": (made) => ({
      instanceId: of(made, "openstack:compute/instance:Instance"),
      volumeId: of(made, "openstack:blockstorage/volume:Volume"),
    }),
    "openstack:objectstorage/container:Container": () => ({ name: "documents", versioning: true }),
    "openstack:objectstorage/containerObject:ContainerObject": () => ({
      containerName: "documents",
      name: "settings.json",
      content: "{}",
    }),
    "openstack:loadbalancer/loadBalancer:LoadBalancer": (made) => ({
      name: "balancer",
      vipSubnetId: of(made, "openstack:networking/subnet:Subnet"),
      securityGroupIds: [of(made, "openstack:networking/secGroup:SecGroup")],
    }),
    "openstack:loadbalancer/listener:Listener": (made) => ({
      name: "door",
      loadbalancerId: of(made, "openstack:loadbalancer/loadBalancer:LoadBalancer"),
      protocol: "TCP",
      protocolPort: 6432,
    }),
    "openstack:loadbalancer/pool:Pool": (made) => ({
      name: "servers",
      listenerId: of(made, "openstack:loadbalancer/listener:Listener"),
      protocol: "TCP",
      lbMethod: "LEAST_CONNECTIONS",
    }),
    "openstack:loadbalancer/monitor:Monitor": (made) => ({
      name: "watch",
      poolId: of(made, "openstack:loadbalancer/pool:Pool"),
      type: "TCP",
      delay: 5,
      timeout: 4,
      maxRetries: 2,
    }),
    "openstack:loadbalancer/member:Member": (made) => ({
      name: "first",
      poolId: of(made, "openstack:loadbalancer/pool:Pool"),
      address: "10.0.0.11",
      protocolPort: 6432,
      subnetId: of(made, "openstack:networking/subnet:Subnet"),
    }),
    "openstack:identity/project:Project": () => ({ name: "backups", domainId: "default" }),
    "openstack:identity/user:User": () => ({ name: "machine", domainId: "default" }),
    "openstack:identity/roleAssignment:RoleAssignment": (made) => ({
      projectId: of(made, "openstack:identity/project:Project"),
      userId: of(made, "openstack:identity/user:User"),
      roleId: "51a0eeee-0000-4000-a000-000000000000",
    }),
    "openstack:identity/ec2CredentialV3:Ec2CredentialV3": (made) => ({
      projectId: of(made, "openstack:identity/project:Project"),
      userId: of(made, "openstack:identity/user:User"),
    }),
    "openstack:identity/applicationCredential:ApplicationCredential": () => ({ name: "boot" }),
    "openstack:keymanager/secretV1:SecretV1": () => ({ name: "token", payload: "hidden" }),
    "openstack:keymanager/orderV1:OrderV1": () => ({
      type: "key",
      meta: { name: "master", algorithm: "aes", bitLength: 256 },
    }),
  },
};

function of(made: Made, type: string): string {
  const id = made[type];
  if (id === undefined) throw new Error(`${type} is not made yet`);
  return id;
}
