import { judgeCases, REGIMES } from "@kasbah/core";
import { expect, test } from "vitest";
import file from "./public-cases.json" with { type: "json" };

const judged = judgeCases(file, REGIMES, "2026-11-21");
if (!judged.ok) throw new Error(JSON.stringify(judged.problems));

test.each(file.cases.map((one) => [one.n, one.title, one] as const))(
  "case %i: %s",
  (n, _, { expect: wanted, decides }) => {
    const one = judged.value.find((entry) => entry.n === n);
    expect(one?.verdict).toBe(wanted);
    if (decides !== undefined) expect(one?.decides).toContain(decides);
  },
);

test("a placement that nobody described is a problem, not a guess", () => {
  const [first] = file.cases;
  const answer = judgeCases({ placements: {}, cases: [{ ...first, placement: "mars" }] }, REGIMES, "2026-11-21");
  expect(answer).toMatchObject({ ok: false, problems: [{ path: "cases.0.placement", got: "mars" }] });
});
