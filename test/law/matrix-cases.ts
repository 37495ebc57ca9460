import { european } from "./matrix-europe.ts";
import { banks, moroccan } from "./matrix-morocco.ts";
import { others } from "./matrix-others.ts";
import type { RuleCases } from "./rule-cases.ts";

/** The cases of every rule. */
export const MATRIX: readonly RuleCases[] = [...moroccan, ...banks, ...european, ...others];
