import { expect, test } from "vitest";
import type { PostgresArgs } from "../../packages/openstack/src/index.ts";
import { place } from "./place.ts";
import { one, recordPostgres, userDataOf } from "./record.ts";

/** What a generation shows: the credential's logical name, and what would replace or rebuild the server. */
const shown = async (more: Partial<PostgresArgs> = {}) => {
  const [, rows] = await recordPostgres(more);
  const credential = rows.find(({ type }) => type.endsWith(":ApplicationCredential"));
  const { imageId, metadata } = one(rows, "chunks-server").inputs;
  return { credential: credential?.name, userData: userDataOf(rows), imageId, metadata };
};

const CASES: readonly (readonly [string, Partial<PostgresArgs>])[] = [
  ["another image name", { place: place({ image: "debian-13-march" }) }],
  ["another zone", { place: place({ availabilityZones: ["az2"] }) }],
  ["another mirror", { place: place({ debianMirror: "http://10.0.0.7/debian" }) }],
  ["another database", { database: "other" }],
  ["another retention", { retentionDays: 14 }],
];

test.each(CASES)("%s: a new credential and a new server, together", async (_what, more) => {
  const before = await shown();
  const after = await shown(more);
  expect(after.credential).toMatch(/^chunks-bootstrap-[0-9a-f]{8}$/);
  expect(after.credential).not.toBe(before.credential);
  expect(after.userData).not.toBe(before.userData); // the provider replaces a server whose user data changes
  expect(after.metadata).not.toEqual(before.metadata);
});

const SAME: readonly (readonly [string, Partial<PostgresArgs>])[] = [
  ["another size", { size: "large" }],
  ["a larger volume", { storageGiB: 500, backupStorageGiB: 2000 }],
  ["another hour", { now: new Date("2027-01-01T00:00:00Z") }],
  ["another flavor for the size", { place: place({ flavors: { small: "s2", medium: "m2", large: "l2" } }) }],
];

test.each(SAME)("%s: neither", async (_what, more) => {
  expect(await shown(more)).toEqual(await shown());
});

test("a generation keeps the image that it was made of, through the credential that ignores changes of it", async () => {
  const [, rows] = await recordPostgres();
  const credential = rows.find(({ type }) => type.endsWith(":ApplicationCredential"));
  expect(credential?.inputs["description"]).toBe("Bootstrap of a server of image image-of-today");
  expect(one(rows, "chunks-server").inputs["imageId"]).toBe("image-of-today");
  expect(one(rows, "chunks-server").options.ignoreChanges).toBeUndefined();
});
