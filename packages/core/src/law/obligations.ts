import { isConfidential } from "./confidential.ts";
import { evaluate } from "./evaluate.ts";
import type { Obligation } from "./obligation.ts";
import { inForce, type Question } from "./question.ts";
import type { Regime } from "./regime.ts";

/** A dated duty that comes with a regime that applies. */
export interface Applicable {
  readonly regime: string;
  readonly version: string;
  readonly obligation: Obligation;
  /** Whether the regime applies is not known. */
  readonly undecided?: true;
  /** It betrays what a law keeps secret: not to be shown unless asked for. */
  readonly secret?: true;
}

/** The obligations of every regime that applies, or may apply, on the day of the question. */
export const obligationsFor = (question: Question, regimes: readonly Regime[]): readonly Applicable[] =>
  regimes.flatMap((regime): readonly Applicable[] => {
    const applies = evaluate(regime.scope.when, question, regime.lists);
    if (applies === false) return [];
    const marks = {
      ...(applies === "unknown" ? { undecided: true as const } : {}),
      ...(applies === true && isConfidential(regime) ? { secret: true as const } : {}),
    };
    return regime.obligations
      .filter((obligation) => inForce(obligation, question.asOf))
      .map((obligation) => ({ regime: regime.id, version: regime.version, obligation, ...marks }));
  });
