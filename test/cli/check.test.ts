import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { EXIT } from "../../packages/cli/src/error.ts";
import { bucket, eventsOf, FRANCE, folder, previewOf, RULES, replication, stateOf, write } from "../check/support.ts";
import { elements } from "../check/xml.ts";
import { ROOT, type Run, start } from "../support/engine.ts";

const BIN = path.join(ROOT, "packages/cli/bin/kasbah.js");
const into = folder();
const context = write("context.yaml", JSON.stringify(FRANCE), into);
const breach = write("breach.json", stateOf([bucket("here", "eu-west-3"), bucket("there", "us-east-1")]), into);
const clean = write("clean.json", stateOf([bucket("here", "eu-west-3")]), into);

const kasbah = (...args: readonly string[]): Promise<Run> =>
  start(
    process.execPath,
    [BIN, "check", "--as-of", "2026-11-21", "--rule", RULES.join(","), "--context", context, ...args],
    {
      cwd: into,
      env: { ...process.env, NO_COLOR: "1" },
    },
  );

describe("kasbah check", () => {
  test("0 is clean, 1 is refused, 2 is bad input with every problem at once", async () => {
    expect((await kasbah(clean)).code).toBe(EXIT.done);
    const refused = await kasbah(breach);
    expect(refused.code).toBe(EXIT.refused);
    expect(refused.stdout).toContain("refused: 1 findings");
    const bad = await kasbah(write("bad.json", "{", into), "nowhere.json", "--waivers", "none.yaml");
    expect(bad.code).toBe(EXIT.badInput);
    expect(bad.stdout).toBe("");
    for (const part of ["bad.json", "nowhere.json", "none.yaml"]) expect(bad.stderr).toContain(part);
    expect(bad.stderr).not.toContain("    at ");
  });

  test.each([
    [["--format", "xml"]],
    [["--fail-on", "x"]],
    [["--as-of", "yesterday"]],
    [["--pack", "x"]],
    [["--rule", "x"]],
    [["--nonsense"]],
  ])("%j is bad input", async (args) => {
    const run = await kasbah(clean, ...args);
    expect(run.code).toBe(EXIT.badInput);
    expect(run.stderr).not.toContain("    at ");
  });

  test("nothing to check is bad input", async () => expect((await kasbah()).code).toBe(EXIT.badInput));

  test("--fail-on lets lesser findings through, and still says them", async () => {
    const label = write("label.json", stateOf([bucket("x", "eu-west-3", null)]), into);
    const run = await kasbah(label, "--fail-on", "critical", "--format", "json");
    expect([run.code, JSON.parse(run.stdout).totals]).toEqual([EXIT.done, { refusing: 0, waived: 0, advice: 1 }]);
  });

  test("every format is what it says, and the exit code is the same", async () => {
    const reads: Readonly<Record<string, (text: string) => unknown>> = {
      json: JSON.parse,
      sarif: JSON.parse,
      junit: elements,
      markdown: (text) => expect(text).toMatch(/^<!-- kasbah check -->\n### ❌/),
      text: (text) => expect(text).toContain("keep-data-in-permitted-places"),
    };
    for (const [format, read] of Object.entries(reads)) {
      const run = await kasbah(breach, "--format", format);
      expect(run.code, format).toBe(EXIT.refused);
      read(run.stdout);
    }
  });

  test("--write says it in further formats, into files", async () => {
    const run = await kasbah(breach, "--write", "sarif=out.sarif", "--write", "junit=out=.xml");
    expect(run.code).toBe(EXIT.refused);
    expect(run.stdout).toContain("refused: 1 findings");
    expect(JSON.parse(readFileSync(path.join(into, "out.sarif"), "utf8")).version).toBe("2.1.0");
    expect(elements(readFileSync(path.join(into, "out=.xml"), "utf8")).length).toBeGreaterThan(1);
    for (const wrong of ["sarif", "sarif=", "xml=a"])
      expect((await kasbah(breach, "--write", wrong)).code).toBe(EXIT.badInput);
  });

  test("preview and log of the same come to the same", async () => {
    const resources = [bucket("here", "eu-west-3"), bucket("there", "us-east-1"), replication("here", "there")];
    const ids: unknown[] = [];
    for (const content of [stateOf(resources), previewOf(resources), eventsOf(resources)]) {
      const { findings } = JSON.parse((await kasbah(write("same", content, into), "--format", "json")).stdout);
      ids.push(findings.map(({ id }: { readonly id: string }) => id));
    }
    expect(ids[0]).toHaveLength(2);
    expect(ids).toEqual([ids[0], ids[0], ids[0]]);
  });

  test("--base says what is new, mended and unchanged, by an older report or by what was", async () => {
    const older = await kasbah(breach, "--format", "json");
    const report = write("older.json", older.stdout, into);
    const now = write("now.json", stateOf([bucket("there", "us-east-1"), bucket("more", "us-east-1")]), into);
    for (const base of [report, breach]) {
      const run = await kasbah(now, "--base", base, "--format", "json");
      const { totals, findings, mended } = JSON.parse(run.stdout);
      expect(totals).toMatchObject({ new: 1, unchanged: 1, mended: 0, refusing: 2 });
      expect([findings.length, mended]).toEqual([2, []]);
    }
    const mended = await kasbah(clean, "--base", report, "--format", "markdown");
    expect([mended.code, mended.stdout.includes("<summary>Mended: 1</summary>")]).toEqual([EXIT.done, true]);
  });

  test("a base that cannot be read is bad input", async () => {
    for (const content of ["{", JSON.stringify({ kasbahCheck: 9, findings: [] })]) {
      const run = await kasbah(clean, "--base", write("base.json", content, into));
      expect([run.code, run.stderr]).toEqual([EXIT.badInput, expect.stringContaining("--base")]);
    }
  });
});
