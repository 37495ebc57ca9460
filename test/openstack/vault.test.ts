import { expect, test } from "vitest";
import { formatProblem } from "../../packages/core/src/index.ts";
import { boundProblems } from "../../packages/openstack/src/backup-project.ts";
import { openstack, Vault, type VaultArgs } from "../../packages/openstack/src/index.ts";
import { PLACE, place, SCOPE, THROWAWAY } from "./place.ts";
import { one, record, refOf, settled, typesOf } from "./record.ts";

const S3 = "https://10.0.0.5:8080";
const ABLE = place({ capabilities: { s3: S3, identityAdmin: true, historyContainers: true } });
const ARGS: VaultArgs = { scope: SCOPE, class: "restricted", datasets: ["contracts"], place: ABLE };
const recordVault = (more: Partial<VaultArgs> = {}) =>
  record((opts) => new Vault("backups", { ...ARGS, ...more }, opts));
const told = (more: Partial<VaultArgs>) =>
  [...(openstack.layers.backup?.problems?.({ ...ARGS, ...more }) ?? [])].map(({ path }) => path);

const WRITER = "backups-project-project-id:backups-user-user-id";

test("a project of its own, a user that may write two containers, and beside each its history", async () => {
  const [vault, rows] = await recordVault();
  expect(typesOf(rows)).toEqual([
    "Container", // where backups are written
    "Container", // what was overwritten or deleted there
    "Container", // parts of large uploads
    "Container", // what was overwritten or deleted there
    "Ec2CredentialV3",
    "Project",
    "RoleAssignment", // the deploying user, who owns the project
    "RoleAssignment", // the machine user, who has no right by it
    "SecretV1",
    "User",
    "openstack", // the provider that works in the project
  ]);
  expect(await settled(vault.bucket)).toBe("shop-prod-backups-bucket");
  expect(await settled(vault.keysRef)).toBe(refOf("backups-user-keys-1"));
  expect([vault.endpoint, vault.region]).toEqual([S3, "RegionOne"]);
  expect(await settled(vault.projectId)).toBe("backups-project-project-id");
});

test.each([
  ["backups-bucket", "backups-history", "shop-prod-backups-bucket"],
  ["backups-segments", "backups-segments-history", "shop-prod-backups-bucket+segments"],
])("%s: the machine user writes there, and has no right in %s", async (container, history, name) => {
  const [, rows] = await recordVault({ retentionDays: 60 });
  const { inputs, options } = one(rows, container);
  expect(inputs).toMatchObject({ name, containerRead: WRITER, containerWrite: WRITER, forceDestroy: false });
  const past = one(rows, history);
  expect(inputs["versioningLegacy"]).toEqual({ type: "history", location: past.inputs["name"] });
  for (const key of ["containerRead", "containerWrite"]) expect(past.inputs).not.toHaveProperty(key);
  for (const row of [one(rows, container), past]) {
    expect(row.inputs["metadata"]).toMatchObject({ "kasbah-retention-days": "60", "kasbah-datasets": "contracts" });
    expect(row.options.provider).toBe(options.provider);
  }
  expect([options.protect, past.options.protect]).toEqual([true, true]);
});

test("its containers go through a provider that works in the second project, its keys through the other", async () => {
  const [, rows] = await recordVault();
  expect(one(rows, "backups-project").inputs).toMatchObject({ tenantId: "backups-project-project-id", cloud: "" });
  const provider = one(rows, "backups-bucket").options.provider;
  expect(provider).toBeDefined();
  expect(one(rows, "backups-user-keys-1").options.provider).not.toBe(provider);
});

test("a quota holds for both containers that are written, and for no history", async () => {
  const [, rows] = await recordVault({ quotaGiB: 2 });
  for (const name of ["backups-bucket", "backups-segments"]) {
    expect(one(rows, name).inputs["metadata"], name).toMatchObject({ "quota-bytes": "2147483648" });
  }
  for (const name of ["backups-history", "backups-segments-history"]) {
    expect(one(rows, name).inputs["metadata"], name).not.toHaveProperty("quota-bytes");
  }
});

