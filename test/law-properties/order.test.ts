import { judge, judgeFacets, OUTCOMES, publicView, type Question, REGIMES, type Regime } from "@kasbah/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { question } from "./arbitraries.ts";
import { holds, RUNS, SEED } from "./support.ts";

const shuffled = <T>(members: readonly T[]): fc.Arbitrary<T[]> =>
  fc.shuffledSubarray([...members], { minLength: members.length });

const shuffledRegime = (regime: Regime): fc.Arbitrary<Regime> =>
  shuffled(regime.rules).map((rules) => ({
    ...regime,
    rules,
    lists: Object.fromEntries(
      Object.entries(regime.lists)
        .reverse()
        .map(([id, list]) => [id, { ...list, members: list.members.toReversed() }]),
    ),
  }));

const shuffledRegimes: fc.Arbitrary<readonly Regime[]> = fc.tuple(...REGIMES.map(shuffledRegime)).chain(shuffled);

/** The same question with every list and every map turned round. */
const turned = (asked: Question): Question => {
  const round = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(round).reverse();
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .map(([key, entry]) => [key, round(entry)])
        .reverse(),
    );
  };
  return round(asked) as Question;
};

test("the order of regimes, rules and lists does not matter", () => {
  holds(
    fc.property(question, shuffledRegimes, (asked, regimes) => {
      expect(judge(asked, regimes)).toEqual(judge(asked, REGIMES));
    }),
  );
});

test("the order of what is asked does not matter", () => {
  holds(
    fc.property(question, (asked) => {
      expect(judge(turned(asked), REGIMES)).toEqual(judge(asked, REGIMES));
    }),
  );
});

test("saying a category, a country or a formality twice changes nothing", () => {
  holds(
    fc.property(question, (asked) => {
      const { dataset, subject, formalities } = asked;
      const twice: Question = {
        ...asked,
        dataset: { ...dataset, categories: [...dataset.categories, ...dataset.categories] },
        subject: { ...subject, establishedIn: [...subject.establishedIn, ...subject.establishedIn] },
        formalities: [...formalities, ...formalities],
      };
      expect(judge(twice, REGIMES)).toEqual(judge(asked, REGIMES));
    }),
  );
});

test("every verdict cites a rule or says that none applies; each facet's verdict too", () => {
  const cited = (verdict: ReturnType<typeof judge>): void => {
    if (Object.keys(verdict.regimes).length === 0) {
      expect(verdict).toMatchObject({ outcome: "allowed", decidedBy: [], decisions: [] });
      return;
    }
    expect(verdict.decidedBy.length).toBeGreaterThan(0);
    for (const decision of verdict.decidedBy) {
      expect(decision.outcome).toBe(verdict.outcome);
      expect([decision.regime, decision.version, decision.rule, decision.title, decision.article]).not.toContain("");
      expect(decision.instrument).not.toBe("");
      if (verdict.outcome === "unknown") expect(decision.change ?? "").not.toBe("");
      if (verdict.outcome === "needs-formality") expect(decision.change ?? "").not.toBe("");
    }
  };
  holds(
    fc.property(question, (asked) => {
      cited(judge(asked, REGIMES));
      cited(publicView(judge(asked, REGIMES)));
      for (const verdict of Object.values(judgeFacets(asked, REGIMES))) cited(verdict);
    }),
  );
});

test("the questions reach every outcome and every rule", () => {
  const outcomes = new Map<string, number>();
  const spoke = new Set<string>();
  for (const asked of fc.sample(question, { seed: SEED, numRuns: 10 * RUNS })) {
    const { outcome, decisions } = judge(asked, REGIMES);
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    for (const { rule } of decisions) spoke.add(rule);
  }
  const silent = REGIMES.flatMap(({ rules }) => rules.map(({ id }) => id)).filter((id) => !spoke.has(id));
  console.log(`outcomes: ${OUTCOMES.map((outcome) => `${outcome} ${outcomes.get(outcome) ?? 0}`).join(", ")}`);
  expect([...outcomes.keys()].sort()).toEqual([...OUTCOMES].sort());
  expect(silent).toEqual([]);
});
