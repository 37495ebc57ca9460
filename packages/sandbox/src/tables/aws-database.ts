import { api, createOnly, key, role, securityGroup, subnet, TAGGED, upstream } from "./aws-common.ts";
import type { Row } from "./row.ts";

const RDS = "rds 2014-10-31";

const arn = (kind: string, name: string) => `arn:aws:rds:{region}:{account}:${kind}:${name}`;

const instance: Row = {
  // A new name takes effect at once here, with `applyImmediately` or without; that another subnet group has to lie in
  // another VPC is not modelled.
  ...createOnly(
    "aws:rds/instance:Instance",
    "name in place: https://github.com/hashicorp/terraform-provider-aws/pull/32687",
    "subnet group in place: https://github.com/hashicorp/terraform-provider-aws/pull/2462",
    api("unique name and storage", RDS),
  ),
  id: "db-{hex:26}",
  importBy: "identifier",
  naming: { property: "identifier", prefix: "identifierPrefix", lower: true },
  defaults: {
    autoMinorVersionUpgrade: true,
    backupRetentionPeriod: 0,
    copyTagsToSnapshot: false,
    customerOwnedIpEnabled: false,
    dedicatedLogVolume: false,
    deleteAutomatedBackups: true,
    deletionProtection: false,
    iamDatabaseAuthenticationEnabled: false,
    monitoringInterval: 0,
    multiAz: false,
    performanceInsightsEnabled: false,
    publiclyAccessible: false,
    skipFinalSnapshot: false,
    storageEncrypted: false,
  },
  outputs: {
    ...TAGGED,
    arn: arn("db", "{identifier}"),
    resourceId: "{id}",
    port: 5432,
    address: "{identifier}.simulated.{region}.rds.amazonaws.com",
    endpoint: "{address}:{port}",
    status: "available",
    availabilityZone: "{region}a",
    engineVersionActual: "{engineVersion}",
    storageType: "gp2",
    caCertIdentifier: "rds-ca-rsa2048-g1",
    networkType: "IPV4",
    backupTarget: "region",
    replicas: [],
    kmsKeyId: "{?storageEncrypted}arn:aws:kms:{region}:{account}:key/{uuid}",
    masterUserSecrets: [
      {
        kmsKeyId: "{masterUserSecretKmsKeyId|=alias/aws/secretsmanager}",
        secretArn: "{?manageMasterUserPassword}arn:aws:secretsmanager:{region}:{account}:secret:rds!db-{uuid}",
        secretStatus: "active",
      },
    ],
  },
  secrets: ["password", "passwordWo"],
  references: [
    {
      path: "dbSubnetGroupName",
      to: [{ type: "aws:rds/subnetGroup:SubnetGroup", by: "id" }],
      refusal: "DBSubnetGroupNotFoundFault: DB subnet group '{value}' does not exist.",
      onDelete: "refuse",
    },
    {
      path: "parameterGroupName",
      to: [{ type: "aws:rds/parameterGroup:ParameterGroup", by: "id" }],
      refusal: "DBParameterGroupNotFound: DBParameterGroup not found: {value}",
      onDelete: "refuse",
      furnished: /^default\./,
    },
    securityGroup("vpcSecurityGroupIds.*", "refuse"),
    key("kmsKeyId"),
    key("masterUserSecretKmsKeyId"),
    role("monitoringRoleArn", "ignore"),
    {
      path: "replicateSourceDb",
      to: [
        { type: "aws:rds/instance:Instance", by: "identifier" },
        { type: "aws:rds/instance:Instance", by: "arn" },
      ],
      refusal: "DBInstanceNotFound: DBInstance {value} not found.",
      onDelete: "ignore",
    },
  ],
  unique: [
    {
      by: ["identifier"],
      scope: "region",
      refusal: "DBInstanceAlreadyExists: DB instance already exists: {identifier}",
    },
  ],
  updates: [
    {
      path: "allocatedStorage",
      rule: "grows",
      refusal: "InvalidParameterCombination: the storage of an instance cannot shrink, to {value} GiB",
    },
  ],
  find: { by: "name", properties: ["identifier"] },
  protectedBy: {
    path: "deletionProtection",
    refusal: "InvalidParameterCombination: Cannot delete protected DB Instance, please disable deletion protection",
  },
  deletionNeeds: {
    path: "finalSnapshotIdentifier",
    unless: "skipFinalSnapshot",
    refusal: "finalSnapshotIdentifier is required when skipFinalSnapshot is false",
  },
};

