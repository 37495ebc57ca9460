import type { Dataset } from "../dataset.ts";
import type { Country, Place } from "../place.ts";
import { evaluate, expand, type Facts, type Subject } from "./evaluate.ts";
import type { Effect, Regime, Rule } from "./regime.ts";

/** From the best to the worst. `unknown` blocks, and only `denied` is worse. */
export const OUTCOMES = ["allowed", "conditional", "needs-formality", "unknown", "denied"] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const worst = (outcomes: Iterable<Outcome>): Outcome => {
  let index = 0;
  for (const outcome of outcomes) index = Math.max(index, OUTCOMES.indexOf(outcome));
  return OUTCOMES[index] ?? "denied";
};

/** `conditional` leaves duties open and lets the data pass; everything worse stops it. */
export const permits = (outcome: Outcome): boolean => outcome === "allowed" || outcome === "conditional";

/** A declaration, authorisation, consent or the like that the owner of the data has on file. */
export interface Formality {
  readonly type: string;
  /** Where it is filed: a number, a date and number, a document. */
  readonly reference: string;
  /** Datasets it covers. Absent: all of them. */
  readonly datasets?: readonly string[];
  /** Countries it names, for a transfer. Absent: it names none. */
  readonly countries?: readonly Country[];
  readonly from?: string;
  /** Last day on which it is valid. */
  readonly to?: string;
}

export interface Question {
  readonly datasetName: string;
  readonly dataset: Dataset;
  readonly place: Place;
  readonly subject: Subject;
  readonly formalities: readonly Formality[];
  /** The day for which the question is asked, `YYYY-MM-DD`. */
  readonly asOf: string;
}

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
  /** What would change it, or the duty that stays open. */
  readonly change?: string;
}

/** Whether the data may be in the place: always with the rules that decided, or with none when no regime applies. */
export interface Verdict {
  readonly outcome: Outcome;
  /** The decisions with the verdict's own outcome, in the order of the regimes. */
  readonly decidedBy: readonly Decision[];
  /** Every decision, the allowing ones too. */
  readonly decisions: readonly Decision[];
}

/** Judges one dataset in one place under every regime given. Pure. */
export const judge = (question: Question, regimes: readonly Regime[]): Verdict => {
  const decisions = regimes.flatMap((regime) => judgeRegime(question, regime));
  const outcome = worst(decisions.map((decision) => decision.outcome));
  return { outcome, decidedBy: decisions.filter((decision) => decision.outcome === outcome), decisions };
};

const judgeRegime = (question: Question, regime: Regime): Decision[] => {
  const missing = new Set<string>();
  const inScope = evaluate(regime.scope.when, question, regime.lists, missing);
  if (inScope === false) return [];
  if (inScope === "unknown") return [undecidedScope(regime, missing)];
  return regime.rules
    .filter((rule) => inForce(rule, question.asOf))
    .flatMap((rule) => judgeRule(question, regime, rule));
};

const inForce = ({ from, to }: { from?: string | undefined; to?: string | undefined }, asOf: string): boolean =>
  (from === undefined || from <= asOf) && (to === undefined || asOf <= to);

const undecidedScope = (regime: Regime, missing: ReadonlySet<string>): Decision => ({
  regime: regime.id,
  version: regime.version,
  rule: `${regime.id}.scope`,
  title: "whether the regime applies",
  outcome: "unknown",
  instrument: regime.instruments[0]?.title ?? regime.title,
  article: regime.scope.source,
  seen: regime.instruments[0]?.seen ?? "background",
  change: `declare ${list(missing)}`,
});

const judgeRule = (question: Question, regime: Regime, rule: Rule): Decision[] => {
  const missing = new Set<string>();
  const applies = evaluate(rule.when, question, regime.lists, missing);
  if (applies === false) return [];
  const { outcome, change } =
    applies === "unknown"
      ? { outcome: "unknown" as const, change: `declare ${list(missing)}` }
      : judgeEffect(rule.effect, question, regime);
  return [
    {
      regime: regime.id,
      version: regime.version,
      rule: rule.id,
      title: rule.title,
      outcome,
      instrument: regime.instruments.find(({ id }) => id === rule.source.instrument)?.title ?? rule.source.instrument,
      article: rule.source.article,
      seen: rule.interpretation ? `${rule.source.seen}, interpretation` : rule.source.seen,
      ...(rule.uncertain === undefined ? {} : { uncertain: rule.uncertain }),
      ...(change === undefined ? {} : { change }),
    },
  ];
};

interface Effected {
  readonly outcome: Outcome;
  readonly change?: string;
}

const judgeEffect = (effect: Effect, question: Question, regime: Regime): Effected => {
  switch (effect.kind) {
    case "deny":
      return { outcome: "denied" };
    case "formality":
      return judgeFormality(effect, question, regime);
    case "require": {
      const holds = evaluate(effect.check, question, regime.lists);
      return holds === true ? { outcome: "allowed" } : { outcome: "conditional", change: effect.duty };
    }
  }
};

const judgeFormality = (
  effect: Extract<Effect, { kind: "formality" }>,
  question: Question,
  regime: Regime,
): Effected => {
  const needed = effect.covers === undefined ? [] : concerned(effect.covers, question, regime);
  const usable = effect.oneOf.filter(
    ({ onlyIf }) => onlyIf === undefined || evaluate(onlyIf, question, regime.lists) === true,
  );
  const covered = (country: Country): boolean =>
    onFile(question, usable).some((formality) => formality.countries?.includes(country));
  const open = needed.filter((country) => !covered(country));
  if (onFile(question, usable).length > 0 && open.length === 0) return { outcome: "allowed" };
  const types = usable.map(({ type, grantor }) => `${type} (granted by ${grantor})`).join(" or ");
  const where = open.length === 0 ? "" : ` that names ${open.join(", ")}`;
  return { outcome: "needs-formality", change: `put on file: ${types}${where}` };
};

const onFile = (
  { formalities, datasetName, asOf }: Question,
  accepted: readonly { readonly type: string }[],
): readonly Formality[] =>
  formalities.filter(
    (formality) =>
      accepted.some(({ type }) => type === formality.type) &&
      inForce(formality, asOf) &&
      (formality.datasets === undefined || formality.datasets.includes(datasetName)),
  );

/** The countries that a transfer formality must name. */
const concerned = (
  { facets, inside, outside }: NonNullable<Extract<Effect, { kind: "formality" }>["covers"]>,
  { place }: Facts,
  { lists }: Regime,
): readonly Country[] => {
  const out = expand(outside, lists);
  const within = inside === undefined ? undefined : expand(inside, lists);
  const countries = facets.flatMap((facet) => place.facets[facet] ?? []);
  return [...new Set(countries)].filter((country) => !out.has(country) && (within?.has(country) ?? true)).sort();
};

const list = (names: ReadonlySet<string>): string => [...names].sort().join(", ");
