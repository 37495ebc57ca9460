import { spawnSync } from "node:child_process";
import { output } from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { ObjectStorage, type ObjectStorageArgs, openstack } from "../../packages/openstack/src/index.ts";
import { place, SCOPE } from "./place.ts";
import { CREDENTIAL_SECRET, one, record, refOf, typesOf, userDataOf } from "./record.ts";

const S3 = "https://10.0.0.5:8080";
const SETTINGS = { externalNetwork: "provider-net", capabilities: { s3: S3, identityAdmin: true } };
const ABLE = place(SETTINGS);
const VAULT = {
  bucket: output("shop-prod-docs-rabat-bucket"),
  endpoint: "https://10.9.0.5:8080",
  region: "Rabat",
  keysRef: output("https://10.0.0.5:9311/v1/secrets/vault-keys"),
  caCertificate: undefined,
};
const ARGS: ObjectStorageArgs = {
  scope: SCOPE,
  class: "restricted",
  datasets: ["contracts"],
  place: ABLE,
  vaults: [VAULT],
  network: {
    cidr: "10.20.0.0/16",
    networkId: output("net-id"),
    subnetId: output("subnet-id"),
    servicesGroupId: output("services-id"),
  },
  recovery: { rpoMinutes: 30, rtoMinutes: 60 },
};
const recordCopies = (more: Partial<ObjectStorageArgs> = {}) =>
  record((opts) => new ObjectStorage("docs", { ...ARGS, ...more }, opts));
const told = (more: Partial<ObjectStorageArgs>) =>
  [...(openstack.layers["object-storage"]?.problems?.({ ...ARGS, ...more }) ?? [])].map(({ path }) => path);

