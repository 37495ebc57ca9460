import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { findRegime } from "@kasbah/core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ROOT, start } from "../support/engine.ts";
import { type PlatformWorkspace, platformWorkspace } from "../support/platform.ts";

let workspace: PlatformWorkspace;
beforeEach(() => {
  workspace = platformWorkspace();
});
afterEach(() => workspace.close());

const bare = (...args: string[]) =>
  start(path.join(ROOT, "node_modules/.bin/node"), [path.join(ROOT, "packages/cli/bin/kasbah.js"), ...args], {
    env: { ...process.env, NO_COLOR: "1" },
    cwd: workspace.stack,
  });

describe("explain", () => {
  test("is a short tree with rules, articles and what would change it", async () => {
    const { code, stdout } = await workspace.kasbah("explain", "documents", "europe");
    expect(code).toBe(1);
    expect(stdout).toMatch(/^documents in europe, as of \d{4}-\d\d-\d\d: needs-formality\n├─ /);
    expect(stdout).toContain("needs-formality ma0908.xfer.listed");
    expect(stdout).toMatch(/art\. 43, 15\(e\), 28\(11\) \(primary, interpretation\)/);
    expect(stdout).toContain("to change it: put on file: cndp-transfer-notified");
  });

  test("for a machine, by day: a formality that begins in 2027 changes the verdict then", async () => {
    workspace.edit((declaration) => {
      const formalities: object[] = Object(declaration["formalities"]);
      for (const type of ["cndp-transfer-notified", "cndp-transfer-authorisation"]) {
        formalities.push({ type, reference: "T", countries: ["FR", "US"], from: "2027-01-01" });
      }
    });
    const outcome = async (asOf: string): Promise<unknown> =>
      JSON.parse((await workspace.kasbah("explain", "documents", "europe", "--json", "--as-of", asOf)).stdout).outcome;
    expect([await outcome("2026-12-31"), await outcome("2027-01-01")]).toEqual(["needs-formality", "allowed"]);
  });

  test("of what is not declared names what is", async () => {
    const { code, stderr } = await workspace.kasbah("explain", "documnts", "europe");
    expect([code, stderr.trim()]).toEqual([
      2,
      "There is no dataset documnts: declared are documents, vectors, product-docs.",
    ]);
  });
});

test("place shows each candidate with its deciding rule, and exit 1 when a workload has none", async () => {
  const placed = await workspace.kasbah("place");
  expect([placed.code, placed.stdout.includes("→ home")]).toEqual([0, true]);
  workspace.edit(({ workloads }) => Object.assign(workloads["vector-store"] ?? {}, { places: ["europe"] }));
  const refused = await workspace.kasbah("place", "--json");
  expect(refused.code).toBe(1);
  expect(JSON.parse(refused.stdout).refusals[0]).toContain("workloads.vector-store: no place is permitted");
});

describe("judge", () => {
  test("gives number, verdict, regimes and deciding rules of each case", async () => {
    const { code, stdout } = await bare("judge", path.join(ROOT, "test/law/public-cases.json"), "--json");
    expect(code).toBe(0);
    const second = JSON.parse(stdout).find(({ n }: { n: number }) => n === 2);
    expect(second).toEqual({
      n: 2,
      verdict: "needs-formality",
      regimes: expect.objectContaining({ "ma-09-08": "needs-formality" }),
      decides: ["ma0908.xfer.unlisted"],
    });
  });

  test.each([
    ["no such file", "absent.json", undefined],
    ["no JSON", "bad.json", "{"],
    ["other things", "bad.json", '{"cases": [{"n": 1}]}'],
  ])("says what is wrong with %s, exit 2", async (_, name, text) => {
    const file = path.join(workspace.stack, name);
    if (text !== undefined) writeFileSync(file, text);
    const { code, stderr } = await bare("judge", file);
    expect(code).toBe(2);
    expect(stderr.trim()).not.toBe("");
    expect(stderr).not.toContain("    at ");
  });
});

