import { readFileSync } from "node:fs";
import path from "node:path";
import { formatProblem, parseContext, parseHouse, parseWaivers, plainHouse, saysLaw } from "@kasbah/core";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { bucket, checked, found, replication, resource, stateOf, write } from "./support.ts";

const ABROAD = "keep-data-in-permitted-places";
const COPY = "keep-copies-in-permitted-places";
const LABEL = "require-class-label";

const problems = (input: unknown): readonly string[] => {
  const parsed = parseContext(input);
  return parsed.ok ? [] : parsed.problems.map(formatProblem);
};

const OWNER = { id: "example.ma", establishedIn: ["MA"] };
const WHOLE = {
  labels: { class: "data-classification", datasets: ["datasets", "data"], values: { secret: "restricted" } },
  homeCountries: ["MA"],
  stacks: { prod: { class: "restricted", datasets: ["patients"], backend: "s3://state?region=eu-west-3" } },
  resources: [{ match: "aws:s3/bucket:Bucket::audit-*", stack: "app/*", class: "restricted" }],
  clusters: { main: "home" },
  endpoints: { "otlp.example.ma": "home", ".example.fr": "paris" },
  drills: { patients: "2026-10-01" },
  owner: OWNER,
  datasets: { patients: { class: "restricted", categories: ["health"] } },
  places: {
    home: { at: "openstack/RegionOne", country: "MA", operator: { isSubject: true }, openstack: { cloud: "home" } },
    paris: { at: "aws/eu-west-3" },
  },
  sites: { models: { at: "provider/mistral-eu" } },
  formalities: [{ type: "cndp-declaration", reference: "D-1" }],
};

const publishedSchema = (name: string): ReturnType<Ajv2020["compile"]> => {
  const ajv = new Ajv2020({ strict: false, logger: false });
  addFormats.default(ajv);
  return ajv.compile(
    JSON.parse(readFileSync(path.resolve(import.meta.dirname, `../../packages/core/schema/${name}`), "utf8")),
  );
};

describe("a context", () => {
  test("says what a house calls things, and what the law asks about", () => {
    const parsed = parseContext(WHOLE);
    if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join("\n"));
    const { declaration, ...house } = parsed.value;
    expect(house).toMatchObject({
      classWords: { secret: "restricted" },
      labelKeys: { class: ["data-classification"], datasets: ["datasets", "data"] },
    });
    expect(declaration?.places["paris"]?.facets.storage).toEqual(["FR"]);
    expect(declaration?.places["home"]?.settings).toMatchObject({ cloud: "home" });
    expect(publishedSchema("context.schema.json")(WHOLE)).toBe(true);
  });

  test("without the law's words needs none of its parser", () => {
    const { owner: _, datasets: __, places: ___, sites: ____, formalities: _____, ...house } = WHOLE;
    expect([saysLaw(house), saysLaw(WHOLE)]).toEqual([false, true]);
    expect(parseHouse(house)).toEqual(parseContext(house));
  });

  test.each<[unknown, RegExp]>([
    [[], /expected an object/],
    [{ label: {} }, /label: expected no such key.*did you mean labels\?/],
    [{ labels: { values: { secret: "topsecret" } } }, /labels\.values\.secret: expected one of public, internal/],
    [{ homeCountries: ["Maroc"] }, /homeCountries\.0: expected an ISO 3166-1/],
    [{ resources: [{ match: "x" }] }, /resources\.0: expected a class, or datasets, or both/],
    [{ drills: { a: "yesterday" } }, /drills\.a: expected a date/],
    [{ datasets: {} }, /owner: expected the owner of the data, since the context names datasets.*add its id/],
    [{ owner: OWNER, places: { a: { at: "aws/eu-west-33" } } }, /places\.a\.at: .*did you mean aws\/eu-west-3/],
    [
      { owner: OWNER, datasets: { a: { class: "restricted", derivedFrom: ["b"] } } },
      /datasets\.a\.derivedFrom\.0: expected a declared dataset/,
    ],
    [{ owner: { ...OWNER, designations: ["ma-secret"] } }, /designations/],
  ])("%j is refused", (input, said) => expect(problems(input).join("\n")).toMatch(said));

  test("everything wrong with it comes at once", () => {
    expect(
      problems({ labels: { clas: 1 }, stacks: { a: { klass: "x" } }, owner: {}, places: { A: {} } }).length,
    ).toBeGreaterThan(4);
  });
});

