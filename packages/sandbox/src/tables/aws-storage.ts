import { bucket, createOnly, key, role, TAGGED, upstream } from "./aws-common.ts";
import type { Row } from "./row.ts";

/** One of the settings of a bucket, each a resource of its own under the bucket's name. */
const setting = (facts: ReturnType<typeof upstream>, more: Partial<Row> = {}): Row => ({
  ...facts,
  id: "{bucket}",
  overwrites: true,
  find: { by: "natural-key", properties: ["bucket"] },
  ...more,
  outputs: { region: "{region}", ...more.outputs },
  references: [bucket("bucket", "cascade"), ...(more.references ?? [])],
});

/** A setting that CloudFormation has no type for: commit and file of the provider, and what makes another one. */
const s3 = (commit: string, file: string, ...replaceOn: readonly string[]) =>
  upstream(`${commit}/internal/service/s3/bucket_${file}.go`, ["bucket", ...replaceOn]);

/** Object storage and keys of AWS. */
export const storage: Readonly<Record<string, Row>> = {
  "aws:s3/bucket:Bucket": {
    ...createOnly(
      "aws:s3/bucket:Bucket",
      "unique name: https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html",
    ),
    id: "{bucket}",
    naming: { property: "bucket", prefix: "bucketPrefix", lower: true },
    defaults: { forceDestroy: false, objectLockEnabled: false, requestPayer: "BucketOwner" },
    outputs: {
      ...TAGGED,
      arn: "arn:aws:s3:::{bucket}",
      bucketDomainName: "{bucket}.s3.amazonaws.com",
      bucketRegionalDomainName: "{bucket}.s3.{region}.amazonaws.com",
      bucketRegion: "{region}",
    },
    unique: [
      {
        by: ["bucket"],
        scope: "global",
        refusal: "BucketAlreadyOwnedByYou: creating S3 Bucket ({bucket}): you already own a bucket of this name",
      },
    ],
    find: { by: "name", properties: ["bucket"] },
  },
  "aws:s3/bucketVersioning:BucketVersioning": setting(
    s3("01c08000ddb14181b5bd19201d8fca311dc570e4", "versioning", "expectedBucketOwner"),
    {
      updates: ["Enabled", "Suspended"].map((from) => ({
        path: "versioningConfiguration.status",
        rule: "no-way-back" as const,
        from,
        to: "Disabled",
        refusal: `versioning_configuration.status cannot be updated from '${from}' to 'Disabled'`,
      })),
    },
  ),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": setting(
    s3("01606926a0c0ab9174aec440f976a48b0baee722", "server_side_encryption_configuration", "expectedBucketOwner"),
    {
      references: [key("rules.*.applyServerSideEncryptionByDefault.kmsMasterKeyId")],
    },
  ),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": setting(
    s3("01606926a0c0ab9174aec440f976a48b0baee722", "public_access_block"),
    {
      defaults: {
        blockPublicAcls: false,
        blockPublicPolicy: false,
        ignorePublicAcls: false,
        restrictPublicBuckets: false,
      },
    },
  ),
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": setting(
    s3("01c08000ddb14181b5bd19201d8fca311dc570e4", "ownership_controls"),
  ),
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": setting(
    s3("01606926a0c0ab9174aec440f976a48b0baee722", "lifecycle_configuration", "expectedBucketOwner"),
    {
      defaults: { transitionDefaultMinimumObjectSize: "all_storage_classes_128K" },
    },
  ),
  "aws:s3/bucketPolicy:BucketPolicy": setting(createOnly("aws:s3/bucketPolicy:BucketPolicy")),
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": setting(
    s3("028665b1da302bba194da41a89298ff76df05e60", "replication_configuration"),
    {
      references: [
        role("role", "ignore"),
        {
          path: "bucket",
          to: [{ type: "aws:s3/bucketVersioning:BucketVersioning", by: "bucket" }],
          refusal: "InvalidRequest: Versioning must be 'Enabled' on the bucket to apply a replication configuration",
          onDelete: "ignore",
        },
        {
          path: "rules.*.destination.bucket",
          to: [{ type: "aws:s3/bucket:Bucket", by: "arn" }],
          refusal: "InvalidRequest: Destination bucket must exist: {value}",
          onDelete: "ignore",
        },
        key("rules.*.destination.encryptionConfiguration.replicaKmsKeyId"),
      ],
    },
  ),
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration": setting(
    s3(
      "01c08000ddb14181b5bd19201d8fca311dc570e4",
      "object_lock_configuration",
      "expectedBucketOwner",
      "objectLockEnabled",
    ),
    {
      defaults: { objectLockEnabled: "Enabled" },
    },
  ),
  "aws:kms/key:Key": {
    ...createOnly("aws:kms/key:Key"),
    id: "{uuid}",
    defaults: {
      keyUsage: "ENCRYPT_DECRYPT",
      customerMasterKeySpec: "SYMMETRIC_DEFAULT",
      isEnabled: true,
      multiRegion: false,
      enableKeyRotation: false,
      bypassPolicyLockoutSafetyCheck: false,
    },
    outputs: { ...TAGGED, arn: "arn:aws:kms:{region}:{account}:key/{id}", keyId: "{id}" },
    find: { by: "tag", tags: "tags", and: ["description"] },
  },
  "aws:kms/alias:Alias": {
    ...createOnly("aws:kms/alias:Alias", "unique name: https://docs.aws.amazon.com/goto/WebAPI/kms/CreateAlias"),
    id: "{name}",
    outputs: { region: "{region}", arn: "arn:aws:kms:{region}:{account}:{name}", targetKeyArn: "{targetKeyId>arn}" },
    references: [
      {
        path: "targetKeyId",
        to: [
          { type: "aws:kms/key:Key", by: "id" },
          { type: "aws:kms/key:Key", by: "arn" },
        ],
        refusal: "NotFoundException: Key '{value}' does not exist",
        onDelete: "cascade",
      },
    ],
    unique: [
      {
        by: ["name"],
        scope: "region",
        refusal: "AlreadyExistsException: An alias with the name {name} already exists",
      },
    ],
    find: { by: "name", properties: ["name"] },
  },
};
