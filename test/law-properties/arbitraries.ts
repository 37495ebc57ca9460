import { FACETS, type Formality, type Question } from "@kasbah/core";
import fc from "fast-check";
import { countries, day, FAMILY_FACTS, levelOf, RECORD_TYPES, VALUES } from "./values.ts";

type Tree = Readonly<Record<string, unknown>>;
const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null && !Array.isArray(value);

/** A copy with a value at a path; `undefined` takes the key out. */
const put = (tree: Tree, [key = "", ...rest]: readonly string[], value: unknown): Tree => {
  const below = isTree(tree[key]) ? tree[key] : {};
  const next = rest.length === 0 ? value : put(below, rest, value);
  const others = Object.fromEntries(Object.entries(tree).filter(([name]) => name !== key));
  return next === undefined ? others : { ...others, [key]: next };
};

/** Where a question says a fact. A scheme's name may hold no dot, so the path is the fact's own words. */
const pathOf = (fact: string): readonly string[] => (fact === "today" ? ["asOf"] : fact.split("."));

/** The question with one fact said otherwise, or not at all. The one place where a tree becomes a question. */
export const say = (question: Question, fact: string, value: unknown): Question =>
  put(question as unknown as Tree, pathOf(fact), value) as unknown as Question;
export const unsay = (question: Question, fact: string): Question => say(question, fact, undefined);

/** Facts that the types allow nobody to say. */
export const OPTIONAL_FACTS: readonly string[] = [
  ...Object.keys(VALUES).filter(
    (fact) =>
      !["dataset.class", "dataset.categories", "dataset.form", "subject.establishedIn", "place.name", "today"].includes(
        fact,
      ),
  ),
  ...FAMILY_FACTS,
  ...FACETS.map((facet) => `place.facets.${facet}`),
];

const EMPTY: Question = {
  datasetName: "d",
  dataset: { class: "restricted", categories: [], form: "raw" },
  place: { name: "home", facets: {}, operator: {}, contract: {}, facts: {} },
  subject: { establishedIn: ["MA"] },
  system: {},
  formalities: [],
  asOf: "2026-11-21",
};

const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined, freq: 1 });

/** Something on file, now and then for other data, another place, other countries or another time. */
export const formality: fc.Arbitrary<Formality> = fc
  .record({
    type: fc.constantFrom(...RECORD_TYPES),
    datasets: fc.constantFrom<readonly string[] | undefined>(undefined, undefined, undefined, ["d"], ["other"]),
    places: fc.constantFrom<readonly string[] | undefined>(undefined, undefined, undefined, ["home"], ["away"]),
    countries: maybe(fc.constant(["MA", "FR", "US", "CA", "GB", "HR", "AE", "SA", "IN"])),
    from: fc.option(day, { nil: undefined, freq: 3 }),
    to: fc.option(day, { nil: undefined, freq: 3 }),
  })
  .map(({ type, ...rest }) => ({
    type,
    reference: "R-1",
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
  }));

const qualification = fc.record({ level: fc.constantFrom(0, 1, 2, 3), reference: fc.constant("Q-1"), to: day });

/** A place is in one country, or each facet is somewhere. */
const facets = fc.oneof(
  countries.map((all) => Object.fromEntries(FACETS.map((facet) => [facet, all]))),
  fc.record(Object.fromEntries(FACETS.map((facet) => [facet, countries]))),
);

const said = fc.record({
  ...VALUES,
  ...Object.fromEntries(
    FAMILY_FACTS.map((fact) => [fact, fact.startsWith("place.") ? qualification : levelOf(fact)] as const),
  ),
});

/** Any question: all facts said, some of them taken back, things on file or not. */
export const question: fc.Arbitrary<Question> = fc
  .record({
    said,
    facets,
    method: fc.boolean(),
    formalities: fc.oneof(
      fc.array(formality, { maxLength: 4 }),
      fc.constant(RECORD_TYPES.map((type) => ({ type, reference: "R-2", countries: ["FR", "US", "CA", "MA", "GB"] }))),
    ),
    silent: fc.oneof(
      fc.constant<string[]>([]),
      fc.subarray([...OPTIONAL_FACTS], { maxLength: 5 }),
      fc.subarray([...OPTIONAL_FACTS]),
    ),
  })
  .map(({ said, facets, method, formalities, silent }) => {
    const full = Object.entries(said).reduce((built, [fact, value]) => say(built, fact, value), EMPTY);
    const lowered = method ? say(full, "dataset.method", { reference: "M-1", date: "2026-01-01" }) : full;
    const placed = say(say(lowered, "place.facets", facets), "formalities", formalities);
    return silent.reduce(unsay, placed);
  });