test("the short way to read a context comes to the same as the parser, or is not taken", () => {
  const key = fc.oneof(fc.string(), fc.constant("class"), fc.array(fc.string(), { maxLength: 2 }), fc.jsonValue());
  const word = fc.oneof(fc.constantFrom("public", "restricted", "critical"), fc.string({ maxLength: 3 }));
  const labels = fc.record(
    { class: key, datasets: key, values: fc.dictionary(fc.string(), word, { maxKeys: 2 }) },
    { requiredKeys: [] },
  );
  const countries = fc.array(fc.constantFrom("FR", "MA", "fr", ""), { maxLength: 2 });
  const context = fc.record(
    {
      labels: fc.oneof(labels, fc.jsonValue()),
      homeCountries: fc.oneof(countries, fc.jsonValue()),
      stacks: fc.constant({}),
    },
    { requiredKeys: [] },
  );
  let taken = 0;
  fc.assert(
    fc.property(fc.oneof(context, fc.jsonValue()), (input) => {
      const plain = plainHouse(input);
      if (plain === undefined) return;
      taken += 1;
      expect(parseHouse(input)).toEqual({ ok: true, value: plain });
    }),
    { numRuns: 2500 },
  );
  expect(taken).toBeGreaterThan(20);
});

describe("labels of another house", () => {
  const other = (name: string, region: string, tags: object) =>
    resource("aws:s3/bucket:Bucket", name, { bucket: name, region, tags });
  const LABELS = {
    homeCountries: ["FR"],
    labels: { class: "data-classification", values: { secret: "restricted", open: "public" } },
  };

  test("are read by their keys and words", async () => {
    const state = write(
      "x",
      stateOf([
        other("a", "us-east-1", { "data-classification": "secret" }),
        other("b", "us-east-1", { "data-classification": "open" }),
      ]),
    );
    expect(found(await checked([state], { context: write("c.json", LABELS) }))).toEqual([`${ABROAD} a`]);
    expect(found(await checked([state]))).toEqual([`${LABEL} a`, `${LABEL} b`]);
  });

  test("a whole stack's class stands for resources without a label", async () => {
    const state = write("x", stateOf([bucket("a", "us-east-1", null)]));
    const context = (name: string): string =>
      write("c.yaml", `homeCountries: [FR]\nstacks: { ${name}: { class: restricted } }\n`);
    for (const name of ["prod", "app/prod"])
      expect(found(await checked([state], { context: context(name) }))).toContain(`${ABROAD} a`);
    expect(found(await checked([state], { context: context("dev") }))).toEqual([`${LABEL} a`]);
  });

  test("a pattern stands for the label of the resources that it fits, and of no others", async () => {
    const state = write(
      "x",
      stateOf([
        bucket("audit-1", "us-east-1", null),
        bucket("site", "us-east-1", null),
        replication("audit-1", "site"),
      ]),
    );
    const resources = [
      { match: "aws:s3/bucket:Bucket::audit-*", class: "restricted" },
      { match: "*::site", stack: "app/*", class: "public" },
    ];
    const report = await checked([state], { context: write("c.json", { homeCountries: ["FR"], resources }) });
    expect(found(report)).toEqual([`${COPY} audit-1-to-site`, `${ABROAD} audit-1`]);
  });

  test("a label of its own goes before what the context says", async () => {
    const state = write("x", stateOf([bucket("audit-1", "us-east-1", "public")]));
    const context = write("c.json", { homeCountries: ["FR"], resources: [{ match: "*", class: "restricted" }] });
    expect(found(await checked([state], { context }))).toEqual([]);
  });

  test("datasets and places of the context are asked of the law", async () => {
    const patients = (region: string) =>
      write("x", stateOf([other("a", region, { "kasbah-class": "restricted", "kasbah-datasets": "patients" })]));
    const context = write("c.json", WHOLE);
    const [finding] = (await checked([patients("us-east-1")], { context })).findings;
    expect(finding).toMatchObject({ rule: ABROAD, serves: expect.stringMatching(/09-08/) });
  });

  test("words and keys that every object has are none", async () => {
    const tags = { "kasbah-class": "constructor", "data-classification": "toString" };
    const state = write("x", stateOf([other("__proto__", "us-east-1", tags)]));
    expect(found(await checked([state], { context: write("c.json", LABELS) }))).toEqual([`${LABEL} __proto__`]);
  });
});

