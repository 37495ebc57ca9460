import { Component, type LayerArgs, type ObjectStorageOutputs, type Override } from "@kasbah/component";
import {
  type ObjectStorageSpec,
  objectStorageProblems,
  type Place,
  type Protection,
  resolveObjectStorage,
} from "@kasbah/core";
import { Alias } from "@pulumi/aws/kms/alias.js";
import { Key, type KeyArgs } from "@pulumi/aws/kms/key.js";
import { Bucket, type BucketArgs } from "@pulumi/aws/s3/bucket.js";
import {
  BucketLifecycleConfiguration,
  type BucketLifecycleConfigurationArgs,
} from "@pulumi/aws/s3/bucketLifecycleConfiguration.js";
import { BucketOwnershipControls } from "@pulumi/aws/s3/bucketOwnershipControls.js";
import { BucketPolicy, type BucketPolicyArgs } from "@pulumi/aws/s3/bucketPolicy.js";
import { BucketPublicAccessBlock, type BucketPublicAccessBlockArgs } from "@pulumi/aws/s3/bucketPublicAccessBlock.js";
import {
  BucketServerSideEncryptionConfiguration,
  type BucketServerSideEncryptionConfigurationArgs,
} from "@pulumi/aws/s3/bucketServerSideEncryptionConfiguration.js";
import { BucketVersioning } from "@pulumi/aws/s3/bucketVersioning.js";
import * as pulumi from "@pulumi/pulumi";
import { aliasArgs, keyArgs } from "./key.ts";

export interface ObjectStorageArgs extends LayerArgs, ObjectStorageSpec {
  readonly place: Place;
  /** Changes to the resources that this component makes. */
  readonly overrides?: {
    readonly key?: Override<KeyArgs>;
    readonly bucket?: Override<BucketArgs>;
    readonly lifecycle?: Override<BucketLifecycleConfigurationArgs>;
    readonly policy?: Override<BucketPolicyArgs>;
  };
}

/** A private bucket on Amazon S3: under a key of its own, versioned, TLS only, closed to the public in every way. */
export class ObjectStorage extends Component implements ObjectStorageOutputs {
  readonly bucket: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  readonly keyArn: pulumi.Output<string>;

  constructor(name: string, args: ObjectStorageArgs, opts?: pulumi.ComponentResourceOptions) {
    super("aws:ObjectStorage", name, args, opts);
    const { overrides: more = {} } = args;
    const spec = resolveObjectStorage(args, this.preset);
    this.reject(objectStorageProblems(spec, this.preset));

    const own = keyArgs(this.preset, `Objects of ${name}`);
    const key = this.child(Key, "key", own, { override: more.key });
    this.child(Alias, "alias", aliasArgs(key), { nameRole: "key" });
    const bucket = this.child(Bucket, "bucket", bucketArgs(this.protection), { override: more.bucket });
    const at = { bucket: bucket.bucket };
    const versioning = this.child(BucketVersioning, "versioning", { ...at, ...VERSIONED });
    this.child(BucketServerSideEncryptionConfiguration, "encryption", { ...at, ...encryptionArgs(key) });
    const closed = this.child(BucketPublicAccessBlock, "closed", { ...at, ...CLOSED });
    this.child(BucketOwnershipControls, "ownership", { ...at, ...OWNED });
    const kept = { ...at, ...lifecycleArgs(spec.retentionDays) };
    this.child(BucketLifecycleConfiguration, "lifecycle", kept, { override: more.lifecycle, dependsOn: [versioning] });
    const policy = { ...at, policy: tlsOnly(bucket.arn) };
    this.child(BucketPolicy, "policy", policy, { override: more.policy, dependsOn: [closed] });

    this.bucket = bucket.bucket;
    this.arn = bucket.arn;
    this.keyArn = key.arn;
    this.registerOutputs({ bucket: this.bucket, arn: this.arn, keyArn: this.keyArn });
  }
}

/** A bucket with something in it is deleted in a throwaway environment only. */
const bucketArgs = ({ deletionProtection }: Protection): BucketArgs => ({ forceDestroy: !deletionProtection });

const VERSIONED = { versioningConfiguration: { status: "Enabled" } };

const encryptionArgs = (key: Key): Omit<BucketServerSideEncryptionConfigurationArgs, "bucket"> => ({
  rules: [
    {
      applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn },
      bucketKeyEnabled: true, // one call to the key an hour, not one an object
    },
  ],
});

const CLOSED: Omit<BucketPublicAccessBlockArgs, "bucket"> = {
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
};

/** Access lists are off: policies alone say who reads. */
const OWNED = { rule: { objectOwnership: "BucketOwnerEnforced" } };

const lifecycleArgs = (retentionDays: number): Omit<BucketLifecycleConfigurationArgs, "bucket"> => ({
  rules: [
    {
      id: "old-versions",
      status: "Enabled",
      filter: { prefix: "" },
      noncurrentVersionExpiration: { noncurrentDays: retentionDays },
      abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
    },
  ],
});

const tlsOnly = (arn: pulumi.Output<string>): pulumi.Output<string> =>
  pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [arn, pulumi.interpolate`${arn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
