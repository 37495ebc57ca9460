/**
 * What is needed to judge, and nothing of what parses: without zod, and without the regimes that come with Kasbah. A
 * process that loads this alone starts in a fifth of the time. All of it is in the index too.
 */
export * from "./catalogue.ts";
export { plainHouse } from "./context-plain.ts";
export * from "./dataset.ts";
export { isTree, type Tree } from "./declaration/overlay.ts";
export type { Declaration } from "./declaration/parse.ts";
export * from "./finding.ts";
export { STATE_DATASET } from "./flows.ts";
export * from "./kinds/index.ts";
export * from "./label.ts";
export { contextOf } from "./law/context-of.ts";
export * from "./law/flow.ts";
export * from "./law/placement.ts";
export * from "./law/public-view.ts";
export * from "./law/verdict.ts";
export * from "./place.ts";
export { judgeOnce, type SiteJudge } from "./placement/judge-once.ts";
export { PROTECTION } from "./preset.ts";
export * from "./problem.ts";
export * from "./providers.ts";
