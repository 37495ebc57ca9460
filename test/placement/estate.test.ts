import { choosePlaces, judgeAll, judgeOnce, parseRegime, permits, systemOf } from "@kasbah/core";
import { expect, test } from "vitest";
import { dice, estate } from "../support/estate.ts";

test.each([
  ["alike", 40],
  ["all different", 1000],
])("a thousand workloads over two hundred places, datasets %s: every verdict is the naive one", (_, kinds) => {
  const { context, workloads, places } = estate(1000, 200, kinds);
  const placements = choosePlaces(workloads, places, context);
  expect(placements.map(({ workload }) => workload)).toEqual(workloads.map(({ name }) => name));
  expect(places).toHaveLength(200);
  const rng = dice(11);
  for (let count = 0; count < 3000; count++) {
    const index = rng.below(workloads.length);
    const [workload, placement] = [workloads[index], placements[index]];
    if (workload === undefined || placement === undefined) throw new Error("an index too far");
    if (placement.candidates.length === 0) continue;
    const { unmet: _, ...candidate } = rng.one(placement.candidates);
    const place = places.find(({ name }) => name === candidate.place);
    if (place === undefined) throw new Error("a candidate that is no place");
    expect(candidate).toEqual(judgeAll(workload.datasets, place, context, systemOf(workload)));
  }
});

test("what is chosen is permitted and meets every need; what is not chosen has no better one", () => {
  const { context, workloads, places } = estate(200, 100);
  const placements = choosePlaces(workloads, places, context);
  expect(placements.filter(({ place }) => place !== undefined).length).toBeGreaterThan(20);
  for (const { place, pinned, candidates } of placements) {
    const fit = candidates.filter(({ outcome, unmet }) => permits(outcome) && unmet.length === 0);
    if (pinned === undefined) expect(place).toBe(fit[0]?.place);
    else expect([undefined, pinned]).toContain(place);
  }
});

test("conditions that read the dataset and the place at once, and what is on file, are told apart", () => {
  const { context, workloads, places } = estate(60, 60, 60, 5);
  const rule = (id: string, effect: unknown) => ({
    id: `own.${id}`,
    title: id,
    when: { always: true },
    effect,
    source,
  });
  const source = { instrument: "policy", article: "1", seen: "primary" };
  const own = parseRegime({
    id: "own",
    version: "1",
    jurisdiction: "own",
    title: "Own rule",
    authority: { id: "own", name: "Own" },
    instruments: [{ id: "policy", title: "Policy", seen: "primary", source: "intranet" }],
    scope: { when: { always: true }, source: "1" },
    lists: {
      friends: {
        title: "Friends",
        members: ["MA"],
        scoped: { FR: { when: { fact: "dataset.purpose", op: "eq", value: "care" }, words: "for care" } },
        seen: "primary",
        source: "intranet",
      },
    },
    categories: [],
    rules: [
      rule("stay", {
        kind: "require",
        check: { facets: ["storage", "support"], op: "allIn", value: ["@friends"] },
        onFail: "denied",
        duty: "stay among friends",
      }),
      rule("named", {
        kind: "formality",
        oneOf: [{ type: "cndp-transfer-authorisation", grantor: "authority" }],
        covers: { facets: ["storage", "support"], outside: ["@friends"] },
      }),
      rule("filed", {
        kind: "require",
        check: { fact: "records", op: "has", value: "cndp-declaration" },
        onFail: "conditional",
        duty: "declare it",
      }),
    ],
    obligations: [],
  });
  if (!own.ok) throw new Error(JSON.stringify(own.problems));
  const stricter = { ...context, regimes: [...context.regimes, own.value] };
  for (const [index, { candidates }] of choosePlaces(workloads, places, stricter).entries()) {
    const workload = workloads[index];
    for (const { unmet: _, ...candidate } of candidates) {
      const place = places.find(({ name }) => name === candidate.place);
      if (place === undefined || workload === undefined) throw new Error("a candidate of nobody");
      expect(candidate).toEqual(judgeAll(workload.datasets, place, stricter, systemOf(workload)));
    }
  }
});

test("without a system, a dataset is judged for everything that holds it, as the naive way does", () => {
  const { context: bare, workloads, places } = estate(40, 60, 40, 3);
  const context = {
    ...bare,
    systems: workloads.map(({ datasets }, index) => ({ datasets, critical: index % 3 === 0 })),
  };
  const judged = judgeOnce(context);
  for (const { datasets } of workloads) {
    for (const place of places.slice(0, 20)) {
      expect({ place: place.name, ...judged(datasets)(place) }).toEqual(judgeAll(datasets, place, context));
    }
  }
});
