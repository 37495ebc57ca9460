import { formatFinding, KINDS } from "@kasbah/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { FLOWS, type Resource, ROWS, rulesOf } from "../../packages/policy/src/index.ts";
import { bucket, labels, made, NOT_KNOWN } from "../../packages/policy/src/rules/sample.ts";
import { judged } from "./support.ts";

const TYPES = [...new Set([...FLOWS.keys(), ...ROWS.keys(), ...Object.keys(KINDS)])];
/** Every property that some reader looks at, so that random values reach the readers. */
const KEYS = [
  ...[
    "bucket",
    "rules",
    "destination",
    "destinations",
    "status",
    "region",
    "location",
    "zone",
    "tags",
    "labels",
    "key",
  ],
  ...["metadata", "settings", "userLabels", "backupConfiguration", "enabled", "replicas", "regionName", "replication"],
  ...[
    "replicationConfiguration",
    "details",
    "regions",
    "sku",
    "name",
    "properties",
    "creationData",
    "storageLocations",
  ],
  ...["kasbah-class", "kasbah-datasets", "__proto__", "constructor", "copyActions", "backup", "keyRing", "accountName"],
  ...["defaultTags", "customPlacementConfig", "dataLocations", "backupPolicy", "locations", "snapshotSchedulePolicy"],
];
const WORDS = [
  NOT_KNOWN,
  "",
  "restricted",
  "documents",
  "set-00000000",
  "_",
  "arn:aws:s3:::",
  "arn:aws:rds:::",
  "EU",
  "\u202e\u0000\n",
];
const leaf = fc.oneof(
  fc.constantFrom(...WORDS),
  fc.string({ unit: "binary" }),
  fc.double(),
  fc.boolean(),
  fc.constantFrom(null, undefined),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "medium" },
    leaf,
    fc.array(tie("value"), { maxLength: 4 }),
    fc
      .array(fc.tuple(fc.constantFrom(...KEYS), tie("value")), { maxLength: 6 })
      .map((pairs) => Object.fromEntries(pairs)),
  ),
}));
const resource = fc
  .record({
    type: fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...TYPES) }, { weight: 1, arbitrary: fc.string() }),
    name: fc.string(),
    urn: fc.constantFrom("urn:a", "urn:b", "urn:c"),
    props: value,
    provider: fc.option(fc.record({ type: fc.string(), props: value }), { nil: undefined }),
    parent: fc.option(fc.constantFrom("urn:a", "urn:b", "urn:c"), { nil: undefined }),
  })
  .map(
    ({ provider, parent, ...rest }): Resource => ({
      ...rest,
      ...(provider === undefined ? {} : { provider }),
      ...(parent === undefined ? {} : { parent }),
    }),
  );

test("no input makes a reader or a rule throw, and no message holds what a terminal would obey", () => {
  fc.assert(
    fc.property(
      fc.array(resource, { minLength: 1, maxLength: 5 }),
      fc.constantFrom("house" as const, "labels" as const, "labels-home" as const),
      (estate, settings) => {
        const { findings } = judged(estate, settings, rulesOf());
        for (const finding of findings)
          expect(formatFinding(finding)).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      },
    ),
    { numRuns: 3000 },
  );
});

test("hostile names and labels come out harmless", () => {
  const evil = "\u001b[2J\u202e</script>\n::set-output";
  const { findings } = judged([
    bucket(evil, evil, evil, evil),
    made("aws:s3/bucketReplicationConfig:BucketReplicationConfig", evil, {
      bucket: evil,
      rules: [{ destination: { bucket: evil } }],
    }),
  ]);
  expect(findings.length).toBeGreaterThan(0);
  for (const finding of findings) expect(formatFinding(finding)).not.toMatch(/[\p{Cc}\u202e]/u);
});

test("an unknown in place of any value of a breach never makes it pass", () => {
  const secret = bucket("secret", "restricted", "documents");
  const abroad = bucket("abroad", "public", "product-docs", "us-east-1");
  const props = { bucket: "secret", rules: [{ status: "Enabled", destination: { bucket: "arn:aws:s3:::abroad" } }] };
  const paths = [
    ["bucket"],
    ["rules"],
    ["rules", 0],
    ["rules", 0, "status"],
    ["rules", 0, "destination"],
    ["rules", 0, "destination", "bucket"],
  ];
  for (const path of paths) {
    const changed: Record<string, unknown> = structuredClone(props);
    let holder: Record<string | number, unknown> = changed;
    for (const key of path.slice(0, -1)) holder = holder[key] as Record<string | number, unknown>;
    holder[path.at(-1) ?? ""] = NOT_KNOWN;
    const config = made("aws:s3/bucketReplicationConfig:BucketReplicationConfig", "r", changed, {
      region: "eu-west-3",
    });
    const { findings, pending } = judged([secret, abroad, config]);
    expect(findings.length + pending.length, path.join(".")).toBeGreaterThan(0);
  }
  expect(
    judged([made("aws:s3/bucket:Bucket", "b", { tags: labels("restricted", "documents") }, { region: NOT_KNOWN })])
      .findings,
  ).toHaveLength(1);
});
