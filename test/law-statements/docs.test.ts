import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { judge, parseDeclaration, parseRegime, REGIMES } from "@kasbah/core";
import { readDeclaration } from "@kasbah/platform";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stringify } from "yaml";
import { sample } from "../support/declarations.ts";
import { STATEMENTS } from "./table.ts";

const page = readFileSync(path.resolve(import.meta.dirname, "../../docs/regimes.md"), "utf8");

interface Block {
  readonly use: string;
  readonly name: string;
  readonly language: string;
  readonly code: string;
}

const blocks: readonly Block[] = [
  ...page.matchAll(/(?:<!-- (?<use>[a-z ]+): (?<name>\S+) -->\n\n)?```(?<language>\w+)\n(?<code>[\s\S]*?)```/g),
].map(({ groups: { use = "", name = "", language = "", code = "" } = {} }) => ({ use, name, language, code }));

const block = (use: string): Block => {
  const found = blocks.find((one) => one.use === use);
  if (found === undefined) throw new Error(`docs/regimes.md has no block that is ${use}`);
  return found;
};

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "kasbah-regimes-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("every block says what it is", () => {
  expect(blocks.map(({ use, language }) => `${use} ${language}`)).toEqual(["rule json", "file json", "part of yaml"]);
  expect(page.match(/```/g)).toHaveLength(2 * blocks.length);
});

test("the rule that is shown is the rule that is loaded", () => {
  const { name, code } = block("rule");
  expect(REGIMES.flatMap(({ rules }) => rules).find(({ id }) => id === name)).toEqual(JSON.parse(code));
});

test("the regime of one's own is valid, and denies what it says", () => {
  const parsed = parseRegime(JSON.parse(block("file").code));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const outcomeIn = (country: string): string =>
    judge(
      {
        datasetName: "cards",
        dataset: { class: "restricted", categories: ["cardholder"], form: "raw" },
        place: { name: "p", facets: { storage: [country], backup: [country] }, operator: {}, contract: {}, facts: {} },
        subject: { establishedIn: ["MA"] },
        formalities: [],
        asOf: "2026-11-21",
      },
      [parsed.value],
    ).outcome;
  expect([outcomeIn("MA"), outcomeIn("FR")]).toEqual(["allowed", "denied"]);
});

test("the declaration names it, and is read with it", () => {
  const { name, code } = block("file");
  writeFileSync(path.join(folder, name), code);
  writeFileSync(path.join(folder, "platform.yaml"), `${stringify(sample())}${block("part of").code}`);
  const read = readDeclaration(folder, "dev", undefined);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  expect(read.value.declaration.regimes.map(({ id }) => id)).toEqual(["ma-09-08", "no-cards-abroad"]);
  const again = parseDeclaration(read.value.raw, "dev");
  expect(again.ok).toBe(true);
});

test("a file that is not there is said with its path", () => {
  writeFileSync(path.join(folder, "platform.yaml"), stringify({ ...sample(), regimes: ["./away.regime.json"] }));
  const read = readDeclaration(folder, "dev", undefined);
  expect(read.ok ? [] : read.problems.map((problem) => problem.path).join("\n")).toContain("away.regime.json");
});

test("every command and flag that the page names exists", () => {
  const cli = path.resolve(import.meta.dirname, "../../packages/cli/src");
  const commands = [...page.matchAll(/`kasbah (\w+)/g)].map(([, name = ""]) => name);
  expect(commands.length).toBeGreaterThan(0);
  expect(commands.filter((name) => !existsSync(path.join(cli, "commands", `${name}.ts`)))).toEqual([]);
  const options = readFileSync(path.join(cli, "options.ts"), "utf8");
  const flags = [...page.matchAll(/`(--[a-z-]+)`/g)].map(([, flag = ""]) => flag);
  expect(flags.filter((flag) => !options.includes(flag))).toEqual([]);
});

test("what is not modelled stands on the page with its reason, and nothing else does", () => {
  const [, section = ""] = page.split("## What is not modelled, and why\n");
  const told = section.split("\n").filter((line) => line.startsWith("- "));
  const expected = STATEMENTS.filter(({ kind }) => kind === "note").map(
    ({ id, text, by }) => `- **${id}** ${text}. ${by}`,
  );
  expect(told).toEqual(expected);
});

test("the rules and lists that a lawyer must look at exist, and are marked as uncertain or as our reading", () => {
  const [, section = ""] = page.split("## What a lawyer must confirm\n");
  const named = [...(section.split("\n## ")[0] ?? "").matchAll(/\(`([^`]+)`\)/g)].map(([, id = ""]) => id);
  expect(named.length).toBeGreaterThanOrEqual(8);
  const marked = [
    ...REGIMES.flatMap(({ rules }) => rules).filter((rule) => rule.uncertain ?? rule.interpretation),
    ...REGIMES.flatMap(({ lists }) =>
      Object.entries(lists).flatMap(([id, list]) => (list.uncertain === undefined ? [] : [{ id }])),
    ),
  ].map(({ id }) => id);
  expect(named.filter((id) => !marked.includes(id))).toEqual([]);
});
