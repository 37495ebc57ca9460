import { PROTECTION, type Preset, type ResolvedPostgres, type Size } from "@kasbah/core";
import type { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import type { Key } from "@pulumi/aws/kms/key.js";
import type { InstanceArgs } from "@pulumi/aws/rds/instance.js";
import type { ParameterGroup, ParameterGroupArgs } from "@pulumi/aws/rds/parameterGroup.js";
import type { SubnetGroup } from "@pulumi/aws/rds/subnetGroup.js";
import type { SecurityGroupIngressRuleArgs } from "@pulumi/aws/vpc/securityGroupIngressRule.js";

const PORT = 5432;

/** Graviton classes. Processors and memory: Amazon RDS User Guide, hardware specifications for DB instance classes. */
const INSTANCE_CLASS: Readonly<Record<Size, string>> = {
  small: "db.t4g.medium", // 2 vCPU, 4 GiB
  medium: "db.m6g.xlarge", // 4 vCPU, 16 GiB
  large: "db.r6g.2xlarge", // 8 vCPU, 64 GiB
};

/**
 * Statements are not logged: `CREATE ROLE ... PASSWORD` would stand there in plain text.
 * Names: Amazon RDS User Guide, parameters of RDS for PostgreSQL.
 */
const PARAMETERS = {
  "rds.force_ssl": "1",
  ssl_min_protocol_version: "TLSv1.2",
  password_encryption: "scram-sha-256",
  log_connections: "1",
  log_disconnections: "1",
} as const;

export const parameterArgs = (): ParameterGroupArgs => ({
  family: "postgres17",
  description: "TLS and SCRAM only",
  parameters: Object.entries(PARAMETERS).map(([name, value]) => ({ name, value })),
});

export const ingressArgs = (firewall: SecurityGroup, cidr: string): SecurityGroupIngressRuleArgs => ({
  securityGroupId: firewall.id,
  description: "Postgres from its own network",
  ipProtocol: "tcp",
  fromPort: PORT,
  toPort: PORT,
  cidrIpv4: cidr,
});

export interface Around {
  readonly key: Key;
  readonly subnets: SubnetGroup;
  readonly parameters: ParameterGroup;
  readonly firewall: SecurityGroup;
}

export const instanceArgs = (
  spec: ResolvedPostgres,
  { key, subnets, parameters, firewall }: Around,
  preset: Preset,
  finalSnapshot: string,
): InstanceArgs => ({
  ...kept(spec, preset, finalSnapshot),
  engine: "postgres",
  engineVersion: `${spec.version}`,
  allowMajorVersionUpgrade: false,
  autoMinorVersionUpgrade: true,
  instanceClass: INSTANCE_CLASS[spec.size],
  multiAz: PROTECTION[preset].secondZone,
  dbName: spec.database,
  port: PORT,
  username: "kasbah",
  manageMasterUserPassword: true,
  masterUserSecretKmsKeyId: key.arn,
  iamDatabaseAuthenticationEnabled: true,
  parameterGroupName: parameters.name,
  caCertIdentifier: "rds-ca-rsa2048-g1",
  dbSubnetGroupName: subnets.name,
  vpcSecurityGroupIds: [firewall.id],
  publiclyAccessible: false,
  storageType: "gp3",
  allocatedStorage: spec.storageGiB,
  storageEncrypted: true,
  kmsKeyId: key.arn,
});

/** What keeps the data when the server goes. */
const kept = (spec: ResolvedPostgres, preset: Preset, finalSnapshot: string): Partial<InstanceArgs> => {
  const { deletionProtection, finalSnapshot: snapshot } = PROTECTION[preset];
  return {
    backupRetentionPeriod: spec.retentionDays,
    backupTarget: "region",
    deleteAutomatedBackups: !deletionProtection,
    deletionProtection,
    skipFinalSnapshot: !snapshot,
    ...(snapshot ? { finalSnapshotIdentifier: finalSnapshot } : {}),
    copyTagsToSnapshot: true,
    applyImmediately: !deletionProtection, // in production a change waits for the maintenance window
  };
};
