import {
  type Context,
  choosePlace,
  type Dataset,
  findRegime,
  isFit,
  type Placeable,
  type PlaceOffer,
  planOf,
} from "@kasbah/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { estate } from "../support/estate.ts";
import { parsed } from "./declared.ts";

const law = findRegime("ma-09-08");
if (law === undefined) throw new Error("ma-09-08 is not loaded");

const personal: Dataset = { class: "restricted", categories: ["national-id"], form: "raw" };
const context: Context = {
  datasets: { people: personal, news: { class: "public", categories: [], form: "raw" } },
  subject: { establishedIn: ["MA"] },
  formalities: [{ type: "cndp-processing-authorisation", reference: "A-1" }],
  regimes: [law],
  asOf: "2026-11-21",
};

const place = (name: string, country: string, more: Partial<PlaceOffer> = {}): PlaceOffer => {
  const all = [country];
  return {
    name,
    facets: { storage: all, processing: all, backup: all, logs: all, controlPlane: all, support: all, keys: all },
    operator: { isSubject: false },
    contract: { processorClauses: true },
    facts: { encryptionAtRest: true, encryptionInTransit: true, accessLog: true, keyManager: true },
    ...more,
  };
};

const PLACES = [
  place("casa", "MA", { offers: { gpuMemoryGiB: 80, pricePerMonth: 900 } }),
  place("rabat", "MA", { offers: { gpuMemoryGiB: 24, pricePerMonth: 500 } }),
  place("tanger", "MA"),
  place("virginia", "US", { offers: { gpuMemoryGiB: 141, pricePerMonth: 100 } }),
  place("no-contract", "MA", { contract: { processorClauses: false } }),
];

const choose = (changes: Partial<Placeable>, places: readonly PlaceOffer[] = PLACES) =>
  choosePlace({ name: "w", datasets: ["people"], ...changes }, places, context);

const order = (changes: Partial<Placeable>) => choose(changes).candidates.map((candidate) => candidate.place);

test("the lawful places come first; without a preference the name decides", () => {
  const { place: chosen, candidates } = choose({});
  expect(chosen).toBe("casa");
  expect(candidates.map((one) => [one.place, one.outcome, isFit(one)])).toMatchObject([
    ["casa", "allowed", true],
    ["rabat", "allowed", true],
    ["tanger", "allowed", true],
    ["no-contract", "conditional", true],
    ["virginia", "needs-formality", false],
  ]);
});

test("the caller's order decides among equals, and does not lift a conditional place over an allowed one", () => {
  expect(order({ places: ["no-contract", "tanger", "rabat"] })).toEqual(["tanger", "rabat", "no-contract"]);
});

test("a wish comes before the caller's order; a place without a price comes last", () => {
  expect(order({ places: ["tanger", "casa", "rabat"], wishes: ["price"] })).toEqual(["rabat", "casa", "tanger"]);
});

test("the cheapest place is not chosen against the law", () => {
  expect(choose({ wishes: ["price"] }).place).toBe("rabat");
  expect(choose({ wishes: ["price"], datasets: ["news"] }).place).toBe("virginia");
});

test("a place that does not meet a need is not chosen, one that does not say neither", () => {
  const { place: chosen, candidates } = choose({ needs: { gpuMemoryGiB: 48 } });
  expect(chosen).toBe("casa");
  expect(candidates.map(({ place: name, unmet }) => [name, unmet.map(({ offered }) => offered)])).toEqual([
    ["casa", []],
    ["rabat", ["24"]],
    ["tanger", [undefined]],
    ["no-contract", [undefined]],
    ["virginia", []],
  ]);
  expect(choose({ needs: { gpuMemoryGiB: 200 } })).not.toHaveProperty("place");
});

test.each([
  ["against the law", { pin: "virginia" }, undefined],
  ["against a need", { pin: "tanger", needs: { gpuMemoryGiB: 48 } }, undefined],
  ["to a lawful place that is not the best", { pin: "tanger" }, "tanger"],
  ["to a place that is not among the named ones", { pin: "tanger", places: ["casa"] }, "tanger"],
  ["to no place at all", { pin: "atlantis" }, undefined],
])("a pin %s", (_, changes, chosen) => {
  const placement = choose(changes);
  expect(placement.place).toBe(chosen);
  expect(placement.pinned).toBe(changes.pin);
});

test("a refused pin says why, and so does a need that no place meets", () => {
  const { refusals } = planOf(
    parsed(({ workloads, places }) => {
      Object.assign(places["home"] ?? {}, { offers: { gpuMemoryGiB: 24 } });
      Object.assign(workloads["document-store"] ?? {}, { pin: "europe" });
      Object.assign(workloads["vector-store"] ?? {}, { needs: { gpuMemoryGiB: 80, pgvector: true } });
    }),
    "2026-11-21",
  );
  expect(refusals[0]).toMatch(/^workloads\.document-store\.pin: europe is refused\. europe: documents: \S+ by /);
  expect(refusals[1]).toMatch(
    /^workloads\.vector-store: no permitted place meets every need\. home: needs gpuMemoryGiB of at least 80, offers 24; needs pgvector to be there, and it does not say \| europe: vectors: /,
  );
});

test("the order in which places, datasets and formalities come never matters", () => {
  const { context: shared, workloads, places } = estate(60, 40);
  const chosen = (list: readonly PlaceOffer[], workload: Placeable, given: Context) => {
    const { candidates, ...choice } = choosePlace(workload, list, given);
    return { ...choice, candidates: candidates.map((one) => [one.place, one.outcome, one.unmet]) };
  };
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...places], { minLength: places.length }),
      fc.shuffledSubarray([...shared.formalities], { minLength: shared.formalities.length }),
      fc.shuffledSubarray([...shared.regimes], { minLength: shared.regimes.length }),
      fc.constantFrom(...workloads),
      (list, formalities, regimes, workload) => {
        const datasets = workload.datasets.toReversed();
        const given = { ...shared, formalities, regimes };
        expect(chosen(list, { ...workload, datasets }, given)).toEqual(chosen(places, workload, shared));
      },
    ),
    { numRuns: 50 },
  );
});