interface File {
  readonly path: string;
  readonly content: string;
  readonly permissions: string;
}
const filesOf = (userData: string): readonly File[] => JSON.parse(userData.replace(/^#cloud-config\n/, "")).write_files;
const content = (userData: string, path: string): string =>
  filesOf(userData).find((file) => file.path === path)?.content ?? expect.fail(`no ${path}`);
const started = async (more: Partial<ObjectStorageArgs> = {}) => {
  const [, rows] = await recordCopies(more);
  return { rows, userData: userDataOf(rows, "docs-copies-server") };
};

test("a server without a way in, whose user may read the source and write reports, nothing else", async () => {
  const { rows } = await started();
  expect(typesOf(rows).filter((type) => type === "Instance")).toHaveLength(1);
  const reader = "project-id:docs-copies-user-id";
  expect(one(rows, "docs-bucket").inputs).toMatchObject({ containerRead: reader });
  expect(one(rows, "docs-bucket").inputs).not.toHaveProperty("containerWrite");
  expect(one(rows, "docs-copies-reports").inputs).toMatchObject({ containerRead: reader, containerWrite: reader });
  const rules = rows.filter(({ type }) => type.endsWith(":SecGroupRule")).map(({ inputs }) => inputs);
  expect(rules).toMatchObject([
    { direction: "egress", remoteIpPrefix: "10.9.0.5/32", portRangeMin: 8080, portRangeMax: 8080 },
  ]);
  expect(one(rows, "docs-copies-port").inputs).toMatchObject({
    securityGroupIds: ["docs-copies-firewall-id", "services-id"],
    portSecurityEnabled: true,
  });
});

test("its credential reads two secrets for an hour, and is in one file that root alone can read", async () => {
  const { rows, userData } = await started({ now: new Date("2026-03-01T09:00:00.123Z") });
  const credential = rows.find(({ type }) => type.endsWith(":ApplicationCredential"));
  expect(credential?.inputs).toMatchObject({
    expiresAt: "2026-03-01T10:00:00Z",
    accessRules: [
      { service: "key-manager", method: "GET", path: "/v1/secrets/docs-copies-keys-1/payload" },
      { service: "key-manager", method: "GET", path: "/v1/secrets/vault-keys/payload" },
    ],
  });
  const holders = filesOf(userData).filter((file) => file.content.includes(CREDENTIAL_SECRET));
  expect(holders.map(({ path, permissions }) => [path, permissions])).toEqual([["/etc/kasbah/bootstrap.json", "0600"]]);
  expect(JSON.parse(holders[0]?.content ?? "")).toMatchObject({
    refs: { source: refOf("docs-copies-keys-1"), vaults: ["https://10.0.0.5:9311/v1/secrets/vault-keys"] },
  });
});

test("it copies the container to each vault, and runs at half of what may be lost", async () => {
  const { userData } = await started();
  expect(JSON.parse(content(userData, "/etc/kasbah/copies.json"))).toMatchObject({
    server: "shop-prod-docs-copies-server",
    source: { endpoint: S3, region: "RegionOne", bucket: "shop-prod-docs-bucket" },
    vaults: [{ name: "vault-1", endpoint: VAULT.endpoint, region: "Rabat", bucket: "shop-prod-docs-rabat-bucket" }],
    reports: "shop-prod-docs-copies-reports",
  });
  expect(content(userData, "/etc/systemd/system/kasbah-copies.timer")).toContain("OnUnitActiveSec=15min");
});

test.each([
  [1, 1],
  [2, 1],
  [1440, 720],
  [10_080, 720],
])("an rpoMinutes of %i: a pass every %i minutes", async (rpoMinutes, minutes) => {
  const { userData } = await started({ recovery: { rpoMinutes, rtoMinutes: 60 } });
  expect(content(userData, "/etc/systemd/system/kasbah-copies.timer")).toContain(`OnUnitActiveSec=${minutes}min`);
});

test("to lose nothing is not promised by copies", async () => {
  await expect(recordCopies({ recovery: { rpoMinutes: 0, rtoMinutes: 60 } })).rejects.toThrow(
    "recovery.rpoMinutes: expected at least 1: copies of objects are made afterwards, got 0",
  );
});

test.each([
  ["another image", { place: place({ ...SETTINGS, image: "debian-13-march" }) }, true],
  ["another vault's endpoint", { vaults: [{ ...VAULT, endpoint: "https://10.9.0.6:8080" }] }, true],
  ["another recovery", { recovery: { rpoMinutes: 60, rtoMinutes: 60 } }, true],
  ["another retention", { retentionDays: 60 }, false],
  ["another hour", { now: new Date("2027-01-01T00:00:00Z") }, false],
])("%s: server and credential are new together, or neither", async (_what, more, replaced) => {
  const shown = async (wish: Partial<ObjectStorageArgs>) => {
    const { rows, userData } = await started(wish);
    return { credential: rows.find(({ type }) => type.endsWith(":ApplicationCredential"))?.name, userData };
  };
  const [before, after] = [await shown({}), await shown(more)];
  expect(after.credential !== before.credential).toBe(replaced);
  expect(after.userData !== before.userData).toBe(replaced);
});

test("everything that the place lacks is refused before anything is made", () => {
  const bare = { ...place({}, { keyManager: false }), settings: { flavors: {} } };
  expect(told({ place: bare })).toEqual([
    "place.facts.keyManager",
    "place.settings.capabilities.s3",
    "place.settings.capabilities.identityAdmin",
    "place.settings.debianMirror",
    "place.settings.authUrl",
    "place.settings.externalNetwork",
  ]);
  expect(told({ vaults: [], place: bare })).toEqual([]);
  expect(told({})).toEqual([]);
});

const python = spawnSync("python3", ["--version"]).status === 0;
const analyze = spawnSync("systemd-analyze", ["--version"]).status === 0;

test.skipIf(!python)("the scripts are Python that compiles", async () => {
  const { userData } = await started();
  const scripts = filesOf(userData).filter(({ path }) => path.startsWith("/usr/local/sbin/"));
  expect(scripts.map(({ path }) => path.split("/").at(-1))).toEqual(["kasbah-copies-keys", "kasbah-copies"]);
  for (const { content: input } of scripts) {
    const check = "import ast, sys; ast.parse(sys.stdin.read())";
    expect(spawnSync("python3", ["-c", check], { input, encoding: "utf8" }).stderr).toBe("");
  }
});

test.skipIf(!analyze)("the units are units, and the timer's interval is a time", async () => {
  const { userData } = await started();
  const timer = content(userData, "/etc/systemd/system/kasbah-copies.timer");
  const [, interval = ""] = /OnUnitActiveSec=(.*)/.exec(timer) ?? [];
  const { stdout, status } = spawnSync("systemd-analyze", ["timespan", interval], { encoding: "utf8" });
  expect([status, stdout]).toEqual([0, expect.stringContaining("15min")]);
});
