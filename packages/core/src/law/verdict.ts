import { isConfidential } from "./confidential.ts";
import { evaluate } from "./evaluate.ts";
import { saidIn } from "./facts.ts";
import { judgeRule, type Said } from "./judge-rule.ts";
import { type Outcome, worst } from "./outcome.ts";
import { inForce, type Question } from "./question.ts";
import type { Regime, Rule } from "./regime.ts";
import { listsOfRule } from "./regime-issues.ts";

export { OUTCOMES, type Outcome, permits, worst } from "./outcome.ts";
export type { Formality, Question } from "./question.ts";

/** What one rule said, with everything that an auditor asks of it. */
export interface Decision {
  readonly regime: string;
  readonly version: string;
  readonly rule: string;
  readonly title: string;
  readonly outcome: Outcome;
  readonly instrument: string;
  readonly article: string;
  readonly seen: string;
  readonly uncertain?: string;
  readonly sanction?: string;
  /** What would change it. */
  readonly change?: string;
  /** What stays to be done although the data may pass. */
  readonly duties?: readonly string[];
  /** Facts that nobody has said and that would decide it. */
  readonly missing?: readonly string[];
  /** The derogation that lifts it, and what it would have said. */
  readonly derogatedBy?: string;
  readonly lifted?: Outcome;
  /** It betrays what a law keeps secret: `publicView` withholds it. */
  readonly secret?: true;
}

/** A derogation that was used: what it lifts, and what has to be done meanwhile. */
export interface UsedDerogation {
  readonly rule: string;
  readonly lifts: readonly string[];
  readonly conditions: readonly string[];
}

/** Whether the data may be in the place: always with the rules that decided, or with none when no regime applies. */
export interface Verdict {
  readonly outcome: Outcome;
  /** The decisions with the verdict's own outcome, by regime and rule. */
  readonly decidedBy: readonly Decision[];
  /** Every decision, the allowing ones too: below an unknown stands what is certain already. */
  readonly decisions: readonly Decision[];
  /** The outcome of each regime that applies or may apply. Empty: none does. */
  readonly regimes: Readonly<Record<string, Outcome>>;
  /** Duties left open, each once. */
  readonly duties: readonly string[];
  readonly derogations: readonly UsedDerogation[];
  /** Some deciding rule is marked as uncertain. */
  readonly uncertain: boolean;
}

/** Judges one dataset in one place under every regime given. Pure; the order of regimes and rules does not matter. */
export const judge = (question: Question, regimes: readonly Regime[]): Verdict =>
  verdictOf(regimes.flatMap((regime) => judgeRegime(question, regime)));

/** The verdict that decisions add up to. */
export const verdictOf = (unsorted: readonly Decision[]): Verdict => verdictOfSorted(sortedDecisions(unsorted));

/** By regime and rule, so that the order in which they were asked does not show. */
export const sortedDecisions = (decisions: readonly Decision[]): readonly Decision[] =>
  decisions.toSorted((a, b) => compare(a.regime, b.regime) || compare(a.rule, b.rule));

