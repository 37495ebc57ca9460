import {
  datasetsLabel,
  datasetsOfLabel,
  KINDS,
  labelsOf,
  physicalName,
  putLabels,
  readLabels,
  subnetCidr,
} from "@kasbah/core";
import fc from "fast-check";
import { expect, test } from "vitest";

const scope = { platform: "sme-rag", env: "dev", owner: "example.ma", project: "sme-rag", stack: "dev" };

test("a physical name is platform, environment, component and role", () => {
  expect(physicalName("aws:rds/instance:Instance", scope, "vector-store", "instance")).toBe(
    "sme-rag-dev-vector-store-instance",
  );
  expect(physicalName("aws:kms/alias:Alias", scope, "vector-store", "key")).toBe("alias/sme-rag-dev-vector-store-key");
  expect(physicalName("aws:s3/bucketVersioning:BucketVersioning", scope, "a", "b")).toBeUndefined();
});

test("a global name differs for another owner, project or stack", () => {
  const name = (change: Partial<typeof scope>) =>
    physicalName("aws:s3/bucket:Bucket", { ...scope, ...change }, "docs", "bucket");
  expect(name({})).toMatch(/^sme-rag-dev-docs-bucket-[0-9a-f]{8}$/);
  expect(new Set([name({}), name({ owner: "other.ma" }), name({ project: "p" }), name({ stack: "s" })]).size).toBe(4);
  expect(name({})).toBe(name({}));
});

test("every name fits its kind's length and alphabet, whatever the words", () => {
  const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,30}$/);
  fc.assert(
    fc.property(
      word,
      word,
      word,
      word,
      fc.constantFrom(...Object.keys(KINDS)),
      (platform, env, component, role, type) => {
        const { name: kind, nameTag } = KINDS[type] ?? {};
        const name = physicalName(type, { ...scope, platform, env }, component, role);
        if (kind === undefined) return nameTag === undefined ? name === undefined : (name?.length ?? 0) <= 255;
        const body = name?.slice((kind.prefix ?? "").length) ?? "";
        const alphabet = kind.alphabet === "dns" ? /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/ : /^[a-z0-9]+$/;
        return name !== undefined && name.length <= kind.max && alphabet.test(body);
      },
    ),
    { numRuns: 2000 },
  );
});

test("labels are valid on every cloud, and a set that is too long is resolved by the declaration", () => {
  const many = Array.from({ length: 12 }, (_, index) => `dataset-${index}`);
  expect(datasetsLabel(["b", "a", "b"])).toBe("a_b");
  expect(datasetsLabel(many)).toMatch(/^set-[0-9a-f]{8}$/);
  expect(datasetsOfLabel(datasetsLabel(many), [["x"], many])).toEqual(many);
  expect(datasetsOfLabel("set-00000000", [many])).toBeUndefined();
  expect(labelsOf({ class: "restricted", datasets: ["a"], owner: "Example.MA", env: "dev" }, true)).toEqual({
    "kasbah-class": "restricted",
    "kasbah-datasets": "a",
    "kasbah-owner": "example-ma",
    "kasbah-env": "dev",
  });
  expect(labelsOf({ class: "restricted", datasets: ["a"], owner: "o", env: "e" }, false)).not.toHaveProperty(
    "kasbah-datasets",
  );
});

test.each(["tags", "labels", "userLabels", "metadata", "string-tags"] as const)(
  "labels put on as %s are read back",
  (place) => {
    const labels = { "kasbah-class": "public", "kasbah-env": "dev" };
    const held =
      place === "string-tags" ? { tags: ["mine=1"] } : { [place]: { mine: "1", "kasbah-class": "tampered" } };
    expect(readLabels(putLabels(held, place, labels), place)).toEqual({ mine: "1", ...labels });
  },
);

test("subnets are sixteen to a network and do not overlap", () => {
  expect([0, 1, 15].map((index) => subnetCidr("10.20.0.0/16", index))).toEqual([
    "10.20.0.0/20",
    "10.20.16.0/20",
    "10.20.240.0/20",
  ]);
  expect(subnetCidr("192.168.4.0/22", 2)).toBe("192.168.4.128/26");
});
