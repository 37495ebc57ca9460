import { expect, test } from "vitest";
import { ObjectStorage, type ObjectStorageArgs, openstack } from "../../packages/openstack/src/index.ts";
import { PLACE, place, SCOPE, THROWAWAY } from "./place.ts";
import { one, record, refOf, S3_SECRET, settled, typesOf } from "./record.ts";

const ARGS: ObjectStorageArgs = { scope: SCOPE, class: "restricted", datasets: ["contracts"], place: PLACE };
const recordStorage = (more: Partial<ObjectStorageArgs> = {}) =>
  record((opts) => new ObjectStorage("docs", { ...ARGS, ...more }, opts));

test("one container: versioned, without an access list, kept when it holds something", async () => {
  const [storage, rows] = await recordStorage();
  expect(typesOf(rows)).toEqual(["Container"]);
  const { inputs, options } = one(rows, "docs-bucket");
  expect(inputs).toMatchObject({ name: "shop-prod-docs-bucket", versioning: true, forceDestroy: false });
  for (const key of ["containerRead", "containerWrite", "containerSyncTo"]) expect(inputs).not.toHaveProperty(key);
  expect(options.protect).toBe(true);
  expect(await settled(storage.bucket)).toBe("shop-prod-docs-bucket");
});

test("the metadata carries the labels, what was asked and where encryption comes from", async () => {
  const [, rows] = await recordStorage({ retentionDays: 90 });
  expect(one(rows, "docs-bucket").inputs["metadata"]).toEqual({
    "kasbah-class": "restricted",
    "kasbah-datasets": "contracts",
    "kasbah-owner": "example-ma",
    "kasbah-env": "prod",
    "kasbah-retention-days": "90",
    "kasbah-encryption": "place",
    "quota-bytes": "", // takes away one that was asked for before
  });
});

test("a quota is asked for in bytes", async () => {
  const [, rows] = await recordStorage({ quotaGiB: 3 });
  expect(one(rows, "docs-bucket").inputs["metadata"]).toMatchObject({ "quota-bytes": "3221225472" });
});

test("throwaway is emptied and deleted, and says that nobody declared encryption", async () => {
  const [, rows] = await recordStorage({ scope: THROWAWAY, place: place({}, { encryptionAtRest: false }) });
  const { inputs, options } = one(rows, "docs-bucket");
  expect(inputs).toMatchObject({ forceDestroy: true, metadata: { "kasbah-encryption": "undeclared" } });
  expect(options.protect).not.toBe(true);
});

test.each(["confidential", "restricted", "critical"] as const)(
  "%s in production asks for encryption",
  async (level) => {
    const bare = place({}, { encryptionAtRest: false });
    await expect(recordStorage({ class: level, place: bare })).rejects.toThrow(
      `place.facts.encryptionAtRest: expected true, the capability that ${level} data needs in production, got false`,
    );
    const told = openstack.layers["object-storage"]?.problems?.({ ...ARGS, class: level, place: bare });
    expect([...(told ?? [])]).toHaveLength(1);
  },
);

test.each(["public", "internal"] as const)("%s in production does not", async (level) => {
  const [, rows] = await recordStorage({ class: level, place: place({}, { encryptionAtRest: false }) });
  expect(rows).toHaveLength(1);
});

test("an override cannot drop a label", async () => {
  const container = (args: object) => ({ ...args, metadata: { "kasbah-class": "public", team: "search" } });
  const [, rows] = await recordStorage({ overrides: { container } });
  expect(one(rows, "docs-bucket").inputs["metadata"]).toMatchObject({ "kasbah-class": "restricted", team: "search" });
});

const S3 = "https://10.0.0.5:8080";
const ABLE = place({ capabilities: { s3: S3, identityAdmin: true } });
const ACCESS = [
  { name: "importer", mode: "write" },
  { name: "search", mode: "read" },
] as const;