/** The same of decisions that are in order already. */
export const verdictOfSorted = (decisions: readonly Decision[]): Verdict => {
  const outcome = worst(decisions.map((decision) => decision.outcome));
  const decidedBy = decisions.filter((decision) => decision.outcome === outcome);
  const regimes: Record<string, Outcome> = {};
  for (const decision of decisions) {
    regimes[decision.regime] = worst([decision.outcome, regimes[decision.regime] ?? "allowed"]);
  }
  return {
    outcome,
    decidedBy,
    decisions,
    regimes,
    duties: [...new Set(decisions.flatMap(({ duties }) => duties ?? []))],
    derogations: derogationsOf(decisions),
    uncertain: decidedBy.some(({ uncertain }) => uncertain !== undefined),
  };
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const derogationsOf = (decisions: readonly Decision[]): readonly UsedDerogation[] => {
  const lifted = decisions.filter(({ derogatedBy }) => derogatedBy !== undefined);
  if (lifted.length === 0) return [];
  return decisions.flatMap(({ rule, duties }) => {
    const lifts = lifted.filter(({ derogatedBy }) => derogatedBy === rule).map((one) => one.rule);
    return lifts.length === 0 ? [] : [{ rule, lifts, conditions: duties ?? [] }];
  });
};

/** What one regime says of a question, in the order of its rules; nothing when it does not apply. */
export const judgeRegime = (question: Question, regime: Regime): Decision[] => {
  const missing = new Set<string>();
  const inScope = evaluate(regime.scope.when, question, regime.lists, missing);
  if (inScope === false) return [];
  const rules = regime.rules.filter((rule) => inForce(spanOf(regime, rule), question.asOf));
  if (inScope === "unknown") return rules.length === 0 ? [] : [undecidedScope(regime, missing)];
  const derogations = rules
    .filter((rule) => rule.effect.kind === "derogate" && evaluate(rule.when, question, regime.lists) === true)
    .sort((a, b) => compare(a.id, b.id)); // where several would lift a rule, the first by name does
  const decisions = rules
    .filter((rule) => rule.effect.kind !== "derogate")
    .flatMap((rule): Decision[] => {
      const said = judgeRule(question, regime, rule);
      if (said === undefined) return [];
      const derogation = derogations.find(({ effect }) => effect.kind === "derogate" && effect.from.includes(rule.id));
      return [decisionOf(regime, rule, derogation === undefined ? said : lift(said, derogation))];
    });
  return [...decisions, ...usedOf(regime, derogations, decisions), ...nothingSaid(regime, decisions)];
};

/** From when to when a rule holds: its own days, or those of its instrument. */
export const spanOf = (
  { instruments }: Regime,
  { from, to, source }: Rule,
): { readonly from?: string | undefined; readonly to?: string | undefined } => ({
  from: from ?? instruments.find(({ id }) => id === source.instrument)?.inForceFrom,
  to,
});

/** A rule that a derogation lifts says nothing against the data; the derogation's own decision holds the duties. */
const lift = (said: Said, derogation: Rule): Said =>
  said.outcome === "allowed"
    ? said
    : { outcome: "conditional", derogatedBy: derogation.id, lifted: said.outcome, duties: [] };

const usedOf = (regime: Regime, derogations: readonly Rule[], decisions: readonly Decision[]): Decision[] =>
  derogations.flatMap((rule): Decision[] => {
    if (rule.effect.kind !== "derogate") return [];
    if (!decisions.some(({ derogatedBy }) => derogatedBy === rule.id)) return [];
    return [decisionOf(regime, rule, { outcome: "conditional", duties: rule.effect.conditions })];
  });

/** A regime that applies and whose rules are all silent has said so: the verdict cites its scope. */
const nothingSaid = (regime: Regime, decisions: readonly Decision[]): Decision[] =>
  decisions.length > 0
    ? []
    : [{ ...scopeDecision(regime), outcome: "allowed", title: "no rule of it speaks", ...secrecy(regime) }];

const undecidedScope = (regime: Regime, missing: ReadonlySet<string>): Decision => ({
  ...scopeDecision(regime),
  outcome: "unknown",
  missing: [...missing].sort(),
  change: `declare ${listed(missing)}`,
});

const scopeDecision = (regime: Regime): Omit<Decision, "outcome"> => ({
  regime: regime.id,
  version: regime.version,
  rule: `${regime.id}.scope`,
  title: "whether the regime applies",
  instrument: regime.instruments[0]?.title ?? regime.title,
  article: regime.scope.source,
  seen: regime.instruments[0]?.seen ?? "background",
});

/** Once the scope is decided, what a confidential regime says betrays it. While it is not, there is nothing to betray. */
const secrecy = (regime: Regime): { readonly secret?: true } => (isConfidential(regime) ? { secret: true } : {});

const decisionOf = (regime: Regime, rule: Rule, said: Said): Decision => ({
  regime: regime.id,
  version: regime.version,
  rule: rule.id,
  title: rule.title,
  instrument: regime.instruments.find(({ id }) => id === rule.source.instrument)?.title ?? rule.source.instrument,
  article: rule.source.article,
  seen: rule.interpretation ? `${rule.source.seen}, interpretation` : rule.source.seen,
  ...uncertainty(regime, rule),
  ...(rule.sanction === undefined ? {} : { sanction: rule.sanction }),
  ...said,
  ...secrecy(regime),
});

const uncertainties = new WeakMap<Rule, string>();

/** What is uncertain about the rule itself and about the lists that it uses. */
const uncertainty = ({ lists }: Regime, rule: Rule): { readonly uncertain?: string } => {
  let text = uncertainties.get(rule);
  if (text === undefined) {
    const ofLists = listsOfRule(rule).flatMap((name) => lists[name]?.uncertain ?? []);
    text = [...(rule.uncertain === undefined ? [] : [rule.uncertain]), ...ofLists].join("; ");
    uncertainties.set(rule, text);
  }
  return text === "" ? {} : { uncertain: text };
};

const listed = (names: ReadonlySet<string>): string => [...names].sort().map(saidIn).join(", ");
