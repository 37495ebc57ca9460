import { all, atLeast, every, is, matches, never, none, oneOf, type Wanted } from "../claim.ts";
import type { Reader } from "../fact.ts";
import type { OBJECT_STORAGE } from "../object-storage.facts.ts";

const ENCRYPTION = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const CLOSED = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const POLICY = "aws:s3/bucketPolicy:BucketPolicy";
const BUCKET = "aws:s3/bucket:Bucket";
const KEY = "aws:kms/key:Key";
const DENY = "policy/#json/Statement/Effect=Deny";

/** A policy names the bucket and what lies in it apart. */
const BOTH: Wanted = {
  wanted: "the bucket and its objects",
  ok: (found) =>
    Array.isArray(found) && found.some((arn) => arn.endsWith("/*")) && found.some((arn) => !arn.endsWith("*")),
  bad: [["arn:aws:s3:::docs/*"], ["arn:aws:s3:::docs"]],
};

/** How AWS keeps each guarantee. */
export const objectStorage: Reader<keyof typeof OBJECT_STORAGE> = ({ retentionDays }) => ({
  encrypted: every(
    ENCRYPTION,
    "rules/*/applyServerSideEncryptionByDefault/sseAlgorithm",
    oneOf(["aws:kms", "aws:kms:dsse"], "none"),
  ),
  ownKey: every(
    ENCRYPTION,
    "rules/*/applyServerSideEncryptionByDefault/kmsMasterKeyId",
    matches(/^arn:aws[a-z-]*:kms:.*:key\//, "alias/aws/s3"),
  ),
  keyTurns: every(KEY, "enableKeyRotation", is(true)),
  keyWaits: every(KEY, "deletionWindowInDays", atLeast(30)),
  closed: all(
    every(CLOSED, "blockPublicAcls", is(true)),
    every(CLOSED, "blockPublicPolicy", is(true)),
    every(CLOSED, "ignorePublicAcls", is(true)),
    every(CLOSED, "restrictPublicBuckets", is(true)),
    never(BUCKET, "acl", "public-read"),
    never(BUCKET, "website", { indexDocument: "index.html" }),
  ),
  policiesOnly: every(
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    "rule/objectOwnership",
    is("BucketOwnerEnforced", "ObjectWriter"),
  ),
  tls: all(
    every(POLICY, `${DENY}/Condition/Bool/aws:SecureTransport`, is("false", "true")),
    every(POLICY, `${DENY}/Principal`, is("*", { AWS: "arn:aws:iam::111122223333:root" })),
    every(POLICY, `${DENY}/Action`, is("s3:*", "s3:GetObject")),
    every(POLICY, `${DENY}/Resource`, BOTH),
  ),
  versioned: every(
    "aws:s3/bucketVersioning:BucketVersioning",
    "versioningConfiguration/status",
    is("Enabled", "Suspended"),
  ),
  retention: all(
    every(LIFECYCLE, "rules/*/noncurrentVersionExpiration/noncurrentDays", is(retentionDays)),
    every(LIFECYCLE, "rules/*/status", is("Enabled", "Disabled")),
    never(LIFECYCLE, "rules/*/filter/prefix", "logs/"),
    never(LIFECYCLE, "rules/*/expiration", { days: 1 }),
  ),
  unfinished: every(LIFECYCLE, "rules/*/abortIncompleteMultipartUpload/daysAfterInitiation", is(7)),
  noCopy: all(
    none("aws:s3/bucketReplicationConfig:BucketReplicationConfig", "aws:datasync/task:Task"),
    never(BUCKET, "replicationConfiguration", { role: "r", rules: [] }),
    every(KEY, "multiRegion", is(false)),
  ),
  undeletable: every(BUCKET, "forceDestroy", is(false)),
});
