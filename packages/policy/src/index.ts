export { cloudOf } from "./cloud.ts";
export {
  ALL_PACKS,
  CONFIG_SCHEMA,
  type PolicyNames,
  type PolicyPackConfig,
  type PolicySettings,
  policyConfig,
  policyNames,
  RESIDENCY_POLICIES,
  settingsOf,
  toldBy,
} from "./config.ts";
export { Estate } from "./estate.ts";
export { estateOf } from "./estate-of.ts";
export { askAll, askerOf, type EvaluateOptions, type Evaluation, evaluate } from "./evaluate.ts";
export { type Data, dataOf } from "./facts/data.ts";
export { carriesLabels, holdsData, type Label, labelOf } from "./facts/label.ts";
export { type Spot, spotsOf } from "./facts/place.ts";
export { type Where, whereOf, whereTo } from "./facts/region.ts";
export { FLOWS, type Flow, type FlowReader, type FlowRow, flowsOf, type Ref, type Target } from "./flows/index.ts";
export { isFree, type Refusal, refusalOf } from "./judge.ts";
export { type Memory, newMemory } from "./memory.ts";
export { PACK_NAMES, PACK_WORDS, type PackName, rulesOf } from "./packs.ts";
export type { EstateContext, PlainResource, StackContext } from "./plain.ts";
export { at, entries, flag, items, type Resource, shown, type Text, text, UNKNOWN } from "./resource.ts";
export {
  type Answer,
  CONTROLS,
  type Control,
  type ControlId,
  controlsText,
  EGRESS,
  RESIDENCY,
  RESILIENCE,
  type Rule,
  SECURITY,
} from "./rules/index.ts";
export { ROWS } from "./tables/index.ts";
export { canonicalType } from "./types.ts";
export { applyWaivers, EXPIRED_WAIVER, type Waiver } from "./waivers.ts";
export type { Pending, Settings, Unclear, World } from "./world.ts";
