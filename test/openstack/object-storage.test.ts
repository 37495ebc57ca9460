import { expect, test } from "vitest";
import { ObjectStorage, type ObjectStorageArgs, openstack } from "../../packages/openstack/src/index.ts";
import { PLACE, place, SCOPE, THROWAWAY } from "./place.ts";
import { one, record, settled, typesOf } from "./record.ts";

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
  });
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