describe("regimes", () => {
  test("lists what is loaded, with version, dates and confidence", async () => {
    const { stdout } = await bare("regimes", "--json");
    expect(JSON.parse(stdout)).toContainEqual(
      expect.objectContaining({
        id: "ma-05-20-vital",
        version: expect.any(String),
        dates: expect.arrayContaining(["2025-08-21"]),
        confidence: expect.stringContaining("uncertain"),
      }),
    );
  });

  test("diff shows the verdicts that another version changes", async () => {
    const regime = JSON.parse(readFileSync(path.join(ROOT, "packages/core/src/regimes/ma-09-08.json"), "utf8"));
    regime.version = "changed";
    regime.rules = regime.rules.filter(({ id }: { id: string }) => !id.includes("xfer"));
    const file = path.join(workspace.stack, "changed.regime.json");
    writeFileSync(file, JSON.stringify(regime));
    const { stdout, all } = await bare("regimes", "diff", "ma-09-08", file, "--json");
    expect(JSON.parse(stdout), all).toContainEqual({
      dataset: "documents",
      place: "europe",
      before: "needs-formality",
      after: "allowed",
    });
    expect((await bare("regimes", "diff", "ma-09-08", "ma-09-08")).stdout).toBe("No verdict changes.\n");
  });
});

describe("a company's own regime", () => {
  test("is a file beside the declaration, without code, and its problems are said by path", async () => {
    const own = {
      ...findRegime("ma-bam-cloud"),
      id: "own",
      scope: { when: { fact: "subject.establishedIn", op: "has", value: "MA" }, source: "data policy 1" },
      rules: [
        {
          id: "own.home",
          title: "everything stays at home",
          when: { facets: ["storage"], op: "anyOutside", value: ["MA"] },
          effect: { kind: "deny" },
          source: { instrument: "policy", article: "2.1", seen: "primary" },
        },
      ],
      instruments: [{ id: "policy", title: "Data policy of Example", seen: "primary", source: "the company" }],
      obligations: [],
      lists: {},
      schemes: [],
    };
    const file = path.join(workspace.stack, "own.regime.json");
    writeFileSync(file, JSON.stringify(own));
    workspace.edit((declaration) => Object.assign(declaration, { regimes: ["ma-09-08", "./own.regime.json"] }));
    const placed = await workspace.kasbah("place");
    expect(placed.all).toMatch(/europe +│ denied +│ own\.home, 2\.1/);
    expect(placed.all).toMatch(/→ home/);
    writeFileSync(
      file,
      JSON.stringify({ ...own, rules: [{ ...own.rules[0], source: { article: "2.1", seen: "primary" } }] }),
    );
    const refused = await workspace.kasbah("place");
    expect([refused.code, refused.stderr]).toEqual([
      2,
      expect.stringMatching(/rules\.0\.source\.instrument: expected/),
    ]);
  });
});

test("the status of a vital body is in no output, error, state or tag; the explicit flag shows it", {
  timeout: 180_000,
}, async () => {
  workspace.edit((declaration) => Object.assign(Object(declaration["owner"]), { designations: ["ma-iiv"] }));
  const betrays = /iiv|vital|05-?20|dgssi|designat/i;
  const outputs = [
    await workspace.kasbah("plan"),
    await workspace.kasbah("plan", "--json"),
    await workspace.kasbah("place"),
    await workspace.kasbah("place", "--json"),
    await workspace.kasbah("explain", "documents", "home"),
    await workspace.kasbah("explain", "documents", "home", "--json"),
    await workspace.kasbah("up", "--sandbox"),
  ];
  for (const { all } of outputs) expect(all).not.toMatch(betrays);
  const asked = await workspace.kasbah("explain", "documents", "home", "--show-secret-status");
  expect(asked.all).toMatch(/ma0520/);
  workspace.edit((declaration) => Object.assign(Object(declaration["owner"]), { designations: ["ma-iiv", "ma-iivx"] }));
  const wrong = await workspace.kasbah("plan");
  expect(wrong.code).toBe(2);
  expect(wrong.all).not.toMatch(/iiv/i);
});
