// A vault in a project of its own. Its keys write and delete there; what they delete, the object storage keeps in a history
// container, where they have no right. Without the two capabilities the same program is refused, and says which one is missing.
import type { Place } from "@kasbah/core";
import { openstack, Vault } from "@kasbah/openstack";

const scope = { platform: "records", env: "dev", owner: "example.ma", preset: "production" } as const;

const home: Place = {
  name: "home",
  cloud: "openstack",
  region: "RegionOne",
  facets: { storage: ["MA"] },
  operator: {},
  contract: {},
  facts: { encryptionAtRest: true, keyManager: true },
  settings: {
    flavors: { small: "m1.small" },
    capabilities: { identityAdmin: true, historyContainers: true, s3: "https://objects.example.ma" },
  },
};

const provider = openstack.provider("home", home, {});
const args = {
  scope,
  class: "restricted",
  datasets: ["papers"],
  place: home,
  retentionDays: 35,
  quotaGiB: 2000,
} as const;
const vault = new Vault("backups", args, { provider });

/** What pgBackRest, restic or rclone need, and where its keys are kept. */
export const backups = { bucket: vault.bucket, endpoint: vault.endpoint, region: vault.region, keysRef: vault.keysRef };

/** Where deleted backups are, for who owns the second project. */
export const history = vault.history;
