import { isFact, isSecret } from "./facts.ts";
import type { Regime } from "./regime.ts";
import { factsOfRegime } from "./regime-issues.ts";

const confidential = new WeakMap<Regime, boolean>();

/** Whether a verdict of the regime betrays a fact that a law keeps secret, or a company wants it withheld. */
export const isConfidential = (regime: Regime): boolean => {
  const known = confidential.get(regime);
  if (known !== undefined) return known;
  const secret = regime.confidential === true || factsOfRegime(regime).some((fact) => isFact(fact) && isSecret(fact));
  confidential.set(regime, secret);
  return secret;
};
