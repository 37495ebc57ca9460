import type { Country } from "../place.ts";
import { evaluate, isAmong } from "./evaluate.ts";
import { saidIn } from "./facts.ts";
import type { Outcome } from "./outcome.ts";
import { type Facts, type Formality, onFile } from "./question.ts";
import type { AcceptedFormality, Effect, Regime, Rule } from "./regime.ts";
import { proposalsFor } from "./scheme.ts";

/** What a rule says about one question. */
export interface Said {
  readonly outcome: Outcome;
  readonly change?: string;
  readonly duties?: readonly string[];
  readonly missing?: readonly string[];
  readonly derogatedBy?: string;
  readonly lifted?: Outcome;
}

/**
 * What one rule says, or nothing when it does not apply.
 * Whether it applies may be unknown: then it says what it would say at worst, unless that is good either way.
 */
export const judgeRule = (facts: Facts, regime: Regime, rule: Rule): Said | undefined => {
  const missing = new Set<string>();
  const applies = evaluate(rule.when, facts, regime.lists, missing);
  if (applies === false) return undefined;
  const said = judgeEffect(rule.effect, facts, regime);
  if (applies === true || said.outcome === "allowed") return said;
  const declare = `declare ${words(missing, facts, regime)}`;
  const change = said.change === undefined ? declare : `${declare}; if it then applies: ${said.change}`;
  const outcome = said.outcome === "conditional" ? "conditional" : "unknown";
  return { ...said, outcome, change, missing: [...missing, ...(said.missing ?? [])].sort() };
};

const judgeEffect = (effect: Effect, facts: Facts, regime: Regime): Said => {
  switch (effect.kind) {
    case "permit":
      return { outcome: "allowed" };
    case "deny":
      return { outcome: "denied", ...(effect.change === undefined ? {} : { change: effect.change }) };
    case "formality":
      return judgeFormality(effect, facts, regime);
    case "require":
      return judgeRequirement(effect, facts, regime);
    case "derogate":
      return { outcome: "conditional", duties: effect.conditions };
  }
};

/** A check that nobody can answer is unknown; where failing only leaves a duty open, the duty is open. */
const judgeRequirement = (effect: Extract<Effect, { kind: "require" }>, facts: Facts, regime: Regime): Said => {
  const missing = new Set<string>();
  const holds = evaluate(effect.check, facts, regime.lists, missing);
  if (holds === true) return { outcome: "allowed" };
  const unsaid = holds === "unknown" ? { missing: [...missing].sort() } : {};
  if (effect.onFail === "conditional") {
    return { outcome: "conditional", change: effect.duty, duties: [effect.duty], ...unsaid };
  }
  if (holds === false) return { outcome: effect.onFail, change: effect.duty };
  return { outcome: "unknown", change: `declare ${words(missing, facts, regime)}; wanted: ${effect.duty}`, ...unsaid };
};

type FormalityEffect = Extract<Effect, { kind: "formality" }>;

const judgeFormality = (effect: FormalityEffect, facts: Facts, regime: Regime): Said => {
  const missing = new Set<string>();
  const needed = effect.covers === undefined ? undefined : concerned(effect.covers, facts, regime, missing);
  const usable = (effect.oneOf ?? effect.allOf ?? []).filter(
    ({ onlyIf }) => onlyIf === undefined || evaluate(onlyIf, facts, regime.lists) === true,
  );
  const held = onFile(facts);
  const open =
    effect.allOf === undefined
      ? openOf([usable], held, needed)
      : openOf(
          effect.allOf.map((one) => (usable.includes(one) ? [one] : [])),
          held,
          needed,
        );
  const offered = effect.oneOf ?? effect.allOf ?? [];
  const file = `put on file: ${offered.map(named).join(effect.oneOf === undefined ? " and " : " or ")}`;
  const countries = [...new Set(open.flat())].sort();
  const change = `${file}${countries.length === 0 ? "" : ` that names ${countries.join(", ")}`}`;
  if (missing.size > 0) {
    const declare = `declare ${words(missing, facts, regime)}`;
    return {
      outcome: "unknown",
      change: open.length === 0 ? declare : `${declare}; ${change}`,
      missing: [...missing].sort(),
    };
  }
  return open.length === 0 ? { outcome: "allowed" } : { outcome: "needs-formality", change };
};

/** For each group of alternatives that is not satisfied: the countries that nothing on file names. */
const openOf = (
  groups: readonly (readonly AcceptedFormality[])[],
  held: readonly Formality[],
  needed: readonly Country[] | undefined,
): readonly (readonly Country[])[] =>
  groups.flatMap((group): (readonly Country[])[] => {
    const ofGroup = held.filter(({ type }) => group.some((accepted) => accepted.type === type));
    const uncovered = (needed ?? []).filter(
      (country) => !ofGroup.some(({ countries }) => countries?.includes(country)),
    );
    return ofGroup.length === 0 || uncovered.length > 0 ? [uncovered] : [];
  });

const named = ({ type, grantor, onlyIfWords }: AcceptedFormality): string =>
  `${type} (granted by ${grantor}${onlyIfWords === undefined ? "" : `; only ${onlyIfWords}`})`;

/** The countries that a formality must name; a country that may be on a list is named, to be safe. */
const concerned = (
  { facets, inside, outside }: NonNullable<FormalityEffect["covers"]>,
  facts: Facts,
  { lists }: Regime,
  missing: Set<string>,
): readonly Country[] => {
  const countries = facets.flatMap((facet) => {
    const known = facts.place.facets[facet];
    if (known === undefined) missing.add(`place.facets.${facet}`);
    return known ?? [];
  });
  return [...new Set(countries)]
    .filter(
      (country) =>
        isAmong(country, outside, facts, lists) !== true &&
        (inside === undefined || isAmong(country, inside, facts, lists) !== false),
    )
    .sort();
};

/** Facts in the words of the declaration; for a legal level with what could be proposed. */
const words = (missing: ReadonlySet<string>, { dataset }: Facts, regime: Regime): string =>
  [...missing]
    .sort()
    .map((fact) => {
      const proposal = proposalsFor(fact, regime.schemes, dataset.class);
      return proposal === undefined ? saidIn(fact) : `${saidIn(fact)} (${proposal})`;
    })
    .join(", ");