/** Databases and identities of AWS. */
export const database: Readonly<Record<string, Row>> = {
  "aws:rds/subnetGroup:SubnetGroup": {
    ...createOnly("aws:rds/subnetGroup:SubnetGroup", api("unique name and deletion", RDS)),
    id: "{name}",
    naming: { property: "name", prefix: "namePrefix", lower: true },
    defaults: { description: "Managed by Pulumi" },
    outputs: { ...TAGGED, arn: arn("subgrp", "{name}"), vpcId: "{subnetIds.0>vpcId}", supportedNetworkTypes: ["IPV4"] },
    references: [subnet("subnetIds.*", "refuse")],
    unique: [
      {
        by: ["name"],
        scope: "region",
        refusal: "DBSubnetGroupAlreadyExists: The DB subnet group '{name}' already exists.",
      },
    ],
    find: { by: "name", properties: ["name"] },
    inUse: "InvalidDBSubnetGroupStateFault: Cannot delete the subnet group '{id}' because an instance is using it.",
  },
  "aws:rds/parameterGroup:ParameterGroup": {
    ...createOnly("aws:rds/parameterGroup:ParameterGroup", api("unique name and deletion", RDS)),
    id: "{name}",
    naming: { property: "name", prefix: "namePrefix", lower: true },
    defaults: { description: "Managed by Pulumi", skipDestroy: false },
    outputs: { ...TAGGED, arn: arn("pg", "{name}") },
    unique: [
      {
        by: ["name"],
        scope: "region",
        refusal: "DBParameterGroupAlreadyExists: Parameter group {name} already exists",
      },
    ],
    find: { by: "name", properties: ["name"] },
    inUse:
      "InvalidDBParameterGroupState: One or more database instances are still members of this parameter group {id}.",
  },
  "aws:rds/instance:Instance": instance,
  "aws:rds/snapshotCopy:SnapshotCopy": {
    // The provider changes `sharedAccounts` and tags, and nothing else.
    ...upstream(
      "01f431114674c27cf790fafb67ac274bf8f765e1/internal/service/rds/snapshot_copy.go",
      [
        "copyTags",
        "destinationRegion",
        "kmsKeyId",
        "optionGroupName",
        "presignedUrl",
        "sourceDbSnapshotIdentifier",
        "targetCustomAvailabilityZone",
        "targetDbSnapshotIdentifier",
      ],
      api("unique name", RDS),
    ),
    id: "{targetDbSnapshotIdentifier}",
    outputs: {
      ...TAGGED,
      dbSnapshotArn: arn("snapshot", "{targetDbSnapshotIdentifier}"),
      snapshotType: "manual",
    },
    references: [key("kmsKeyId")],
    unique: [
      {
        by: ["targetDbSnapshotIdentifier"],
        scope: "region",
        refusal: "DBSnapshotAlreadyExists: Cannot create the snapshot {targetDbSnapshotIdentifier}: it already exists.",
      },
    ],
    find: { by: "name", properties: ["targetDbSnapshotIdentifier"] },
  },
  "aws:iam/role:Role": {
    ...createOnly("aws:iam/role:Role", api("unique name and deletion", "iam 2010-05-08")),
    id: "{name}",
    region: "global",
    naming: { property: "name", prefix: "namePrefix" },
    defaults: { path: "/", maxSessionDuration: 3600, forceDetachPolicies: false },
    outputs: {
      tagsAll: "{tags}",
      arn: "arn:aws:iam::{account}:role{path}{name}",
      uniqueId: "AROASIMULATED{digits:8}",
      createDate: "{created}",
    },
    unique: [{ by: ["name"], scope: "account", refusal: "EntityAlreadyExists: Role with name {name} already exists." }],
    find: { by: "name", properties: ["name"] },
    inUse: "DeleteConflict: Cannot delete entity, must delete policies first: {id}",
  },
  "aws:iam/rolePolicy:RolePolicy": {
    ...createOnly("aws:iam/rolePolicy:RolePolicy"),
    id: "{role}:{name}",
    region: "global",
    naming: { property: "name", prefix: "namePrefix" },
    references: [
      {
        path: "role",
        to: [{ type: "aws:iam/role:Role", by: "id" }],
        refusal: "NoSuchEntity: The role with name {value} cannot be found.",
        onDelete: "refuse",
      },
    ],
    overwrites: true,
    find: { by: "name", properties: ["name", "role"] },
  },
};
