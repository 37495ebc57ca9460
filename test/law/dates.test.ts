import { addMonths, judge, parseRegime, REGIMES } from "@kasbah/core";
import { expect, test } from "vitest";
import { ask, but, filed, outcomeOf, question, regime } from "./support.ts";

test("a rule that enters into force in 2027 changes the verdict then", () => {
  const law = regime("in-rbi-psd");
  const parsed = parseRegime({ ...law, rules: law.rules.map((rule) => ({ ...rule, from: "2027-06-01" })) });
  if (!parsed.ok) throw new Error("refused");
  const asked = question("IN", {
    dataset: { categories: ["in-payment-data"] },
    place: { facets: { backup: ["US"] } },
  });
  expect(judge({ ...asked, asOf: "2027-05-31" }, [parsed.value]).outcome).toBe("allowed");
  expect(judge({ ...asked, asOf: "2027-06-01" }, [parsed.value]).outcome).toBe("denied");
});

test("the adequacy of the United Kingdom ends with its decision", () => {
  const london = question("FR", { place: { facets: { backup: ["GB"] } } });
  expect(outcomeOf(but(london, { asOf: "2031-12-27" }), "gdpr.xfer.other")).toBe("silent");
  expect(outcomeOf(but(london, { asOf: "2031-12-28" }), "gdpr.xfer.other")).toBe("needs-formality");
});

test("a list that is not in force decides nothing: unknown, and says which list", () => {
  const law = regime("ma-09-08");
  const list = law.lists["cndp-adequate"];
  const parsed = parseRegime({ ...law, lists: { "cndp-adequate": { ...list, to: "2026-12-31" } } });
  if (!parsed.ok) throw new Error("refused");
  const asked = question("MA", { place: { facets: { backup: ["FR"] } }, formalities: filed("cndp-declaration") });
  const { outcome, decidedBy } = judge({ ...asked, asOf: "2027-01-01" }, [parsed.value]);
  expect(outcome).toBe("unknown");
  expect(decidedBy[0]?.change).toContain("the list cndp-adequate as of 2027-01-01");
});

test("what is on file is on file from its first to its last day", () => {
  const asked = question("MA", {
    formalities: [{ type: "cndp-declaration", reference: "D", from: "2026-02-01", to: "2026-02-28" }],
  });
  const outcomes = ["2026-01-31", "2026-02-01", "2026-02-28", "2026-03-01"].map(
    (asOf) => ask(but(asked, { asOf })).outcome,
  );
  expect(outcomes).toEqual(["needs-formality", "allowed", "allowed", "needs-formality"]);
});

test("so many months later is the same day, or the last one of its month", () => {
  expect([addMonths("2025-11-18", 12), addMonths("2024-02-29", 12), addMonths("2026-10-31", 4)]).toEqual([
    "2026-11-18",
    "2025-02-28",
    "2027-02-28",
  ]);
});

test("the day is an argument: the same question gives the same answer", () => {
  const asked = question("MA");
  expect(judge(asked, REGIMES)).toEqual(judge(asked, [...REGIMES].reverse()));
});
