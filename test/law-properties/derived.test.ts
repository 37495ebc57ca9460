import {
  type Dataset,
  inheritAll,
  joinSystems,
  judge,
  type Outcome,
  permits,
  type Question,
  REGIMES,
  type System,
} from "@kasbah/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { question, unsay } from "./arbitraries.ts";
import { holds, rank, STRICT } from "./support.ts";

const SCHEMES = REGIMES.flatMap(({ schemes }) => schemes);

/** Data that claims to be harmless. */
const harmless: fc.Arbitrary<Dataset> = fc.record({
  class: fc.constant("public" as const),
  categories: fc.constant([]),
  form: fc.constant("raw" as const),
  labels: fc.constantFrom<Record<string, string>>({}, { "ma-data": "public" }),
  derivedFrom: fc.constant(["source"]),
});

/** The outcome for a dataset in place of the one that the question asks about. */
const outcomeOf = (asked: Question, dataset: Dataset): number =>
  rank(judge({ ...asked, dataset, formalities: [] }, STRICT).outcome);

test("derived data is never judged better than what it was made from, unless it is reclassified on record", () => {
  holds(
    fc.property(question, harmless, ({ dataset: source, ...asked }, own) => {
      const { derived = own } = inheritAll({ source, derived: own }, SCHEMES);
      const asSource = outcomeOf({ ...asked, dataset: source }, { ...source, role: "derived" });
      expect(outcomeOf({ ...asked, dataset: source }, derived)).toBeGreaterThanOrEqual(asSource);
    }),
  );
});

test("however long the chain, and however it turns back on itself", () => {
  holds(
    fc.property(
      question,
      fc.integer({ min: 1, max: 5 }),
      fc.boolean(),
      ({ dataset: source, ...asked }, length, turns) => {
        const own: Dataset = { class: "public", categories: [], form: "raw" };
        const chain = Object.fromEntries(
          Array.from({ length }, (_, index) => {
            const from = [index === 0 ? "source" : `d${index - 1}`, ...(turns ? [`d${length - 1}`] : [])];
            return [`d${index}`, { ...own, derivedFrom: from }];
          }),
        );
        const last = inheritAll({ source, ...chain }, SCHEMES)[`d${length - 1}`] ?? own;
        const asSource = outcomeOf({ ...asked, dataset: source }, { ...source, role: "derived" });
        expect(outcomeOf({ ...asked, dataset: source }, last)).toBeGreaterThanOrEqual(asSource);
      },
    ),
  );
});

test("on record it carries its own label", () => {
  const reclassified = { by: "owner", on: "2026-01-01", reference: "R-1" };
  const own: Dataset = { class: "public", categories: [], form: "raw", derivedFrom: ["source"], reclassified };
  const source: Dataset = { class: "critical", categories: ["health"], form: "raw" };
  expect(inheritAll({ source, own }, SCHEMES)["own"]).toMatchObject({ class: "public", categories: [] });
});

test("a system more that holds the data never lets it pass where none alone would", () => {
  const system: fc.Arbitrary<System> = fc.oneof(
    fc.constant({}),
    question.map((asked) => asked.system ?? {}),
  );
  holds(
    fc.property(question, system, (asked, more) => {
      const bare = unsay({ ...asked, formalities: [] }, "system");
      const judged = (...systems: System[]): Outcome =>
        judge({ ...bare, system: joinSystems(systems, SCHEMES) }, STRICT).outcome;
      const one = asked.system ?? {};
      const both = judged(one, more);
      expect(judged(more, one)).toBe(both);
      if (permits(both)) expect(permits(judged(one)) || permits(judged(more))).toBe(true);
    }),
  );
});

test("a system that says nothing of itself is not spoken for by another", () => {
  holds(
    fc.property(question, (asked) => {
      const bare = unsay({ ...asked, formalities: [] }, "system");
      const judged = (...systems: System[]): Outcome =>
        judge({ ...bare, system: joinSystems(systems, SCHEMES) }, STRICT).outcome;
      if (permits(judged(asked.system ?? {}, {}))) expect(permits(judged({}))).toBe(true);
    }),
  );
});
