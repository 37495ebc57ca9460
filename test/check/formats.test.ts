import { readFileSync } from "node:fs";
import path from "node:path";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import pc from "picocolors";
import { beforeAll, describe, expect, test } from "vitest";
import { compared } from "../../packages/cli/src/check/compare.ts";
import { toJson } from "../../packages/cli/src/check/format/json.ts";
import { toJunit } from "../../packages/cli/src/check/format/junit.ts";
import { MARKER, toMarkdown } from "../../packages/cli/src/check/format/markdown.ts";
import { toSarif } from "../../packages/cli/src/check/format/sarif.ts";
import { toText } from "../../packages/cli/src/check/format/text.ts";
import type { Report } from "../../packages/cli/src/check/report.ts";
import { bucket, checked, replication, stateOf, write } from "./support.ts";
import { elements } from "./xml.ts";

const CWD = process.cwd();
const WAIVERS = `waivers:
  - rule: keep-data-in-permitted-places
    resource: aws:s3/bucket:Bucket::waived
    reason: moves in January
    approver: A. Nother
    expires: 2026-12-31
`;

let report: Report;
beforeAll(async () => {
  const state = stateOf([
    bucket("here", "eu-west-3"),
    bucket("there", "us-east-1"),
    bucket("waived", "us-east-1"),
    bucket("label", "eu-west-3", null),
    replication("here", "there"),
  ]);
  report = await checked([write("state.json", JSON.stringify(state, null, 2))], {
    waivers: write("waivers.yaml", WAIVERS),
  });
});

/** A SARIF log as far as these tests read it. */
interface Sarif {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string; readonly help: object }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly baselineState?: string;
      readonly message: { readonly text: string };
      readonly suppressions?: readonly { readonly kind: string; readonly justification: string }[];
      readonly partialFingerprints: Readonly<Record<string, string>>;
      readonly locations: readonly [
        {
          readonly physicalLocation: {
            readonly artifactLocation: { readonly uri: string };
            readonly region: { readonly startLine: number };
          };
        },
      ];
    }[];
  }[];
}

const sarifSchema = (): object => {
  const file = path.join(import.meta.dirname, "fixtures/sarif-2.1.0.schema.json");
  const { $schema: _, id: __, ...schema } = JSON.parse(readFileSync(file, "utf8")); // draft 4, of which only these differ here
  return schema;
};

const ajv = new Ajv({ strict: false });
addFormats.default(ajv);
const validate = ajv.compile(sarifSchema());

const validSarif = (text: string): Sarif => {
  const log: unknown = JSON.parse(text);
  if (!validate(log)) throw new Error(ajv.errorsText(validate.errors));
  return log as Sarif;
};

describe("SARIF", () => {
  test("is valid, with rules, lines, fingerprints and suppressions", () => {
    const [run] = validSarif(toSarif(report, CWD)).runs;
    const results = run?.results ?? [];
    expect(results.map(({ ruleId, level, suppressions = [] }) => [ruleId, level, suppressions.length])).toEqual([
      ["keep-copies-in-permitted-places", "error", 0],
      ["keep-data-in-permitted-places", "error", 0],
      ["keep-data-in-permitted-places", "error", 1],
      ["require-class-label", "error", 0],
    ]);
    for (const { ruleId, ruleIndex, partialFingerprints, locations, message } of results) {
      expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
      expect(partialFingerprints["kasbahFinding/v1"]).toMatch(/^[0-9a-f]{32}$/);
      expect(locations[0].physicalLocation.region.startLine).toBeGreaterThan(1);
      expect(message.text).toMatch(/wanted .+, found .+/);
    }
    expect(new Set(results.map((one) => one.partialFingerprints["kasbahFinding/v1"])).size).toBe(results.length);
    expect(results[2]?.suppressions?.[0]?.justification).toBe(
      "moves in January; approved by A. Nother until 2026-12-31",
    );
    for (const rule of run?.tool.driver.rules ?? [])
      expect(rule.help).toMatchObject({ text: expect.stringContaining("Serves") });
  });

  test("is valid with a base, and says what is new, unchanged and absent", () => {
    const [first, second] = report.findings;
    if (first === undefined || second === undefined) throw new Error("too few findings");
    const base = [first, { ...second, id: "0".repeat(32) }];
    const [run] = validSarif(toSarif(compared(report, base), CWD)).runs;
    expect(run?.results.map(({ baselineState }) => baselineState)).toEqual([
      "unchanged",
      "new",
      "new",
      "new",
      "absent",
    ]);
  });

  test("is valid for a finding outside of the folder, for none, and for a name with the builder's own word", () => {
    const [finding] = report.findings;
    if (finding === undefined) throw new Error("no finding");
    const odd = { ...finding, file: "../x y/ü#?.json", resource: "SARIF_BUILDER_INVALID", found: "[link](0) {0} \\" };
    const log = validSarif(toSarif({ ...report, findings: [odd] }, CWD));
    const [result] = log.runs[0]?.results ?? [];
    expect(result?.locations[0].physicalLocation.artifactLocation.uri).toMatch(
      /^file:\/\/\/.*x%20y\/%C3%BC%23%3F\.json$/,
    );
    expect(result?.message.text).toContain("\\[link\\](0) {{0}} \\\\");
    expect(validSarif(toSarif({ ...report, findings: [] }, CWD)).runs[0]?.results).toEqual([]);
  });
});

