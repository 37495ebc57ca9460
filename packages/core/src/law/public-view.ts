import { type Decision, type Verdict, verdictOf } from "./verdict.ts";

/** The name under which a withheld decision is shown. A company's confidential rules have the same. */
export const WITHHELD = "withheld";

/**
 * What may be shown of a verdict when nobody asked for more.
 *
 * Law 05-20 art. 16 and 18 keep the list of vital bodies and their systems secret. A decision of a regime whose scope
 * reads such a fact betrays it by its name, its article or its advice alone. So: one that allows is left out, and all
 * others become one decision without regime, rule, article, advice or duty. Regimes that a company marks as
 * `confidential` look the same, so that the withheld line does not say whose rule it is.
 * The outcome itself stays: what is refused is refused.
 */
export const publicView = (verdict: Verdict): Verdict => {
  const open = verdict.decisions.filter(({ secret }) => secret !== true);
  const hidden = verdict.decisions.filter(({ secret, outcome }) => secret === true && outcome !== "allowed");
  if (open.length === verdict.decisions.length) return verdict;
  const shown = new Map(hidden.map(({ outcome }) => [outcome, withheld(outcome)]));
  return verdictOf([...open, ...shown.values()]);
};

const withheld = (outcome: Decision["outcome"]): Decision => ({
  regime: WITHHELD,
  version: WITHHELD,
  rule: WITHHELD,
  title: "a rule that is kept confidential",
  outcome,
  instrument: "a confidential rule",
  article: "not shown",
  seen: WITHHELD,
  change: "ask for the confidential view where only entitled persons read it",
});
