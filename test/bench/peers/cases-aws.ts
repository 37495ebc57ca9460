import { alike, type Both, type Case, LABEL, together } from "./case.ts";

const HOME = "eu-west-3";
const ABROAD = "us-east-1";

const bucket = (name: string, region: string, tags: object = LABEL): Both =>
  alike("aws_s3_bucket", "aws:s3/bucket:Bucket", name, { bucket: name, region, tags, arn: `arn:aws:s3:::${name}` });

const block = (name: string, on: boolean): Both =>
  alike("aws_s3_bucket_public_access_block", "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", name, {
    bucket: name,
    region: HOME,
    block_public_acls: on,
    block_public_policy: on,
    ignore_public_acls: on,
    restrict_public_buckets: on,
  });

const database = (changes: object): Both =>
  alike("aws_db_instance", "aws:rds/instance:Instance", "db", {
    identifier: "db",
    arn: `arn:aws:rds:${HOME}:123456789012:db:db`,
    region: HOME,
    engine: "postgres",
    instance_class: "db.r6g.large",
    allocated_storage: 100,
    storage_encrypted: true,
    backup_retention_period: 14,
    deletion_protection: true,
    multi_az: true,
    publicly_accessible: false,
    manage_master_user_password: true,
    tags: LABEL,
    ...changes,
  });

/** Terraform nests a list of one where Pulumi has a map. */
const replication = (to: string): Both => {
  const rule = { id: "all", status: "Enabled" };
  const target = { bucket: `arn:aws:s3:::${to}` };
  const common = { bucket: "patients", region: HOME, role: "arn:aws:iam::123456789012:role/replicate" };
  return {
    terraform: [
      {
        type: "aws_s3_bucket_replication_configuration",
        name: "copying",
        values: { ...common, rule: [{ ...rule, destination: [target] }] },
      },
    ],
    pulumi: [
      {
        type: "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
        name: "copying",
        values: { ...common, rules: [{ ...rule, destination: target }] },
      },
    ],
  };
};

const policy = (statement: object): string => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });

export const AWS: readonly Case[] = [
  {
    name: "bucket replicated abroad",
    what: "S3 replication to us-east-1 instead of a second bucket at home",
    rules: ["keep-copies-in-permitted-places"],
    estate: (breach) => together(bucket("patients", HOME), bucket("copy", breach ? ABROAD : HOME), replication("copy")),
  },
  {
    name: "bucket made abroad",
    what: "restricted data in us-east-1",
    rules: ["keep-data-in-permitted-places"],
    estate: (breach) => bucket("patients", breach ? ABROAD : HOME),
  },
  {
    name: "copy with a lower label",
    what: "the copy of restricted data is labelled public",
    rules: ["keep-class-of-copies"],
    estate: (breach) =>
      together(
        bucket("patients", HOME),
        bucket("copy", HOME, breach ? { "kasbah-class": "public" } : LABEL),
        replication("copy"),
      ),
  },
  {
    name: "no label",
    what: "nobody says what the data are",
    rules: ["require-class-label"],
    estate: (breach) => bucket("patients", HOME, breach ? {} : LABEL),
  },
  {
    name: "table replicated abroad",
    what: "DynamoDB global table with a replica in us-east-1",
    rules: ["keep-copies-in-permitted-places"],
    estate: (breach) => {
      const values = {
        name: "patients",
        region: HOME,
        hash_key: "id",
        billing_mode: "PAY_PER_REQUEST",
        attribute: [{ name: "id", type: "S" }],
        server_side_encryption: [{ enabled: true }],
        point_in_time_recovery: [{ enabled: true }],
        tags: LABEL,
      };
      const region = breach ? ABROAD : "eu-west-3";
      return {
        terraform: [
          {
            type: "aws_dynamodb_table",
            name: "patients",
            values: { ...values, ...(breach ? { replica: [{ region_name: region }] } : {}) },
          },
        ],
        pulumi: [
          {
            type: "aws:dynamodb/table:Table",
            name: "patients",
            values: {
              name: "patients",
              region: HOME,
              hashKey: "id",
              billingMode: "PAY_PER_REQUEST",
              attributes: [{ name: "id", type: "S" }],
              serverSideEncryption: { enabled: true },
              pointInTimeRecovery: { enabled: true },
              tags: LABEL,
              ...(breach ? { replicas: [{ regionName: region }] } : {}),
            },
          },
        ],
      };
    },
  },
  {
    name: "secret replicated abroad",
    what: "Secrets Manager replica in us-east-1",
    rules: ["keep-copies-in-permitted-places"],
    estate: (breach) => ({
      terraform: [
        {
          type: "aws_secretsmanager_secret",
          name: "key",
          values: { name: "key", region: HOME, tags: LABEL, ...(breach ? { replica: [{ region: ABROAD }] } : {}) },
        },
      ],
      pulumi: [
        {
          type: "aws:secretsmanager/secret:Secret",
          name: "key",
          values: { name: "key", region: HOME, tags: LABEL, ...(breach ? { replicas: [{ region: ABROAD }] } : {}) },
        },
      ],
    }),
  },
  {
    name: "backups replicated abroad",
    what: "automated backups of RDS copied to us-east-1",
    rules: ["keep-copies-in-permitted-places"],
    estate: (breach) =>
      breach
        ? together(
            database({}),
            alike(
              "aws_db_instance_automated_backups_replication",
              "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication",
              "copying",
              {
                source_db_instance_arn: `arn:aws:rds:${HOME}:123456789012:db:db`,
                region: ABROAD,
                retention_period: 14,
              },
            ),
          )
        : database({}),
  },
  {
    name: "public bucket",
    what: "public access is not blocked",
    rules: ["keep-data-private"],
    estate: (breach) => together(bucket("patients", HOME), block("patients", !breach)),
  },
  {
    name: "unencrypted database",
    what: "RDS without encryption of its storage",
    rules: ["require-encryption-at-rest"],
    estate: (breach) => database({ storage_encrypted: !breach }),
  },
  {
    name: "no backups",
    what: "RDS keeps backups for 0 days",
    rules: ["require-backups"],
    estate: (breach) => database({ backup_retention_period: breach ? 0 : 14 }),
  },
  {
    name: "deletable database",
    what: "RDS without deletion protection",
    rules: ["require-deletion-protection"],
    estate: (breach) => database({ deletion_protection: !breach }),
  },
  {
    name: "port open to the world",
    what: "a security group lets everybody in on port 22",
    rules: ["keep-networks-closed"],
    estate: (breach) =>
      alike("aws_security_group", "aws:ec2/securityGroup:SecurityGroup", "door", {
        name: "door",
        description: "the door",
        region: HOME,
        vpc_id: "vpc-1",
        ingress: [
          {
            description: "in",
            from_port: 22,
            to_port: 22,
            protocol: "tcp",
            cidr_blocks: [breach ? "0.0.0.0/0" : "10.0.0.0/8"],
          },
        ],
        tags: LABEL,
      }),
  },
  {
    name: "rights without bounds",
    what: "a policy allows everything on everything",
    rules: ["require-least-privilege"],
    estate: (breach) =>
      alike("aws_iam_policy", "aws:iam/policy:Policy", "rights", {
        name: "rights",
        policy: policy(
          breach
            ? { Effect: "Allow", Action: "*", Resource: "*" }
            : { Effect: "Allow", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::patients/*"] },
        ),
        tags: LABEL,
      }),
  },
];
