import type { Class } from "../label.ts";
import type { Regime, Scheme } from "./regime.ts";

/** A scheme of legal levels, such as `ma-data`. */
export const findScheme = (id: string, regimes: readonly Regime[]): Scheme | undefined =>
  regimes.flatMap(({ schemes }) => schemes).find((scheme) => scheme.id === id);

/** The level that a company's class suggests. A proposal: the owner has to declare it, nobody else can. */
export const proposeLabel = (scheme: Pick<Scheme, "proposes">, level: Class): string | undefined =>
  scheme.proposes[level];

/** Position of a level in its scheme; `undefined` for a word that is none of its levels. */
export const rankOf = (scheme: Scheme, level: string): number | undefined =>
  scheme.levels.find(({ id }) => id === level)?.rank;

/** What to propose for a missing `dataset.labels.<scheme>` or `system.labels.<scheme>`. */
export const proposalsFor = (fact: string, schemes: readonly Scheme[], level: Class): string | undefined => {
  const scheme = schemes.find(({ id, of }) => fact === `${of}.labels.${id}`);
  const proposed = scheme === undefined ? undefined : proposeLabel(scheme, level);
  return proposed === undefined ? undefined : `proposed for class ${level}: ${proposed}; its owner has to declare it`;
};
