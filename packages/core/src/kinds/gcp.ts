import type { Kinds } from "./kind.ts";

const kms = "Cloud KMS REST reference, keyRingId and cryptoKeyId: [a-zA-Z0-9_-]{1,63}";

export const gcpKinds: Kinds = {
  "gcp:storage/bucket:Bucket": {
    label: "labels",
    holdsData: true,
    stateful: true,
    name: {
      property: "name",
      max: 63,
      alphabet: "dns",
      scope: "global",
      source: "Cloud Storage, bucket naming guidelines",
    },
  },
  "gcp:kms/keyRing:KeyRing": {
    label: "none",
    name: { property: "name", max: 63, alphabet: "dns", scope: "region", source: kms },
  },
  "gcp:kms/cryptoKey:CryptoKey": {
    label: "labels",
    holdsData: true,
    stateful: true,
    name: { property: "name", max: 63, alphabet: "dns", scope: "parent", source: kms },
  },
  "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember": { label: "none" },
};
