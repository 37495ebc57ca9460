import { judge, type Question, REGIMES } from "@kasbah/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { addMonths } from "../../packages/core/src/law/evaluate.ts";
import { question } from "./arbitraries.ts";
import { holds } from "./support.ts";
import { anyDay, BOUNDARIES, conditionsOf, MONTHS } from "./values.ts";

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Every day that the question itself names, and so many months after it as some rule counts. */
const daysOf = (asked: Question): readonly string[] => {
  const named = [...JSON.stringify({ ...asked, asOf: "" }).matchAll(/"(\d{4}-\d{2}-\d{2})"/g)].map(
    ([, day = ""]) => day,
  );
  return named.flatMap((day) => [day, ...MONTHS.map((months) => addMonths(day, months))]);
};

const verdictOn = (asked: Question, asOf: string) => {
  const { outcome, decisions } = judge({ ...asked, asOf }, REGIMES);
  return { outcome, said: decisions.map(({ rule, outcome: said }) => `${rule} ${said}`) };
};

test("between two days that no rule and no record names, the verdict stays", () => {
  let compared = 0;
  holds(
    fc.property(question, anyDay, anyDay, (asked, one, other) => {
      const [first = "", last = ""] = [one, other].sort();
      const named = [...BOUNDARIES, ...daysOf(asked)];
      // a span includes its last day, so that what ends on the first day still held then
      const changes = named.some((day) => day >= first && day <= last);
      if (changes) return;
      compared += 1;
      expect(verdictOn(asked, last)).toEqual(verdictOn(asked, first));
    }),
    5_000,
  );
  console.log(`days: ${compared} pairs without a dated change between them`);
  expect(compared).toBeGreaterThan(500);
});

test("no day makes it crash, also none that is no day", () => {
  const odd = fc.constantFrom("0001-01-01", "9999-12-31", "2026-02-30", "2028-02-29", "", "today", "20261121");
  holds(
    fc.property(question, fc.oneof(anyDay, odd, fc.string()), (asked, asOf) => {
      expect(judge({ ...asked, asOf }, REGIMES).decisions).toBeInstanceOf(Array);
    }),
  );
});

test("the days on which the loaded rules change are these", () => {
  expect(REGIMES.flatMap(conditionsOf).length).toBeGreaterThan(0);
  expect(BOUNDARIES).toContain("2027-08-21");
});

test.each([
  ["2026-01-31", 1, "2026-02-28"],
  ["2024-02-29", 12, "2025-02-28"],
  ["2025-08-21", 24, "2027-08-21"],
  ["2025-12-31", 2, "2026-02-28"],
])("%s and %i months is %s", (day, months, later) => {
  expect(addMonths(day, months)).toBe(later);
  expect(day).toMatch(DAY);
});
