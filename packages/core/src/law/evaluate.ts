import type { Country } from "../place.ts";
import type { Condition } from "./condition.ts";
import { readFact } from "./facts.ts";
import { own } from "./own.ts";
import { type Facts, inForce } from "./question.ts";
import type { Regime } from "./regime.ts";
import { not, type Truth } from "./truth.ts";

export type { Facts, Subject } from "./question.ts";

type Lists = Regime["lists"];
type FacetCondition = Extract<Condition, { readonly facets: unknown }>;
type FactCondition = Extract<Condition, { readonly fact: unknown }>;

/** Whether a condition holds. When that is unknown, `missing` gets the facts that would tell. */
export const evaluate = (condition: Condition, facts: Facts, lists: Lists, missing?: Set<string>): Truth => {
  const truth = truthOf(condition, facts, lists);
  if (truth === "unknown" && missing !== undefined) collect(condition, facts, lists, missing);
  return truth;
};

const truthOf = (condition: Condition, facts: Facts, lists: Lists): Truth => {
  if ("fact" in condition) {
    const value = readFact(condition.fact, facts);
    return value === undefined ? "unknown" : compare(condition, value, facts, lists);
  }
  if ("facets" in condition) return truthOfFacets(condition, facts, lists);
  if ("all" in condition) return each(condition.all, (part) => truthOf(part, facts, lists), false);
  if ("any" in condition) return each(condition.any, (part) => truthOf(part, facts, lists), true);
  return "not" in condition ? not(truthOf(condition.not, facts, lists)) : true;
};

/** The first entry that is `decisive` settles it; else one unknown leaves it open. */
const each = <T>(entries: readonly T[], ask: (entry: T) => Truth, decisive: boolean): Truth => {
  let open = false;
  for (const entry of entries) {
    const truth = ask(entry);
    if (truth === decisive) return decisive;
    if (truth === "unknown") open = true;
  }
  return open ? "unknown" : !decisive;
};

/** The facts that leave a condition open: only those of parts that are unknown themselves. */
const collect = (condition: Condition, facts: Facts, lists: Lists, missing: Set<string>): void => {
  if (truthOf(condition, facts, lists) !== "unknown") return;
  if ("all" in condition) for (const part of condition.all) collect(part, facts, lists, missing);
  else if ("any" in condition) for (const part of condition.any) collect(part, facts, lists, missing);
  else if ("not" in condition) collect(condition.not, facts, lists, missing);
  else if ("facets" in condition) {
    for (const facet of condition.facets) {
      if (facts.place.facets[facet] === undefined) missing.add(`place.facets.${facet}`);
      for (const country of facts.place.facets[facet] ?? [])
        collectList(country, condition.value, facts, lists, missing);
    }
  } else if ("fact" in condition) {
    const value = readFact(condition.fact, facts);
    if (value === undefined) missing.add(condition.fact);
    else if ("value" in condition && Array.isArray(condition.value)) {
      for (const word of Array.isArray(value) ? value : [value]) {
        collectList(word, condition.value, facts, lists, missing);
      }
    }
  }
};

/** What leaves it open whether a word is on one of the lists. */
const collectList = (word: unknown, values: readonly string[], facts: Facts, lists: Lists, missing: Set<string>) => {
  if (typeof word !== "string") return;
  for (const value of values) {
    const list = value.startsWith("@") ? own(lists, value.slice(1)) : undefined;
    if (list === undefined || matches(word, value, facts, lists) !== "unknown") continue;
    if (!inForce(list, facts.asOf)) missing.add(`the list ${value.slice(1)} as of ${facts.asOf}`);
    const scoped = own(list.scoped ?? {}, word);
    if (scoped !== undefined) collect(scoped.when, facts, lists, missing);
  }
};

const compare = (condition: FactCondition, value: unknown, facts: Facts, lists: Lists): Truth => {
  const held: readonly unknown[] = Array.isArray(value) ? value : [value];
  const { op } = condition;
  switch (op) {
    case "eq":
      return value === condition.value;
    case "has":
      return held.includes(condition.value);
    case "in":
    case "hasAny":
      return each(held, (entry) => isAmong(entry, condition.value, facts, lists), true);
    case "hasOther":
      return each(held, (entry) => not(isAmong(entry, condition.value, facts, lists)), true);
    case "nonEmpty":
      return held.length > 0;
    case "gte":
      return ordered(value, condition.value, (order) => order >= 0);
    case "lte":
      return ordered(value, condition.value, (order) => order <= 0);
    case "lt":
      return ordered(value, condition.value, (order) => order < 0);
    case "monthsPassed":
      return typeof value === "string" ? addMonths(value, condition.value) <= facts.asOf : "unknown";
  }
};

/** Two numbers or two days; what cannot be compared is unknown. */
const ordered = (value: unknown, limit: number | string, test: (order: number) => boolean): Truth => {
  if (typeof value === "number" && typeof limit === "number") return test(value - limit);
  if (typeof value === "string" && typeof limit === "string") return test(value < limit ? -1 : value > limit ? 1 : 0);
  return "unknown";
};

/** The same day so many months later; the last day of the month where it has none. */
export const addMonths = (day: string, months: number): string => {
  const [year = 0, month = 1, dayOfMonth = 1] = day.split("-").map(Number);
  const index = year * 12 + (month - 1) + months;
  const [inYear, inMonth] = [Math.floor(index / 12), index % 12];
  const last = new Date(Date.UTC(inYear, inMonth + 1, 0)).getUTCDate();
  const two = (number: number): string => String(number).padStart(2, "0");
  return `${String(inYear).padStart(4, "0")}-${two(inMonth + 1)}-${two(Math.min(dayOfMonth, last))}`;
};

const truthOfFacets = ({ facets, op, value }: FacetCondition, facts: Facts, lists: Lists): Truth => {
  const decisive = op === "anyIn" || op === "anyOutside";
  const inside = op === "anyIn" || op === "allIn";
  return each(
    facets,
    (facet): Truth => {
      const countries = facts.place.facets[facet];
      if (countries === undefined) return "unknown";
      const asked = (country: Country): Truth => {
        const among = isAmong(country, value, facts, lists);
        return inside ? among : not(among);
      };
      return each(countries, asked, decisive);
    },
    decisive,
  );
};

/** Whether a word is one of the values, `@list` written out. A list of another time decides nothing. */
export const isAmong = (word: unknown, values: readonly string[], facts: Facts, lists: Lists): Truth =>
  each(values, (value) => matches(word, value, facts, lists), true);

const matches = (word: unknown, value: string, facts: Facts, lists: Lists): Truth => {
  if (!value.startsWith("@")) return word === value;
  const list = own(lists, value.slice(1));
  if (list === undefined || typeof word !== "string") return false;
  const scoped = own(list.scoped ?? {}, word);
  if (scoped === undefined && !list.members.includes(word)) return false;
  if (!inForce(list, facts.asOf)) return "unknown";
  return scoped === undefined ? true : truthOf(scoped.when, facts, lists);
};
