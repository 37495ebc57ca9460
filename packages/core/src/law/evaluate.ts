import type { Dataset } from "../dataset.ts";
import { withImplied } from "../dataset.ts";
import type { Country, Facet, Place } from "../place.ts";
import { type Condition, FACTS, type Fact, type Regime } from "./regime.ts";
import { all, any, not, type Truth } from "./truth.ts";

/** Whose data it is. */
export interface Subject {
  /** Countries in which the owner of the data is established. */
  readonly establishedIn: readonly Country[];
}

/** What a condition is evaluated against. */
export interface Facts {
  readonly dataset: Dataset;
  readonly place: Place;
  readonly subject: Subject;
}

const readers: Readonly<Record<Fact, (facts: Facts) => unknown>> = {
  "dataset.categories": ({ dataset }) => withImplied(dataset.categories),
  "dataset.form": ({ dataset }) => dataset.form,
  "dataset.purpose": ({ dataset }) => dataset.purpose,
  "subject.establishedIn": ({ subject }) => subject.establishedIn,
  "place.operator.isSubject": ({ place }) => place.operator.isSubject,
  "place.operator.incorporatedIn": ({ place }) => place.operator.incorporatedIn,
  "place.operator.controlledFrom": ({ place }) => place.operator.controlledFrom,
  "place.contract.processorClauses": ({ place }) => place.contract.processorClauses,
  "place.contract.law": ({ place }) => place.contract.law,
  "place.facts.encryptionAtRest": ({ place }) => place.facts.encryptionAtRest,
  "place.facts.encryptionInTransit": ({ place }) => place.facts.encryptionInTransit,
  "place.facts.accessLog": ({ place }) => place.facts.accessLog,
  "place.facts.keyManager": ({ place }) => place.facts.keyManager,
};

const read = (fact: Fact, facts: Facts): unknown => {
  const value = readers[fact](facts);
  const meaning: { readonly absent?: unknown } = FACTS[fact];
  return value === undefined ? meaning.absent : value;
};

/** Countries with each `@list` of the regime written out. */
export const expand = (countries: readonly string[], lists: Regime["lists"]): ReadonlySet<Country> =>
  new Set(countries.flatMap((entry) => (entry.startsWith("@") ? (lists[entry.slice(1)]?.members ?? []) : [entry])));

/** Whether a condition holds, and which facts could not be read on the way. */
export const evaluate = (
  condition: Condition,
  facts: Facts,
  lists: Regime["lists"],
  missing: Set<string> = new Set(),
): Truth => {
  if ("all" in condition) return all(condition.all.map((part) => evaluate(part, facts, lists, missing)));
  if ("any" in condition) return any(condition.any.map((part) => evaluate(part, facts, lists, missing)));
  if ("not" in condition) return not(evaluate(condition.not, facts, lists, missing));
  if ("facets" in condition) {
    const set = expand(condition.value, lists);
    const asked = (country: Country): boolean => set.has(country) === (condition.op === "anyIn");
    return any(condition.facets.map((facet) => facetHas(facts.place, facet, asked, missing)));
  }
  const value = read(condition.fact, facts);
  if (value === undefined) {
    missing.add(condition.fact);
    return "unknown";
  }
  if (condition.op === "eq") return value === condition.value;
  const wanted = condition.op === "has" ? [condition.value] : condition.value;
  const held: readonly unknown[] = Array.isArray(value) ? value : [value];
  return wanted.some((entry) => held.includes(entry));
};

const facetHas = (place: Place, facet: Facet, asked: (country: Country) => boolean, missing: Set<string>): Truth => {
  const countries = place.facets[facet];
  if (countries === undefined) {
    missing.add(`place.facets.${facet}`);
    return "unknown";
  }
  return countries.some(asked);
};
