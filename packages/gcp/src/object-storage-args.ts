import type { Protection, ResolvedObjectStorage } from "@kasbah/core";
import type { CryptoKey, CryptoKeyArgs } from "@pulumi/gcp/kms/cryptoKey.js";
import type { BucketArgs } from "@pulumi/gcp/storage/bucket.js";

const DAY = 86_400; // seconds

/** Turned every 90 days; 30 days pass between the order to destroy a version and its end. */
export const KEY: Omit<CryptoKeyArgs, "keyRing"> = {
  purpose: "ENCRYPT_DECRYPT",
  rotationPeriod: `${90 * DAY}s`,
  destroyScheduledDuration: `${30 * DAY}s`,
};

/** Cloud Storage, soft delete: between 7 and 90 days. Longer is kept by versions, which have no limit. */
const softDeleteDays = (days: number): number => Math.min(Math.max(days, 7), 90);

export const bucketArgs = (
  { retentionDays }: ResolvedObjectStorage,
  region: string,
  { deletionProtection }: Protection,
  key?: CryptoKey,
): BucketArgs => ({
  location: region.toUpperCase(), // as the API gives it back; anything else is a difference at every refresh
  storageClass: "STANDARD",
  forceDestroy: !deletionProtection,
  uniformBucketLevelAccess: true,
  publicAccessPrevention: "enforced",
  versioning: { enabled: true },
  softDeletePolicy: { retentionDurationSeconds: softDeleteDays(retentionDays) * DAY },
  lifecycleRules: [
    { action: { type: "Delete" }, condition: { daysSinceNoncurrentTime: retentionDays, withState: "ARCHIVED" } },
    { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: 7 } },
  ],
  ...(key === undefined ? {} : { encryption: { defaultKmsKeyName: key.id } }),
});
