import { formatProblem, judge, parseRegime } from "@kasbah/core";
import { expect, test } from "vitest";
import { companyRegime } from "./own-regime.ts";
import { question } from "./support.ts";

const problems = (change: (regime: ReturnType<typeof companyRegime>) => unknown): readonly string[] => {
  const parsed = parseRegime(change(companyRegime()));
  return parsed.ok ? [] : parsed.problems.map(formatProblem);
};

const withRule = (change: Record<string, unknown>) => (regime: ReturnType<typeof companyRegime>) => ({
  ...regime,
  rules: regime.rules.map((rule) => ({ ...rule, ...change })),
});

test("a company's own rule is a regime like any other, and its day counts", () => {
  const parsed = parseRegime(companyRegime());
  if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join("\n"));
  const asked = question("MA");
  const on = (asOf: string) => judge({ ...asked, asOf }, [parsed.value]);
  expect(on("2026-12-31").decidedBy.map(({ rule, outcome }) => [rule, outcome])).toEqual([
    ["acme-data-policy.scope", "allowed"],
  ]);
  expect(on("2027-01-01").decidedBy.map(({ rule, outcome }) => [rule, outcome])).toEqual([["acme.cloud", "denied"]]);
});

test.each([
  ["no source", withRule({ source: undefined }), "rules.0.source: expected an object, got nothing; add it"],
  [
    "no instrument",
    withRule({ source: { article: "3", seen: "primary" } }),
    "rules.0.source.instrument: expected a string, got nothing; add it",
  ],
  [
    "an instrument that the regime does not have",
    withRule({ source: { instrument: "other", article: "3", seen: "primary" } }),
    'rules.0.source.instrument: expected one of acme-pol-12, got "other"; correct it',
  ],
  [
    "no article",
    withRule({ source: { instrument: "acme-pol-12", seen: "primary" } }),
    "rules.0.source.article: expected a string, got nothing; add it",
  ],
  [
    "an empty article",
    withRule({ source: { instrument: "acme-pol-12", article: " ", seen: "primary" } }),
    'rules.0.source.article: expected at least 1 characters, got " "; correct it',
  ],
  [
    "no word on how the text was seen",
    withRule({ source: { instrument: "acme-pol-12", article: "3" } }),
    "rules.0.source.seen: expected one of primary, transcription, text, secondary, background, got nothing; correct it",
  ],
  [
    "a list that the regime does not have",
    withRule({ when: { facets: ["storage"], op: "anyIn", value: ["@here"] } }),
    "rules.0.when: expected a list of this regime, not @here, got ",
  ],
  [
    "days that run backwards",
    withRule({ from: "2027-01-02", to: "2027-01-01" }),
    "rules.0.to: expected a day not before",
  ],
  [
    "both kinds of formality lists, or none",
    withRule({ effect: { kind: "formality" } }),
    "rules.0.effect: expected either oneOf or allOf",
  ],
])("a regime with %s is refused with path, expected and got", (_, change, line) => {
  expect(problems(change).join("\n")).toContain(line);
});

test("an instrument without its source is refused", () => {
  const lines = problems((regime) => ({
    ...regime,
    instruments: [{ id: "acme-pol-12", title: "P", seen: "primary" }],
  }));
  expect(lines).toEqual(["instruments.0.source: expected a string, got nothing; add it"]);
});

test("a fact outside the model is refused: a typing error would be a rule that never speaks", () => {
  const [line] = problems(withRule({ when: { fact: "place.isClod", op: "eq", value: true } }));
  expect(line).toContain("rules.0.when");
});

test.each([[undefined], [null], [[]], ["text"], [{}], [{ rules: "none" }]])("%o is refused, not thrown", (input) => {
  const parsed = parseRegime(input);
  expect(parsed.ok).toBe(false);
  if (!parsed.ok) for (const problem of parsed.problems) expect(problem.expected).not.toBe("");
});
