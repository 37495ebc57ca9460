// Auditors read in a project of their own. A program may make one kind of request, for 90 days; its credential is rotated
// by raising `rotation`, and the old one works until `closed` names it. A key that the key manager made.
import type { Place } from "@kasbah/core";
import { Iam, openstack } from "@kasbah/openstack";

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
    capabilities: { identityAdmin: true },
  },
};

const rules = [{ service: "key-manager", method: "GET", path: "/v1/secrets/*/payload" }] as const;
const wanted = {
  projects: { audit: { description: "Auditors" } },
  people: [{ group: "auditors", role: "reader", project: "audit" }],
  machines: { importer: { roles: ["member"], rules, rotation: 2 } },
  keys: ["papers"],
} as const;

const provider = openstack.provider("home", home, {});
const iam = new Iam("iam", { scope, class: "restricted", place: home, ...wanted }, { provider });

/** References into the key manager, never the secrets themselves. */
export const references = { importer: iam.machines["importer"], papers: iam.keys["papers"] };
