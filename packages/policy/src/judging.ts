/** What a command needs that only judges: without the parser of declarations, and without an engine. */
export { isReadPackage } from "./cloud.ts";
export { estateOf } from "./estate-of.ts";
export { type EvaluateOptions, evaluate } from "./evaluate.ts";
export { PACK_NAMES, type PackName, rulesOf } from "./packs.ts";
export type { EstateContext, PlainResource, StackContext } from "./plain.ts";
export { UNKNOWN } from "./resource.ts";
export { controlsText } from "./rules/controls.ts";
export { applyWaivers, EXPIRED_WAIVER, type Waiver } from "./waivers.ts";
