import shapes from "./gcp.shapes.json" with { type: "json" };
import type { Cloud, Row } from "./row.ts";

const READ = "2026-11-21";

/** Commit and file of the Terraform provider, over which Pulumi's is a bridge, and what says the same or more. */
const read = (place: string, ...also: readonly string[]): Pick<Row, "source" | "asOf" | "seen"> => ({
  source: [`https://github.com/hashicorp/terraform-provider-google/blob/${place}`, ...also]
    .map((one) => `${one} (read ${READ})`)
    .join("; "),
  asOf: READ,
  seen: "read",
});

const DISCOVERY = "PyPI google-api-python-client 2.202.0";

const bucket: Row = {
  ...read(
    "0262be693c00e5902e2190d2ae307d6112467e31/google/services/storage/resource_storage_bucket.go",
    "unique name: https://cloud.google.com/storage/docs/buckets",
    `locked retention: ${DISCOVERY}, storage v1 of 2026-10-09`,
  ),
  id: "{name}",
  region: "{location}",
  replaceOn: ["name", "location", "project", "customPlacementConfig", "enableObjectRetention", "hierarchicalNamespace"],
  naming: { property: "name", lower: true },
  defaults: {
    defaultEventBasedHold: false,
    enableObjectRetention: false,
    forceDestroy: false,
    publicAccessPrevention: "inherited",
    requesterPays: false,
    storageClass: "STANDARD",
    uniformBucketLevelAccess: false,
  },
  outputs: {
    project: "{project}",
    projectNumber: 0,
    url: "gs://{name}",
    selfLink: "https://www.googleapis.com/storage/v1/b/{name}",
    effectiveLabels: "{labels}",
    pulumiLabels: "{labels}",
    timeCreated: "{created}",
    updated: "{created}",
    softDeletePolicy: { effectiveTime: "{created}", retentionDurationSeconds: 604_800 },
  },
  references: [
    {
      path: "encryption.defaultKmsKeyName",
      to: [{ type: "gcp:kms/cryptoKey:CryptoKey", by: "id" }],
      refusal: "googleapi: Error 400: Cloud KMS key {value} was not found, invalid",
      onDelete: "ignore",
    },
  ],
  unique: [
    {
      by: ["name"],
      scope: "global",
      refusal: "googleapi: Error 409: Your previous request to create the named bucket succeeded: {name}, conflict",
    },
  ],
  // The provider plans another bucket for an unlocking, which a list of paths cannot say; the service refuses it.
  updates: [
    {
      path: "retentionPolicy.isLocked",
      rule: "no-way-back",
      from: true,
      to: false,
      refusal: "googleapi: Error 403: Cannot unlock the retention policy of bucket '{name}', forbidden",
    },
  ],
  find: { by: "name", properties: ["name"] },
};

const keyRing: Row = {
  ...read("1658bf8cabddd2c627988002c53c57b2177cbc51/google/services/kms/resource_kms_key_ring.go"),
  id: "projects/{project}/locations/{location}/keyRings/{name}",
  region: "{location}",
  replaceOn: ["name", "location", "project"],
  naming: { property: "name" },
  outputs: { project: "{project}" },
  unique: [
    {
      by: ["name", "location", "project"],
      scope: "account",
      refusal: "googleapi: Error 409: KeyRing projects/{project}/locations/{location}/keyRings/{name} already exists.",
    },
  ],
  find: { by: "name", properties: ["name", "location"] },
  keeps: "Google Cloud deletes no key ring",
};

const cryptoKey: Row = {
  ...read(
    "07fc8657afe854e6679f9e01de04f96955a1f910/google/services/kms/resource_kms_crypto_key.go",
    `${DISCOVERY}, cloudkms v1 of 2026-09-17`,
    "what stays: https://github.com/hashicorp/terraform-provider-google/blob/03352b0ed3b410f3fd512b546be8fbbd22f90427/website/docs/r/kms_crypto_key.html.markdown",
  ),
  id: "{keyRing}/cryptoKeys/{name}",
  region: "{keyRing>location|region}",
  replaceOn: [
    "name",
    "keyRing",
    "purpose",
    "importOnly",
    "destroyScheduledDuration",
    "cryptoKeyBackend",
    "versionTemplate.protectionLevel",
  ],
  naming: { property: "name" },
  defaults: { purpose: "ENCRYPT_DECRYPT", importOnly: false, destroyScheduledDuration: "2592000s" },
  outputs: {
    effectiveLabels: "{labels}",
    pulumiLabels: "{labels}",
    versionTemplate: { algorithm: "GOOGLE_SYMMETRIC_ENCRYPTION", protectionLevel: "SOFTWARE" },
    primaries: [{ name: "{keyRing}/cryptoKeys/{name}/cryptoKeyVersions/1", state: "ENABLED" }],
  },
  references: [
    {
      path: "keyRing",
      to: [{ type: "gcp:kms/keyRing:KeyRing", by: "id" }],
      refusal: "googleapi: Error 404: KeyRing {value} not found.",
      onDelete: "ignore",
    },
  ],
  unique: [
    {
      by: ["name", "keyRing"],
      scope: "account",
      refusal: "googleapi: Error 409: CryptoKey {keyRing}/cryptoKeys/{name} already exists.",
    },
  ],
  find: { by: "name", properties: ["name", "keyRing"] },
  keeps: "Google Cloud destroys the versions of a key, never the key",
};

const member: Row = {
  ...read(
    "0262be693c00e5902e2190d2ae307d6112467e31/google/tpgiamresource/resource_iam_member.go",
    "https://github.com/hashicorp/terraform-provider-google/blob/061728457e671991426759e66336f8ebb1c2aad4/google/services/kms/iam_kms_crypto_key.go",
  ),
  id: "{cryptoKeyId}/{role}/{member}",
  region: "global",
  replaceOn: ["cryptoKeyId", "role", "member", "condition"],
  outputs: { etag: "{hex:12}" },
  references: [
    {
      path: "cryptoKeyId",
      to: [{ type: "gcp:kms/cryptoKey:CryptoKey", by: "id" }],
      refusal: "googleapi: Error 404: CryptoKey {value} not found.",
      onDelete: "cascade",
    },
  ],
  overwrites: true,
  find: { by: "natural-key", properties: ["cryptoKeyId", "role", "member"] },
};

/** The simulated Google Cloud. */
export const cloud: Cloud = {
  package: "gcp",
  regional: false,
  defaultRegion: "simulated",
  account: "simulated",
  defaultProject: "simulated-project",
  rows: {
    "gcp:storage/bucket:Bucket": bucket,
    "gcp:kms/keyRing:KeyRing": keyRing,
    "gcp:kms/cryptoKey:CryptoKey": cryptoKey,
    "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember": member,
  },
  invokes: {
    "gcp:storage/getProjectServiceAccount:getProjectServiceAccount": ({ project }, scene) => {
      const emailAddress = "service-000000000000@gs-project-accounts.iam.gserviceaccount.com";
      return {
        id: emailAddress,
        emailAddress,
        member: `serviceAccount:${emailAddress}`,
        project: project ?? scene.project,
      };
    },
  },
  shapes,
};