describe("JUnit", () => {
  test("has a case a finding, a case a rule that found nothing, and skips what is waived", () => {
    const all = elements(toJunit(report));
    const count = (name: string): number => all.filter((one) => one.name === name).length;
    expect([count("testcase"), count("failure"), count("skipped")]).toEqual([4, 3, 1]);
    expect(all.find(({ name }) => name === "testsuites")?.attributes).toMatchObject({
      tests: "4",
      failures: "3",
      skipped: "1",
    });
    expect(all.find(({ name }) => name === "system-out")?.text).toContain(
      "waived until 2026-12-31 by A. Nother: moves in January",
    );
    const clean = elements(toJunit({ ...report, findings: [] }));
    expect(clean.filter(({ name }) => name === "testcase")).toHaveLength(report.rules.length);
    expect(clean.filter(({ name }) => name === "failure")).toEqual([]);
  });
});

describe("Markdown", () => {
  test("is a summary with the findings folded, and finds itself again", () => {
    const text = toMarkdown(report);
    expect(text.startsWith(MARKER)).toBe(true);
    expect(text).toContain("### ❌ Kasbah check refuses: 3 findings");
    expect(text).toContain("<details open><summary>Findings: 3</summary>");
    expect(text).toContain("<details><summary>Waived: 1</summary>");
    expect(text).toContain("waived until 2026-12-31 by A. Nother: moves in January");
    expect(toMarkdown({ ...report, findings: [], totals: { refusing: 0, waived: 0, advice: 0 } })).toContain(
      "✅ Kasbah check passed",
    );
  });

  test("says what is new, mended and unchanged, and a table row is a row", () => {
    const [first, second] = report.findings;
    if (first === undefined || second === undefined) throw new Error("too few findings");
    const text = toMarkdown(compared(report, [first, { ...second, id: "0".repeat(32) }]));
    expect(text).toContain("| new | mended | unchanged | refusing | waived | advice |");
    expect(text).toContain("| 2 | 1 | 1 | 3 | 1 | 0 |");
    for (const title of ["New: 2", "Mended: 1", "Unchanged: 1"]) expect(text).toContain(`<summary>${title}</summary>`);
    for (const line of text.split("\n").filter((one) => one.startsWith("| critical")))
      expect(line.split("|")).toHaveLength(7);
  });

  test("never longer than a comment may be, and says what it left out", () => {
    const [finding] = report.findings;
    if (finding === undefined) throw new Error("no finding");
    const findings = Array.from({ length: 5000 }, (_, index) => ({
      ...finding,
      id: `${index}`,
      found: "&<|".repeat(200),
    }));
    const notes = Array.from({ length: 500 }, () => "|".repeat(5000));
    const text = toMarkdown({
      ...report,
      findings,
      notes,
      mended: findings,
      totals: { ...report.totals, new: 5000, mended: 5000 },
    });
    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(/\d+ more are in the other formats/);
    expect(text.match(/<details/g)?.length).toBe(text.match(/<\/details>/g)?.length);
  });
});

test("text names rule, resource, line, wanted, found, and who waived", () => {
  const text = toText(report, pc.createColors(false));
  for (const part of [
    "keep-copies-in-permitted-places",
    "::there",
    "state.json:",
    "wanted restricted data in FR",
    "found aws/us-east-1",
    "until 2026-12-31 by A. Nother",
    "refused: 3 findings, 1 waived",
  ])
    expect(text).toContain(part);
});

test("text counts by rule what is too much for a table", () => {
  const findings = Array.from({ length: 450 }, (_, index) => report.findings[index % 2] ?? []).flat();
  expect(toText({ ...report, findings }, pc.createColors(false))).toMatch(
    /and 250 more, which --format json has: 125 of .*, 125 of /,
  );
});

test("JSON holds the whole report", () => expect(JSON.parse(toJson(report))).toEqual(report));
