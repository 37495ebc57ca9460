import { all, type Claim, every, is, matches, never, none, put, some, waived } from "../claim.ts";
import { ofType } from "../estate.ts";
import type { Reader } from "../fact.ts";
import type { POSTGRES } from "../postgres.facts.ts";

const INSTANCE = "aws:rds/instance:Instance";
const PARAMETERS = "aws:rds/parameterGroup:ParameterGroup";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const DOOR = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const SUBNETS = "aws:rds/subnetGroup:SubnetGroup";
const KEY = "aws:kms/key:Key";
const OWN_KEY = matches(/^arn:aws[a-z-]*:kms:.*:key\//, "alias/aws/rds");
const ALL = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] };

const parameter = (name: string, value: string, bad: string): Claim =>
  every(PARAMETERS, `parameters/name=${name}/value`, is(value, bad));

/** How AWS keeps each guarantee. */
export const postgres: Reader<keyof typeof POSTGRES> = ({ retentionDays, cidr }) => ({
  version: all(
    every(INSTANCE, "engine", is("postgres", "mysql")),
    every(INSTANCE, "engineVersion", matches(/^17(\.|$)/, "16.4")),
    every(PARAMETERS, "family", is("postgres17", "postgres16")),
  ),
  minorUpdates: every(INSTANCE, "autoMinorVersionUpgrade", is(true)),
  private: every(INSTANCE, "publiclyAccessible", is(false)),
  subnets: all(every(INSTANCE, "dbSubnetGroupName", matches(/./)), fewest(SUBNETS, "subnetIds", 2)),
  door: all(
    every(DOOR, "cidrIpv4", is(cidr, "0.0.0.0/0")),
    every(DOOR, "fromPort", is(5432)),
    every(DOOR, "toPort", is(5432)),
    every(DOOR, "ipProtocol", is("tcp", "-1")),
    never(DOOR, "cidrIpv6", "::/0"),
    some(GROUP),
    never(GROUP, "ingress", [ALL]),
    none("aws:ec2/securityGroupRule:SecurityGroupRule"),
    every(INSTANCE, "vpcSecurityGroupIds/*", matches(/./)),
  ),
  noWayOut: all(never(GROUP, "egress", [ALL]), none("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule")),
  tls: all(
    parameter("rds.force_ssl", "1", "0"),
    parameter("ssl_min_protocol_version", "TLSv1.2", "TLSv1"),
    every(INSTANCE, "parameterGroupName", matches(/./)),
  ),
  scram: parameter("password_encryption", "scram-sha-256", "md5"),
  logins: all(parameter("log_connections", "1", "0"), parameter("log_disconnections", "1", "0")),
  encrypted: every(INSTANCE, "storageEncrypted", is(true)),
  ownKey: every(INSTANCE, "kmsKeyId", OWN_KEY),
  keyTurns: every(KEY, "enableKeyRotation", is(true)),
  keyWaits: every(KEY, "deletionWindowInDays", is(30)),
  backups: every(INSTANCE, "backupRetentionPeriod", is(retentionDays)),
  backupsStay: every(INSTANCE, "deleteAutomatedBackups", is(false)),
  backupPlace: all(
    every(INSTANCE, "backupTarget", is("region", "outposts")),
    every(KEY, "multiRegion", is(false)),
    none(
      "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication",
      "aws:rds/snapshotCopy:SnapshotCopy",
      "aws:backup/selection:Selection",
    ),
  ),
  noReplica: all(never(INSTANCE, "replicateSourceDb", "other"), never(INSTANCE, "snapshotIdentifier", "other")),
  lastSnapshot: all(
    every(INSTANCE, "skipFinalSnapshot", is(false)),
    every(INSTANCE, "finalSnapshotIdentifier", matches(/./)),
  ),
  snapshotLabels: every(INSTANCE, "copyTagsToSnapshot", is(true)),
  undeletable: every(INSTANCE, "deletionProtection", is(true)),
  standby: every(INSTANCE, "multiAz", is(true)),
  quietHours: every(INSTANCE, "applyImmediately", is(false)),
  noPassword: all(
    every(INSTANCE, "manageMasterUserPassword", is(true)),
    never(INSTANCE, "password", "correct horse"),
    never(INSTANCE, "passwordWo", "correct horse"),
  ),
  passwordKey: every(INSTANCE, "masterUserSecretKmsKeyId", OWN_KEY),
  leastRights: waived("AWS runs it: nothing of ours has a right to grant"),
});

/** A list with at least so many entries. */
const fewest = (type: string, path: string, count: number): Claim => ({
  holds: (estate) =>
    ofType(estate, type).some(({ properties }) => Object(properties[path]).length >= count) ||
    `${type} ${path}: wanted at least ${count}`,
  breaks: (estate) =>
    ofType(estate, type).flatMap((row) => [put(estate, row, path, undefined), put(estate, row, path, ["subnet-1"])]),
});
