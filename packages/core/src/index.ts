export * from "./catalogue.ts";
export {
  type HouseContext,
  type KnownStack,
  parseHouse,
  type ResourcePattern,
  saysLaw,
} from "./context.ts";
export { contextSchema, parseContext } from "./context-law.ts";
export { plainHouse } from "./context-plain.ts";
export * from "./dataset.ts";
export { type Defined, defined } from "./declaration/defined.ts";
export type { DeclaredFlow, DeclaredFlowKind } from "./declaration/flow.ts";
export { applyOverlay, isTree, type Tree } from "./declaration/overlay.ts";
export * from "./declaration/parse.ts";
export { REGIME_FILE } from "./declaration/regimes.ts";
export { type DeclarationInput, declarationSchema } from "./declaration/schema.ts";
export type { Capabilities, Egress, GcpSettings, OpenstackSettings } from "./declaration/settings.ts";
export * from "./drill-findings.ts";
export * from "./drill-record.ts";
export * from "./dsse.ts";
export * from "./finding.ts";
export * from "./flows.ts";
export * from "./kinds/index.ts";
export { putLabels, readLabels } from "./kinds/labels.ts";
export * from "./label.ts";
export { type JudgedCase, judgeCases, questionsOfCases } from "./law/cases.ts";
export type { Condition } from "./law/condition.ts";
export { contextOf } from "./law/context-of.ts";
export { addMonths, evaluate } from "./law/evaluate.ts";
export * from "./law/facets.ts";
export * from "./law/facts.ts";
export * from "./law/flow.ts";
export * from "./law/flow-graph.ts";
export * from "./law/inherit.ts";
export { factsOf } from "./law/leaves.ts";
export { CONFIDENCE, type Confidence, type Obligation } from "./law/obligation.ts";
export { type Applicable, obligationsFor } from "./law/obligations.ts";
export * from "./law/parse-regime.ts";
export * from "./law/placement.ts";
export * from "./law/public-view.ts";
export * from "./law/question.ts";
export {
  type AcceptedFormality,
  type Effect,
  isConfidential,
  type Regime,
  type Rule,
  regimeSchema,
  type Scheme,
} from "./law/regime.ts";
export { factsOfRegime, factsOfRule } from "./law/regime-issues.ts";
export * from "./law/scheme.ts";
export * from "./law/system.ts";
export * from "./law/truth.ts";
export {
  type Decision,
  judge,
  OUTCOMES,
  type Outcome,
  permits,
  spanOf,
  type UsedDerogation,
  type Verdict,
  verdictOf,
  worst,
} from "./law/verdict.ts";
export * from "./layers/backup.ts";
export * from "./layers/iam.ts";
export * from "./layers/network.ts";
export * from "./layers/object-storage.ts";
export * from "./layers/postgres.ts";
export { liveNumbers, type Rotation, rotationProblems } from "./layers/rotation.ts";
export * from "./operations.ts";
export * from "./physical-name.ts";
export * from "./place.ts";
export * from "./placement/choose.ts";
export { judgeOnce, type SiteJudge } from "./placement/judge-once.ts";
export { formatUnmet, type Needs, type Offers, type Unmet, unmetIn } from "./placement/needs.ts";
export * from "./placement/option.ts";
export * from "./plan.ts";
export * from "./preset.ts";
export { PROBE_FILE, type Probe, probeSchema } from "./probe.ts";
export * from "./problem.ts";
export * from "./providers.ts";
export * from "./recovery.ts";
export * from "./regimes/index.ts";
export * from "./slug.ts";
export * from "./sql.ts";
export * from "./waivers.ts";
