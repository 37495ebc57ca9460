import { parseRegime } from "@kasbah/core";
import { expect, test } from "vitest";
import { vital } from "./matrix-morocco.ts";
import { ask, but, everywhere, filed, regime } from "./support.ts";

const study = filed("cndp-declaration", "homologation", "ma-art17-no-qualified-equivalent", "ma-art17-risk-study");
const unqualified = but(vital, {
  place: { qualifications: undefined, keys: { providerCanDecrypt: true }, facets: { logs: ["MA"], support: ["FR"] } },
  formalities: [...study, ...filed("cndp-transfer-notified")],
});

test("a derogation lifts the rules that it names, and its conditions are open duties", () => {
  const verdict = ask(unqualified);
  expect(verdict.outcome).toBe("conditional");
  expect(verdict.derogations).toEqual([
    {
      rule: "ma0520.derog.art17",
      lifts: ["ma0520.cloud.level1", "ma0520.cloud.level2", "ma0520.keys", "ma0520.sensitive.processing"],
      conditions: [expect.stringContaining("risk study"), expect.stringContaining("migrate")],
    },
  ]);
  expect(verdict.duties).toHaveLength(2);
  expect(verdict.decisions.find(({ rule }) => rule === "ma0520.keys")).toMatchObject({
    outcome: "conditional",
    lifted: "denied",
    derogatedBy: "ma0520.derog.art17",
  });
  expect(verdict.uncertain).toBe(true);
});

test("no derogation lifts the statute: sensitive data abroad stays denied", () => {
  const { outcome, decidedBy } = ask(but(unqualified, { place: { facets: everywhere("MA", "FR") } }));
  expect([outcome, decidedBy.map(({ rule }) => rule)]).toEqual(["denied", ["ma0520.sensitive.territory"]]);
});

test("where nothing has to be lifted, no derogation is used", () => {
  expect(ask(but(vital, { formalities: study })).derogations).toEqual([]);
});

const law = regime("ma-05-20-vital");
const withFrom = (from: readonly string[]) =>
  parseRegime({
    ...law,
    rules: law.rules.map((rule) =>
      rule.effect.kind === "derogate" ? { ...rule, effect: { ...rule.effect, from } } : rule,
    ),
  });

test.each([
  ["a rule that may not be lifted", "ma0520.sensitive.territory", "ma0520.sensitive.territory may not"],
  ["a rule that does not exist", "ma0520.nothing", "a rule of this regime"],
  ["another derogation", "ma0520.derog.art18", "no derogation itself"],
])("the schema refuses a derogation from %s", (_, from, expected) => {
  const checked = withFrom([from]);
  expect(checked.ok ? [] : checked.problems.map((problem) => problem.expected)).toContainEqual(
    expect.stringContaining(expected),
  );
});
