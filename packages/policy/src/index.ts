export { cloudOf } from "./cloud.ts";
export {
  CONFIG_SCHEMA,
  type PolicyPackConfig,
  type PolicySettings,
  policyConfig,
  RESIDENCY_POLICIES,
  settingsOf,
} from "./config.ts";
export { Estate } from "./estate.ts";
export { canonicalType, type Evaluation, evaluate } from "./evaluate.ts";
export { type Data, dataOf } from "./facts/data.ts";
export { carriesLabels, DATA_TYPES, holdsData } from "./facts/data-types.ts";
export { type Label, labelOf } from "./facts/label.ts";
export { type Spot, spotsOf } from "./facts/place.ts";
export { type Where, whereOf, whereTo } from "./facts/region.ts";
export { FLOWS, type Flow, type FlowReader, flowsOf, type Ref, type Target } from "./flows/index.ts";
export { isFree, type Refusal, refusalOf } from "./judge.ts";
export { at, entries, flag, items, type Resource, shown, type Text, text, UNKNOWN } from "./resource.ts";
export { type Answer, RESIDENCY, type Rule } from "./rules/index.ts";
export type { Pending, Settings, Unclear, World } from "./world.ts";
