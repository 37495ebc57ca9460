import { isConfidential, judge, obligationsFor, publicView, REGIMES } from "@kasbah/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { question } from "./arbitraries.ts";
import { holds } from "./support.ts";

const SECRET = REGIMES.filter(isConfidential);

/** Words that betray a confidential regime: its id, and the ids and titles of its rules. */
const WORDS = [
  ...SECRET.map(({ id }) => id),
  ...SECRET.flatMap(({ rules }) => rules.flatMap(({ id, title }) => [id, title])),
  "ma-iiv",
  "ma-entity",
];

test("what may be shown of a verdict names no confidential rule once its scope is decided", () => {
  expect(SECRET.map(({ id }) => id)).toEqual(["ma-05-20-vital"]);
  let withheld = 0;
  holds(
    fc.property(question, (asked) => {
      const verdict = judge(asked, REGIMES);
      const shown = publicView(verdict);
      expect(shown.outcome).toBe(verdict.outcome);
      const undecided = verdict.decisions.some(
        ({ rule, outcome }) => rule === `${SECRET[0]?.id}.scope` && outcome === "unknown",
      );
      if (undecided) return;
      if (shown !== verdict) withheld += 1;
      const text = JSON.stringify(shown);
      expect(WORDS.filter((word) => text.includes(word))).toEqual([]);
    }),
  );
  expect(withheld).toBeGreaterThan(50);
});

test("its duties are marked once its scope is decided", () => {
  holds(
    fc.property(question, (asked) => {
      const open = obligationsFor(asked, REGIMES).filter(
        ({ secret, undecided }) => secret !== true && undecided !== true,
      );
      expect(open.filter(({ regime }) => SECRET.some(({ id }) => id === regime))).toEqual([]);
    }),
  );
});
