import { FACTS, isFact, judge, meaningOf, type Question, REGIMES } from "@kasbah/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { OPTIONAL_FACTS, question, say, unsay } from "./arbitraries.ts";
import { factsRead, holds, rank } from "./support.ts";

/**
 * Facts whose absence the table of facts reads as good news, each with its reason there: a designation by the European
 * supervisors is public, and a body outside the coordinated sectors has been designated as nothing.
 */
const GOOD_WHEN_ABSENT = ["place.operator.doraCritical", "subject.designations"];

const removable = (asked: Question): readonly string[] =>
  factsRead(asked, REGIMES).filter((fact) => OPTIONAL_FACTS.includes(fact) && unsay(asked, fact) !== asked);

test("a missing fact never turns a verdict into allowed", () => {
  let removed = 0;
  holds(
    fc.property(question, (asked) => {
      const before = judge(asked, REGIMES).outcome;
      for (const fact of removable(asked)) {
        if (GOOD_WHEN_ABSENT.includes(fact)) continue;
        removed += 1;
        const after = judge(unsay(asked, fact), REGIMES).outcome;
        if (after === "allowed") expect({ fact, before, after }).toEqual({ fact, before: "allowed", after });
      }
    }),
  );
  console.log(`missing facts: ${removed} removals tried`);
  expect(removed).toBeGreaterThan(5_000);
});

test("all facts but the two that are public are worse when absent, whatever the question", () => {
  holds(
    fc.property(question, fc.subarray([...OPTIONAL_FACTS], { minLength: 1 }), (asked, facts) => {
      const kept = facts.filter((fact) => !GOOD_WHEN_ABSENT.includes(fact));
      const before = judge(asked, REGIMES).outcome;
      const after = judge(kept.reduce(unsay, asked), REGIMES).outcome;
      if (after === "allowed") expect({ kept, before }).toEqual({ kept, before: "allowed" });
    }),
  );
});

test("a fact with an absent value means, when missing, what it means when that value is said", () => {
  const named = Object.keys(FACTS).filter((fact) => isFact(fact) && meaningOf(fact).absent !== undefined);
  expect(named).toEqual(expect.arrayContaining(GOOD_WHEN_ABSENT));
  holds(
    fc.property(question, fc.constantFrom(...named), (asked, fact) => {
      const silent = unsay(asked, fact);
      const value = isFact(fact) ? meaningOf(fact).absent?.(silent) : undefined;
      if (value === undefined) return;
      expect(judge(silent, REGIMES)).toEqual(judge(say(silent, fact, value), REGIMES));
    }),
  );
});

test("taking something off file never makes a verdict better", () => {
  holds(
    fc.property(question, fc.nat(), (asked, pick) => {
      const { formalities } = asked;
      fc.pre(formalities.length > 0);
      const gone = formalities.filter((_, index) => index !== pick % formalities.length);
      const before = judge(asked, REGIMES).outcome;
      expect(rank(judge({ ...asked, formalities: gone }, REGIMES).outcome)).toBeGreaterThanOrEqual(rank(before));
    }),
  );
});
