import shapes from "./gcp.shapes.json" with { type: "json" };
import type { Cloud, Row } from "./row.ts";

const rest = (page: string) => ({ source: `https://cloud.google.com/${page}`, asOf: "2026-11-21" });

const bucket: Row = {
  ...rest("storage/docs/json_api/v1/buckets"),
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
  ...rest("kms/docs/reference/rest/v1/projects.locations.keyRings"),
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
  ...rest("kms/docs/reference/rest/v1/projects.locations.keyRings.cryptoKeys"),
  id: "{keyRing}/cryptoKeys/{name}",
  region: "{keyRing>location|region}",
  replaceOn: [
    "name",
    "keyRing",
    "purpose",
    "importOnly",
    "destroyScheduledDuration",
    "cryptoKeyBackend",
    "skipInitialVersionCreation",
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
  ...rest("kms/docs/reference/rest/v1/projects.locations.keyRings.cryptoKeys/setIamPolicy"),
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
