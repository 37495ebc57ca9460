import { OUTCOMES, permits, REGIMES } from "@kasbah/core";
import { afterAll, expect, test } from "vitest";
import { MATRIX } from "./matrix-cases.ts";
import type { RuleCases } from "./rule-cases.ts";
import { ask, but, outcomeOf } from "./support.ts";

const RULES = REGIMES.flatMap((regime) => regime.rules.map((rule) => ({ regime, rule })));
const isDerogation = (id: string): boolean =>
  RULES.some(({ rule }) => rule.id === id && rule.effect.kind === "derogate");
const isPermission = (id: string): boolean => RULES.some(({ rule }) => rule.id === id && rule.effect.kind === "permit");

const rows = new Map<string, string[]>();
const seen = new Set<string>();
const note = (rule: string, column: string, outcome: string): void => {
  rows.set(rule, [...(rows.get(rule) ?? []), `${column} ${outcome}`]);
};

test("every rule has a row, and no row is without its rule", () => {
  expect(MATRIX.map(({ rule }) => rule).sort()).toEqual(RULES.map(({ rule }) => rule.id).sort());
});

test.each(MATRIX.map((row) => [row.rule, row] as const))("%s passes", (rule, { pass }) => {
  const outcome = outcomeOf(pass, rule);
  note(rule, "pass", outcome);
  seen.add(ask(pass).outcome);
  expect(isDerogation(rule) ? outcome === "conditional" : ["allowed", "silent"].includes(outcome)).toBe(true);
});

test.each(MATRIX.map((row) => [row.rule, row] as const))("%s fails", (rule, row) => {
  const failing = but(row.pass, row.fail);
  const outcome = outcomeOf(failing, rule);
  note(rule, "fail", outcome);
  seen.add(ask(failing).outcome);
  if (isDerogation(rule)) {
    expect(outcome).toBe("silent");
    expect(ask(failing).outcome).toBe("denied"); // what it would lift speaks
  } else if (isPermission(rule)) expect(outcome).toBe("silent");
  else expect(outcome).toBe(row.says);
});

test.each(MATRIX.map((row) => [row.rule, row] as const))("%s with a fact missing", (rule, row) => {
  const asked = but(row.pass, row.missing);
  const outcome = outcomeOf(asked, rule);
  note(rule, "missing", outcome);
  expect(outcome).toBe(row.unsaid ?? "unknown");
  if (outcome === "unknown") {
    expect(ask(asked).decisions.find((decision) => decision.rule === rule)?.change).toContain("declare");
    expect(permits(ask(asked).outcome)).toBe(false);
  }
});

const dayOf = ({ pass, fail, boundary }: RuleCases, asOf: string) =>
  boundary.of === "fail" ? but(pass, fail, { asOf }) : but(pass, boundary.change ?? {}, { asOf });

test.each(MATRIX.map((row) => [row.rule, row] as const))("%s on either side of a boundary day", (rule, row) => {
  const before = outcomeOf(dayOf(row, row.boundary.before), rule);
  const on = outcomeOf(dayOf(row, row.boundary.day), rule);
  note(rule, `${row.boundary.before}/${row.boundary.day}`, `${before}/${on}`);
  expect(before).not.toBe(on);
  if (row.boundary.of === "fail") expect([before, on]).toEqual(["silent", row.says]);
});

test("each of the five verdicts occurs", () => {
  for (const { pass, missing } of MATRIX) seen.add(ask(but(pass, missing)).outcome);
  expect(OUTCOMES.filter((outcome) => seen.has(outcome))).toEqual([...OUTCOMES]);
});

afterAll(() => {
  const width = Math.max(...[...rows.keys()].map((rule) => rule.length));
  const lines = [...rows].map(([rule, cells]) => `${rule.padEnd(width)}  ${cells.join("  ")}`);
  process.stdout.write(`rule x { pass, fail, missing, boundary }\n${lines.join("\n")}\n`);
});
