// Two programs get S3 keys for one container: one writes, one reads, and neither sees another container. The disks of this
// place are not encrypted, so whoever writes has to encrypt; the key for it lies in the key manager.
import type { Place } from "@kasbah/core";
import { ObjectStorage, openstack } from "@kasbah/openstack";

const scope = { platform: "records", env: "dev", owner: "example.ma", preset: "production" } as const;

const home: Place = {
  name: "home",
  cloud: "openstack",
  region: "RegionOne",
  facets: { storage: ["MA"] },
  operator: {},
  contract: {},
  facts: { encryptionAtRest: false, keyManager: true },
  settings: {
    flavors: { small: "m1.small" },
    capabilities: { identityAdmin: true, s3: "https://objects.example.ma" },
  },
};

const args = {
  scope,
  class: "restricted",
  datasets: ["papers"],
  place: home,
  encryption: "client",
  quotaGiB: 500,
  access: [
    { name: "importer", mode: "write" },
    { name: "search", mode: "read" },
  ],
} as const;
const store = new ObjectStorage("documents", args, { provider: openstack.provider("home", home, {}) });

export const bucket = store.bucket;
export const keys = store.keysRefs;
export const encryptWith = store.keyRef;
