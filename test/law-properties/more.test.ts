import { CATEGORIES, FACETS, FORMS, judge, type Outcome, permits, type Question, withImplied } from "@kasbah/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { question, say } from "./arbitraries.ts";
import { EXCLUSIONS, type Exclusion, holds, rank, STRICT } from "./support.ts";
import { country } from "./values.ts";

/** With nothing on file; the regimes are without their derogations. */
const bare = question.map((asked): Question => ({ ...asked, formalities: [] }));

/**
 * Whether an outcome is better than another. `unknown` is ignorance, not a step of its own: a country more may settle
 * what was not known (that Law 09-08 applies, say), and then it still must not let the data pass.
 */
const isBetter = (now: Outcome, before: Outcome): boolean =>
  before === "unknown" ? permits(now) : rank(now) < rank(before);

/**
 * The rules that got better and no exclusion in the data allows it. A rule that was silent before cannot get better.
 * @param by what was added
 */
const unexcused = (before: Question, after: Question, by: Exclusion["by"], used: Set<string>): readonly string[] => {
  const [was, is] = [judge(before, STRICT), judge(after, STRICT)];
  return Object.entries(was.regimes).flatMap(([regime, outcome]) => {
    if (!isBetter(is.regimes[regime] ?? "allowed", outcome)) return [];
    const better = was.decisions.filter((decision) => {
      const now = is.decisions.find(({ rule }) => rule === decision.rule)?.outcome ?? "allowed";
      return decision.regime === regime && decision.outcome === outcome && isBetter(now, decision.outcome);
    });
    const excuses = EXCLUSIONS.filter((one) => one.by === by).map(({ id }) => id);
    const scope = `${regime}.scope`;
    const left = is.regimes[regime] === undefined && excuses.includes(scope);
    if (left) used.add(scope);
    for (const { rule } of better) if (excuses.includes(rule)) used.add(rule);
    return left ? [] : better.map(({ rule }) => rule).filter((rule) => !excuses.includes(rule));
  });
};

const checked = (by: Exclusion["by"], added: fc.Arbitrary<readonly [Question, Question]>): ReadonlySet<string> => {
  const used = new Set<string>();
  holds(
    fc.property(added, ([before, after]) => {
      expect(unexcused(before, after, by, used)).toEqual([]);
    }),
    5_000,
  );
  return used;
};

test("a country more in a facet makes nothing better, but for the exclusions that the data names", () => {
  const added = fc.tuple(bare, fc.constantFrom(...FACETS), country).map(([asked, facet, more]) => {
    const now = asked.place.facets[facet];
    const grown = now === undefined ? undefined : [...new Set([...now, more])];
    return [asked, say(asked, `place.facets.${facet}`, grown)] as const;
  });
  const used = checked("country", added);
  console.log(`exclusions by country that were used: ${[...used].sort().join(", ") || "none"}`);
});

test("a category more makes nothing better, but for the exclusions that the data names", () => {
  const added = fc.tuple(bare, fc.constantFrom(...CATEGORIES)).map(([asked, more]) => {
    const grown = withImplied([...asked.dataset.categories, more]);
    return [asked, say(asked, "dataset.categories", grown)] as const;
  });
  const used = checked("category", added);
  console.log(`exclusions by category that were used: ${[...used].sort().join(", ") || "none"}`);
});

test("the exclusions are these, and each says why in the data", () => {
  expect(EXCLUSIONS).toEqual([
    { id: "ma-09-08.scope", by: "category" }, // defence and the security of the State
    { id: "cbuae.master-record", by: "country" }, // one copy must be in the country
    { id: "cbuae.branch-copy", by: "country" },
    { id: "rbi.store", by: "category" }, // the domestic leg of a cross-border payment may be copied
    { id: "rbi.leg-copy", by: "country" },
  ]);
});

test("a lower form without a recorded method changes nothing, and with one it is never worse", () => {
  holds(
    fc.property(bare, fc.constantFrom(...FORMS), ({ dataset: { method: _, ...dataset }, ...asked }, form) => {
      const judged = (changes: Partial<Question["dataset"]>): Outcome =>
        judge({ ...asked, dataset: { ...dataset, ...changes } }, STRICT).outcome;
      const raw = judged({ form: "raw" });
      const method = { reference: "M-1", date: "2026-01-01" };
      if (form !== "pseudonymised") expect(judged({ form })).toBe(raw);
      expect(rank(judged({ form, method }))).toBeLessThanOrEqual(rank(raw));
    }),
  );
});
