import type { Dataset } from "../dataset.ts";
import type { Condition } from "../law/condition.ts";
import { evaluate, isAmong } from "../law/evaluate.ts";
import { isFact, readFact } from "../law/facts.ts";
import { leavesOf } from "../law/leaves.ts";
import { type Facts, type Formality, inForce, type System } from "../law/question.ts";
import type { Regime } from "../law/regime.ts";
import type { Site } from "../place.ts";
import { type Covers, conditionsOf, coversOf, factsIn, relevantFormalities } from "./regime-parts.ts";

/** What the questions of one plan have in common. */
export type Shared = Pick<Facts, "subject" | "formalities" | "asOf">;

/**
 * All that one regime can tell of a dataset, a site or a system, as a text. Two of one text get one verdict.
 *
 * A regime asks conditions that read one fact each, and a fact belongs to one side: the dataset, the site or the system.
 * So each side's text is what the conditions come to on it, and not its facts: all countries outside a list are one.
 * A condition that reads several sides has the facts themselves in each side's text. What is on file joins two sides:
 * each text says which formalities are open to it.
 */
export interface RegimeKeys {
  readonly dataset: (name: string, dataset: Dataset) => string;
  readonly site: (site: Site) => string;
  readonly system: (system: System) => string;
  /** The formalities that can matter to the regime on this day. */
  readonly formalities: readonly Formality[];
}

const SIDES = ["dataset", "place", "system"] as const;
type Side = (typeof SIDES)[number];

const NOWHERE: Site = { name: "", facets: {}, operator: {}, contract: {}, facts: {} };
const NOTHING: Dataset = { class: "public", categories: [], form: "raw" };

export const regimeKeys = (regime: Regime, shared: Shared): RegimeKeys => {
  const leaves = conditionsOf(regime).flatMap((condition) => [...leavesOf(condition)]);
  const formalities = relevantFormalities(regime, shared.formalities).filter((one) => inForce(one, shared.asOf));
  const readers = {
    dataset: readersOf("dataset", leaves, regime),
    place: readersOf("place", leaves, regime),
    system: readersOf("system", leaves, regime),
  };
  const read = (side: Side, from: Partial<Facts>): readonly unknown[] => {
    const facts: Facts = { datasetName: "", dataset: NOTHING, place: NOWHERE, ...shared, formalities: [], ...from };
    return readers[side].map((reader) => reader(facts));
  };
  /** For any place: what it says. For some places only: which one it is. */
  const covering = (name: string): readonly string[] =>
    formalities.flatMap(({ type, datasets, places, countries = [] }, index) => {
      if (datasets?.includes(name) === false) return [];
      return [places === undefined ? `${type} ${[...countries].sort().join(" ")}` : String(index)];
    });
  const coveredHere = (name: string): readonly number[] =>
    [...formalities.keys()].filter((index) => formalities[index]?.places?.includes(name));
  return {
    formalities,
    dataset: (name, dataset) => {
      const level = regime.schemes.length > 0 ? dataset.class : ""; // what is proposed for it depends on the class
      return JSON.stringify([read("dataset", { dataset }), level, [...new Set(covering(name))].sort()]);
    },
    site: (site) => JSON.stringify([read("place", { place: site }), coveredHere(site.name)]),
    system: (system) => JSON.stringify(read("system", { system })),
  };
};

type Reader = (facts: Facts) => unknown;

const readersOf = (side: Side, leaves: readonly Condition[], regime: Regime): readonly Reader[] => {
  const readers = new Map<string, Reader>();
  for (const part of [...leaves, ...coversOf(regime)]) {
    const read = factsIn(part, regime).filter((fact) => SIDES.some((one) => fact.startsWith(`${one}.`)));
    const here = read.filter((fact) => fact.startsWith(`${side}.`));
    if (here.length === 0) continue;
    if (here.length === read.length) readers.set(JSON.stringify(part), readerOf(part, regime));
    else for (const fact of here) readers.set(fact, (facts) => rawFact(fact, facts));
  }
  return [...readers.values()];
};

/** What a part comes to, with what is missing when that is unknown. */
const readerOf =
  (part: Condition | Covers, regime: Regime): Reader =>
  (facts) => {
    if ("outside" in part) return concerned(part, facts, regime);
    const missing = new Set<string>();
    const truth = evaluate(part, facts, regime.lists, missing);
    return truth === "unknown" ? [...missing] : truth;
  };

/** The countries that a formality may have to name, by what the regime's lists make of each. */
const concerned = ({ facets, inside = [], outside }: Covers, facts: Facts, { lists }: Regime): unknown => {
  const known = new Set(facets.flatMap((facet) => facts.place.facets[facet] ?? []));
  return [
    facets.filter((facet) => facts.place.facets[facet] === undefined),
    [...known]
      .sort()
      .map((country) => [country, isAmong(country, outside, facts, lists), isAmong(country, inside, facts, lists)])
      .filter(([, isOutside]) => isOutside !== true),
  ];
};

const rawFact = (fact: string, facts: Facts): unknown => {
  if (isFact(fact)) return readFact(fact, facts);
  const facet = fact.slice("place.facets.".length);
  return Object.entries(facts.place.facets).find(([name]) => name === facet)?.[1];
};
