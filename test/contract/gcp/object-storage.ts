import { all, atLeast, every, is, matches, never, none, waived } from "../claim.ts";
import type { Reader } from "../fact.ts";
import type { OBJECT_STORAGE } from "../object-storage.facts.ts";

const BUCKET = "gcp:storage/bucket:Bucket";
const KEY = "gcp:kms/cryptoKey:CryptoKey";
const GRANT = "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember";

/** How Google Cloud keeps each guarantee. */
export const objectStorage: Reader<keyof typeof OBJECT_STORAGE> = ({ retentionDays }) => ({
  encrypted: waived("Cloud Storage encrypts everything at rest and has no switch for it; the key is read below"),
  ownKey: all(
    every(BUCKET, "encryption/defaultKmsKeyName", matches(/./)),
    every(GRANT, "role", is("roles/cloudkms.cryptoKeyEncrypterDecrypter", "roles/owner")),
    every(GRANT, "member", matches(/^serviceAccount:service-\d+@gs-project-accounts\./, "allUsers")),
  ),
  keyTurns: every(KEY, "rotationPeriod", is("7776000s", "315360000s")),
  keyWaits: every(KEY, "destroyScheduledDuration", is("2592000s", "86400s")),
  closed: every(BUCKET, "publicAccessPrevention", is("enforced", "inherited")),
  policiesOnly: every(BUCKET, "uniformBucketLevelAccess", is(true)),
  tls: waived("the JSON and XML endpoints speak TLS for every authenticated request, and no setting turns it off"),
  versioned: every(BUCKET, "versioning/enabled", is(true)),
  retention: all(
    every(BUCKET, "lifecycleRules/action.type=Delete/condition/daysSinceNoncurrentTime", is(retentionDays)),
    every(BUCKET, "softDeletePolicy/retentionDurationSeconds", atLeast(7 * 86_400)),
  ),
  unfinished: every(BUCKET, "lifecycleRules/action.type=AbortIncompleteMultipartUpload/condition/age", is(7)),
  noCopy: all(
    never(BUCKET, "customPlacementConfig", { dataLocations: ["EUROPE-WEST1", "EUROPE-WEST4"] }),
    never(BUCKET, "rpo", "ASYNC_TURBO"),
    none("gcp:storage/transferJob:TransferJob"),
  ),
  undeletable: every(BUCKET, "forceDestroy", is(false)),
});
