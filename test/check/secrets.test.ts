import pc from "picocolors";
import { describe, expect, test } from "vitest";
import { compared } from "../../packages/cli/src/check/compare.ts";
import { toJson } from "../../packages/cli/src/check/format/json.ts";
import { toJunit } from "../../packages/cli/src/check/format/junit.ts";
import { toMarkdown } from "../../packages/cli/src/check/format/markdown.ts";
import { toSarif } from "../../packages/cli/src/check/format/sarif.ts";
import { toText } from "../../packages/cli/src/check/format/text.ts";
import { unmark } from "../../packages/cli/src/check/input/marks.ts";
import { redactor, secretsByName } from "../../packages/cli/src/check/redact.ts";
import type { Report } from "../../packages/cli/src/check/report.ts";
import {
  BUCKET,
  checked,
  eventsOf,
  previewOf,
  problemsOf,
  resource,
  SECRET,
  SIGNATURE,
  type StateResource,
  stateOf,
  write,
} from "./support.ts";

/** The report in every format. */
const everywhere = (report: Report): readonly string[] => [
  toJson(report),
  toJunit(report),
  toMarkdown(report),
  toSarif(report, process.cwd()),
  toText(report, pc.createColors(false)),
];

const encrypted = { [SIGNATURE]: SECRET, ciphertext: "v1:aYSr3jHmZi548s62" };
const shown = (value: unknown): object => ({ [SIGNATURE]: SECRET, plaintext: JSON.stringify(value) });

describe("marks of the engine", () => {
  test("a secret that cannot be read is not known, one that can is its value, both are never shown", () => {
    const marked = {
      a: encrypted,
      b: shown({ c: ["deep-secret", 12345] }),
      d: { e: [{ [SIGNATURE]: SECRET, value: "plain-secret" }] },
      f: "[secret]",
      g: "kept",
    };
    const { properties, secretPaths, secrets } = unmark(marked);
    expect(secretPaths).toEqual(["a", "b", "d.e.0", "f"]);
    expect(secrets).toEqual(["deep-secret", "12345", "plain-secret"]);
    expect(properties).toEqual({
      a: expect.anything(),
      b: { c: ["deep-secret", 12345] },
      d: { e: ["plain-secret"] },
      f: properties["a"],
      g: "kept",
    });
    expect(typeof properties["a"]).toBe("symbol");
  });

  test("however deep, it comes to an end", () => {
    let deep: unknown = encrypted;
    for (let level = 0; level < 5000; level += 1) deep = { deep };
    expect(() => unmark({ deep })).not.toThrow();
    expect(secretsByName({ deep })).toEqual([]);
  });
});

/** A bucket abroad whose place, and more, is a secret: whatever a rule says of it, the value must not come out. */
const SAID = "s3cr3t-place-abroad";
const region = (mark: (value: string) => unknown): StateResource =>
  resource(BUCKET, "data", {
    bucket: "x",
    region: mark(SAID),
    tags: { "kasbah-class": mark("restricted-but-hidden") },
  });

describe("a marked secret is in no format, in any form of input", () => {
  test.each<[string, () => string]>([
    ["state", () => write("x", stateOf([region(() => encrypted)]))],
    ["state that shows secrets", () => write("x", stateOf([region(shown)]))],
    ["preview", () => write("x", previewOf([region(() => "[secret]")]))],
    ["preview that shows secrets", () => write("x", previewOf([region(shown)]))],
    [
      "events",
      () => write("x", eventsOf([region((value) => ({ [SIGNATURE]: SECRET, ciphertext: "[secret]", value }))])),
    ],
  ])("%s", async (_kind, file) => {
    const report = await checked([file()]);
    expect(report.totals.refusing).toBeGreaterThan(0);
    for (const text of everywhere(report)) {
      for (const secret of [SAID, "restricted-but-hidden", "aYSr3jHmZi548s62"]) expect(text).not.toContain(secret);
    }
  });

  test("neither by the words of a log, which hold it in plain text", async () => {
    const log = eventsOf([region(() => "us-east-1")]).replaceAll(
      "RegisterResource",
      "hunter2-in-the-log RegisterResource",
    );
    for (const text of everywhere(await checked([write("x", log)]))) expect(text).not.toContain("hunter2");
    const [problem] = await problemsOf([write("x", log.slice(0, -30))]);
    expect(problem).not.toContain("hunter2");
  });
});

test("what a property's name betrays, and what has the form of a secret, is hidden where a rule shows it", async () => {
  const region = "hunter2-hunter2";
  const betrayed = resource(BUCKET, "data", {
    bucket: "x",
    region,
    password: region,
    tags: { "kasbah-class": "restricted" },
  });
  const formed = resource(BUCKET, "other", {
    bucket: "AKIAIOSFODNN7EXAMPLE",
    region: "us-east-1",
    tags: { "kasbah-class": "ghp_0123456789abcdefghijABCDEFGHIJ012345" },
  });
  const report = await checked([write("x", stateOf([betrayed, formed]))]);
  expect(report.totals.refusing).toBeGreaterThan(1);
  for (const text of everywhere(report)) expect(text).not.toMatch(/hunter2|AKIAIOSF|ghp_0123/);
  expect(toJson(report)).toContain("[hidden]");
});

test("a base that somebody changed brings no secret and no markup into the report", async () => {
  const report = await checked([
    write(
      "x",
      stateOf([resource(BUCKET, "data", { bucket: "x", region: "us-east-1", tags: { "kasbah-class": "restricted" } })]),
    ),
  ]);
  const [finding] = report.findings;
  if (finding === undefined) throw new Error("no finding");
  const { readBase } = await import("../../packages/cli/src/check/compare.ts");
  const file = write("base.json", {
    ...report,
    findings: [{ ...finding, id: "other", found: "AKIAIOSFODNN7EXAMPLE \u202e <script>" }],
  });
  const base = await readBase(file, { paths: [], cwd: process.cwd(), asOf: "2026-11-21" });
  if (!base.ok) throw new Error("no base");
  for (const text of everywhere(compared(report, base.value))) expect(text).not.toMatch(/AKIA|\u202e/);
});

describe("the redactor", () => {
  const hide = redactor(["correct horse battery", "tiny", "horse battery staple!", "abc"]);
  test.each([
    ["a correct horse battery b", "a [hidden] b"],
    ["horse battery staple!correct horse battery", "[hidden][hidden]"],
    ["tiny", "[hidden]"],
    ["destiny tiny-x x_tiny (tiny)", "destiny tiny-x x_tiny ([hidden])"],
    ["abc", "abc"],
    ["postgres://app:pa55word@db/x", "postgres://app:[hidden]@db/x"],
    ["Server=x;Password=hunter2;Y=1", "Server=x;Password=[hidden];Y=1"],
    ["-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- end", "[hidden] end"],
    ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-_1", "[hidden]"],
    ["https://example.ma/path", "https://example.ma/path"],
    ["arn:aws:secretsmanager:eu-west-3:1:secret:db", "arn:aws:secretsmanager:eu-west-3:1:secret:db"],
  ])("%s", (text, expected) => expect(hide(text)).toBe(expected));

  test("knows secrets by the names of their properties and of their pairs", () => {
    const found = secretsByName({
      password: "one",
      masterUserPassword: "two",
      env: [
        { name: "DB_PASSWORD", value: "three" },
        { name: "DB_HOST", value: "host" },
      ],
      variables: { API_TOKEN: "four", LOG_LEVEL: "info" },
      passwordLength: "12",
      kmsKeyId: "key",
      connectionString: "five",
    });
    expect(found).toEqual(["one", "two", "three", "four", "five"]);
  });
});