test("keys for one container: a user without a password and with one role, named by the container's lists", async () => {
  const [storage, rows] = await recordStorage({ place: ABLE, access: ACCESS });
  const importer = "project-id:docs-importer-user-id";
  const search = "project-id:docs-search-user-id";
  for (const name of ["docs-bucket", "docs-segments"]) {
    expect(one(rows, name).inputs).toMatchObject({
      containerRead: `${importer},${search}`,
      containerWrite: importer,
      versioning: true,
    });
  }
  expect(one(rows, "docs-segments").inputs["name"]).toBe("shop-prod-docs-bucket+segments");
  expect(one(rows, "docs-importer-user").inputs).not.toHaveProperty("password");
  expect(one(rows, "docs-importer-role").inputs).toMatchObject({ roleId: "role-id", projectId: "project-id" });
  expect(await settled(storage.keysRefs?.["search"] ?? expect.fail())).toBe(refOf("docs-search-keys-1"));
});

test("the secret of a key reaches the key manager alone, marked as a secret", async () => {
  const [, rows] = await recordStorage({ place: ABLE, access: ACCESS });
  for (const { name, inputs } of rows) {
    const { payload, ...others } = inputs;
    expect(JSON.stringify(others), name).not.toContain(S3_SECRET);
    if (payload === undefined) continue;
    expect(payload).not.toBeTypeOf("string");
    expect(JSON.stringify(payload), name).toContain(S3_SECRET);
  }
  expect(one(rows, "docs-importer-keys-1").options.protect).not.toBe(true); // a key can be made anew
});

test.each([
  [{ rotation: 1 }, [1]],
  [{ rotation: 2 }, [1, 2]],
  [{ rotation: 2, closed: 1 }, [2]],
  [{ rotation: 5, closed: 1 }, [4, 5]],
  [{ rotation: 5, closed: 4 }, [5]],
])("%o: credentials %o work, and the newest is handed out", async (rotation, numbers) => {
  const [storage, rows] = await recordStorage({ place: ABLE, access: [{ ...ACCESS[0], ...rotation }] });
  const made = rows.flatMap(({ name }) => /^docs-importer-key-(\d+)$/.exec(name)?.[1] ?? []);
  expect(made.map(Number)).toEqual(numbers);
  const newest = refOf(`docs-importer-keys-${rotation.rotation}`);
  expect(await settled(storage.keysRefs?.["importer"] ?? expect.fail())).toBe(newest);
});

test("what is closed must have been followed, and names are there once", async () => {
  const access = [{ ...ACCESS[0], closed: 1 }, ACCESS[0]];
  await expect(recordStorage({ place: ABLE, access })).rejects.toThrow(
    /access\.0\.closed: expected less than rotation, which is 1, got 1;[^\n]*\naccess\.1\.name: expected each name once/,
  );
});

test("without the right to make users, restricted data is refused and other data opens the whole project", async () => {
  const bare = place({ capabilities: { s3: S3 } });
  const wish = { place: bare, access: ACCESS };
  await expect(recordStorage(wish)).rejects.toThrow(
    "place.settings.capabilities.identityAdmin: expected the capability that limits the keys of `access`",
  );
  const [, rows] = await recordStorage({ ...wish, class: "internal" });
  expect(typesOf(rows)).not.toContain("User");
  expect(one(rows, "docs-bucket").inputs).not.toHaveProperty("containerRead");
  expect(one(rows, "docs-importer-key-1").inputs).toMatchObject({ userId: "deployer-id", projectId: "project-id" });
});

test("who encrypts before writing needs no encrypted disks: a key is made for it, and the metadata say so", async () => {
  const bare = place({}, { encryptionAtRest: false });
  const [storage, rows] = await recordStorage({ place: bare, encryption: "client" });
  expect(typesOf(rows)).toEqual(["Container", "OrderV1"]);
  expect(one(rows, "docs-bucket").inputs["metadata"]).toMatchObject({
    "kasbah-encryption": "client",
    "kasbah-key-ref": refOf("docs-key"),
  });
  expect(one(rows, "docs-key").options.protect).toBe(true);
  expect(await settled(storage.keyRef ?? expect.fail())).toBe(refOf("docs-key"));
});

test.each([
  [{ encryption: "client" as const }, ["facts.keyManager"]],
  [{ access: ACCESS }, ["facts.keyManager", "settings.capabilities.s3", "settings.capabilities.identityAdmin"]],
])("%o: what the place lacks is refused at once", async (wish, lacking) => {
  const told = openstack.layers["object-storage"]?.problems?.({
    ...ARGS,
    ...wish,
    place: place({}, { keyManager: false }),
  });
  expect([...(told ?? [])].map(({ path }) => path)).toEqual(lacking.map((path) => `place.${path}`));
});