test.each([
  [{ identityAdmin: true }, ["historyContainers"]],
  [{ historyContainers: true }, ["identityAdmin"]],
  [{ objectLock: true }, ["identityAdmin", "historyContainers"]], // no substitute: the provider has no call for it
])("restricted data in production, with %o only: refused", async (capabilities, lacking) => {
  const bare = place({ capabilities: { s3: S3, ...capabilities } });
  expect(told({ place: bare })).toEqual(lacking.map((name) => `place.settings.capabilities.${name}`));
  await expect(recordVault({ place: bare })).rejects.toThrow(`place.settings.capabilities.${lacking[0]}: expected the`);
});

test("without S3 there is no vault, and without a key manager none that keeps its keys itself", async () => {
  const bare = place({}, { keyManager: false });
  for (const scope of [SCOPE, THROWAWAY]) {
    expect(told({ scope, class: "public", place: bare })).toEqual(["place.settings.capabilities.s3"]);
  }
  const noKeys = place({ capabilities: { s3: S3 } }, { keyManager: false });
  const wish = { class: "internal", place: noKeys } as const;
  await expect(recordVault(wish)).rejects.toThrow(
    "place.facts.keyManager: expected the capability that keeps the vault's",
  );
  const [, rows] = await record((opts) => {
    const keyStore = openstack.provider("home", ABLE, {});
    return new Vault("elsewhere", { ...ARGS, ...wish, keyStore }, opts);
  });
  expect(one(rows, "elsewhere-user-keys-1").options.provider).toBeDefined();
});

test("other data without these rights: in the project itself, by the deploying user's keys, old versions in place", async () => {
  const [vault, rows] = await recordVault({ class: "internal", place: place({ capabilities: { s3: S3 } }) });
  expect(typesOf(rows)).toEqual(["Container", "Container", "Ec2CredentialV3", "SecretV1"]);
  expect(one(rows, "backups-bucket").inputs).toMatchObject({ versioning: true });
  expect(one(rows, "backups-bucket").inputs).not.toHaveProperty("containerWrite");
  expect(one(rows, "backups-user-key-1").inputs).toMatchObject({ userId: "deployer-id" });
  expect(vault.history).toBeUndefined();
});

test("credentials that stay in their own project are refused, before a container lies in the wrong one", () => {
  expect([...boundProblems("wanted", "wanted")]).toEqual([]);
  expect([...boundProblems("wanted", "own")].map(formatProblem)).toEqual([
    expect.stringContaining(
      'expected credentials that can work in the project wanted, got "credentials bound to the project own"',
    ),
  ]);
});

test("a retention that is too short is refused", async () => {
  await expect(recordVault({ retentionDays: 1 })).rejects.toThrow("retentionDays: expected at least 7 in production");
});

test("golden logical and physical names", async () => {
  const [, rows] = await recordVault();
  expect(rows.map(({ name, inputs }) => `${name} = ${inputs["name"] ?? "-"}`).sort()).toEqual([
    "backups-bucket = shop-prod-backups-bucket",
    "backups-history = shop-prod-backups-history",
    "backups-project = -",
    "backups-project-operator = -",
    "backups-project-project = shop-prod-backups-project",
    "backups-segments = shop-prod-backups-bucket+segments",
    "backups-segments-history = shop-prod-backups-segments-history",
    "backups-user-key-1 = -",
    "backups-user-keys-1 = shop-prod-backups-user-keys-1",
    "backups-user-role = -",
    "backups-user-user = shop-prod-backups-user",
  ]);
});

test("where the place has nothing to say of its disks, confidential backups are refused", () => {
  expect(told({ class: "confidential", place: { ...ABLE, facts: { keyManager: true } } })).toEqual([
    "place.facts.encryptionAtRest",
  ]);
  expect(told({ place: PLACE })).toContain("place.settings.capabilities.s3");
});