describe("a waiver file", () => {
  const ENTRY = { rule: "some-rule", resource: "x", reason: "y", approver: "z", expires: "2027-01-01" };

  test("every field is asked for, every problem comes at once", () => {
    for (const key of Object.keys(ENTRY)) {
      const { [key as keyof typeof ENTRY]: _, ...rest } = ENTRY;
      const parsed = parseWaivers({ waivers: [rest, { ...ENTRY, [key]: " " }] });
      const said = parsed.ok ? [] : parsed.problems.map(formatProblem);
      expect(
        said.filter((line) => line.includes(`.${key}:`)),
        key,
      ).toHaveLength(2);
    }
    expect(parseWaivers({ waivers: [ENTRY] })).toEqual({ ok: true, value: [ENTRY] });
    expect(publishedSchema("waivers.schema.json")({ waivers: [ENTRY] })).toBe(true);
    expect(publishedSchema("waivers.schema.json")({ waivers: [{ ...ENTRY, expires: undefined }] })).toBe(false);
  });

  test.each([
    [{ ...ENTRY, expires: "soon" }, /expires: expected a date/],
    [{ ...ENTRY, expires: "2027-02-30" }, /expires: expected a date/],
    [{ ...ENTRY, until: "x" }, /until: expected no such key/],
  ])("%j is refused", (entry, said) => {
    const parsed = parseWaivers({ waivers: [entry] });
    expect(parsed.ok ? "" : parsed.problems.map(formatProblem).join("\n")).toMatch(said);
  });

  test("one that stands there twice is one too many", () => {
    const parsed = parseWaivers({ waivers: [ENTRY, { ...ENTRY, reason: "other" }] });
    expect(parsed.ok ? [] : parsed.problems.map(({ path }) => path)).toEqual(["waivers.1"]);
  });

  const waivers = (expires: string, rule = ABROAD): string =>
    write(
      "w.yaml",
      `waivers:\n  - { rule: ${rule}, resource: "aws:s3/bucket:Bucket::a", reason: r, approver: b, expires: ${expires} }\n`,
    );
  const state = (): string => write("x", stateOf([bucket("a", "us-east-1"), bucket("b", "us-east-1")]));

  test("what it covers is shown as waived and does not refuse, to its last day", async () => {
    const report = await checked([state()], { waivers: waivers("2026-11-21") });
    expect(
      report.findings.map(({ resource: about, waived, refuses }) => [about.at(-1), waived?.approver, refuses]),
    ).toEqual([
      ["a", "b", false],
      ["b", undefined, true],
    ]);
    expect(report.totals).toEqual({ refusing: 1, waived: 1, advice: 0 });
  });

  test("one that has run out covers nothing and is a finding itself", async () => {
    const file = waivers("2026-11-20");
    const report = await checked([state()], { waivers: file });
    expect(report.totals).toEqual({ refusing: 3, waived: 0, advice: 0 });
    expect(report.findings.find(({ rule }) => rule === "renew-expired-waivers")).toMatchObject({
      refuses: true,
      found: "one that ran out on 2026-11-20",
      file: expect.stringContaining("w.yaml"),
    });
  });

  test("one that covers nothing is named", async () => {
    const report = await checked([state()], { waivers: waivers("2027-01-01", "keep-copies-in-permitted-places") });
    expect(report.unusedWaivers).toEqual([{ rule: COPY, resource: "aws:s3/bucket:Bucket::a", expires: "2027-01-01" }]);
    expect(report.totals.refusing).toBe(2);
  });
});

test("the examples of the documentation are what they are said to be", () => {
  const text = readFileSync(path.resolve(import.meta.dirname, "../../docs/check.md"), "utf8");
  const [context, waivers] = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block = ""]) => parse(block));
  expect(problems(context)).toEqual([]);
  expect(parseWaivers(waivers)).toMatchObject({
    ok: true,
    value: [{ approver: "A. Nother, data protection officer" }],
  });
});
