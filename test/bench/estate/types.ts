/** What a group can break: the five rules that every tool is given. */
export const BREACHES = [
  "residency",
  "public-bucket",
  "db-encryption",
  "classification-tag",
  "backup-retention",
] as const;
export type Breach = (typeof BREACHES)[number];

export type Tags = Readonly<Record<string, string>>;

/** The types of a resource in the two worlds. */
export const TYPES = {
  bucket: { terraform: "aws_s3_bucket", pulumi: "aws:s3/bucket:Bucket" },
  block: {
    terraform: "aws_s3_bucket_public_access_block",
    pulumi: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  },
  versioning: { terraform: "aws_s3_bucket_versioning", pulumi: "aws:s3/bucketVersioning:BucketVersioning" },
  replication: {
    terraform: "aws_s3_bucket_replication_configuration",
    pulumi: "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
  },
  role: { terraform: "aws_iam_role", pulumi: "aws:iam/role:Role" },
  key: { terraform: "aws_kms_key", pulumi: "aws:kms/key:Key" },
  database: { terraform: "aws_db_instance", pulumi: "aws:rds/instance:Instance" },
  server: { terraform: "aws_instance", pulumi: "aws:ec2/instance:Instance" },
} as const;
export type Kind = keyof typeof TYPES;

/** One resource, with Terraform's names for its attributes. */
export interface Made {
  readonly kind: Kind;
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Attributes that refer to another resource, to its name. */
  readonly refs: Readonly<Record<string, string>>;
  readonly bad: readonly Breach[];
}

export const ACCOUNT = "123456789012";

/** What an attribute refers to, and by which of its attributes. */
export const REFERS: Readonly<Record<string, { readonly kind: Kind; readonly attribute: string }>> = {
  bucket: { kind: "bucket", attribute: "id" },
  role: { kind: "role", attribute: "arn" },
  "rule.destination.bucket": { kind: "bucket", attribute: "arn" },
  kms_key_id: { kind: "key", attribute: "arn" },
};

export const addressOf = (kind: Kind, name: string): string => `${TYPES[kind].terraform}.${name.replaceAll("-", "_")}`;

export const urnOf = (kind: Kind, name: string): string => `urn:pulumi:prod::estate::${TYPES[kind].pulumi}::${name}`;
