import { FACETS, type Facet } from "../place.ts";
import type { Question } from "./question.ts";
import type { Regime } from "./regime.ts";
import { factsOfRule } from "./regime-issues.ts";
import { judge, type Verdict } from "./verdict.ts";

/** The verdict on each facet by itself: what the rules that ask about it say of its countries alone. */
export const judgeFacets = (question: Question, regimes: readonly Regime[]): Readonly<Record<Facet, Verdict>> => {
  const verdictOn = (facet: Facet): Verdict => {
    const { [facet]: countries } = question.place.facets;
    const others = Object.fromEntries(FACETS.filter((other) => other !== facet).map((other) => [other, []]));
    const facets = countries === undefined ? others : { ...others, [facet]: countries };
    return judge(
      { ...question, place: { ...question.place, facets } },
      regimes.map((regime) => about(facet, regime)),
    );
  };
  const entries = FACETS.map((facet) => [facet, verdictOn(facet)] as const);
  return Object.fromEntries(entries) as Record<Facet, Verdict>;
};

/** A regime with only the rules that ask about a facet, and the derogations that may lift them. */
const about = (facet: Facet, regime: Regime): Regime => ({
  ...regime,
  rules: regime.rules.filter(
    (rule) => rule.effect.kind === "derogate" || factsOfRule(rule).includes(`place.facets.${facet}`),
  ),
});
