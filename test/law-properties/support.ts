import { factsOf, factsOfRule, judge, OUTCOMES, type Outcome, type Question, REGIMES, type Regime } from "@kasbah/core";
import fc from "fast-check";

/** One seed for all: a failure repeats, and its path is in fast-check's message. */
export const SEED = 20261121;
export const RUNS = 1_000;

/** Checks a property with the seed, and says how many runs it had. */
export const holds = <T>(property: fc.IProperty<T>, runs = RUNS): void => {
  fc.assert(property, { seed: SEED, numRuns: runs });
};

export const rank = (outcome: Outcome): number => OUTCOMES.indexOf(outcome);

/** Regimes whose derogations are struck out. */
export const withoutDerogations = (regimes: readonly Regime[]): readonly Regime[] =>
  regimes.map((regime) => ({ ...regime, rules: regime.rules.filter(({ effect }) => effect.kind !== "derogate") }));

export const STRICT = withoutDerogations(REGIMES);

/** Facts that the scopes read, and the rules that said something about a question. */
export const factsRead = (question: Question, regimes: readonly Regime[]): readonly string[] => {
  const { decisions } = judge(question, regimes);
  return [
    ...new Set(
      regimes.flatMap((regime) => [
        ...factsOf(regime.scope.when),
        ...regime.rules
          .filter(({ id }) => decisions.some(({ rule, regime: of }) => rule === id && of === regime.id))
          .flatMap(factsOfRule),
      ]),
    ),
  ];
};

/** An exclusion that the data names: more countries or more categories may make these better, on purpose. */
export interface Exclusion {
  readonly id: string;
  readonly by: "country" | "category";
}

export const EXCLUSIONS: readonly Exclusion[] = REGIMES.flatMap((regime) => [
  ...(regime.scope.exclusion === undefined ? [] : [{ id: `${regime.id}.scope`, by: regime.scope.exclusion.by }]),
  ...regime.rules.flatMap(({ id, exclusion }) => (exclusion === undefined ? [] : [{ id, by: exclusion.by }])),
]);
