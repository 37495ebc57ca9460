import type { Question } from "@kasbah/core";
import type { Change } from "./support.ts";

/** What is shown of one rule. Each part changes the question that passes. */
export interface RuleCases {
  readonly rule: string;
  /** The rule is satisfied, or silent, or lifts nothing. */
  readonly pass: Question;
  readonly fail: Change;
  /** What the rule says then; a derogation says it of what it lifts. */
  readonly says: "denied" | "conditional" | "needs-formality" | "unknown" | "allowed";
  /** A fact that is not known. */
  readonly missing: Change;
  /** What the rule says then. Default: unknown. A duty is open while nobody says that it is met. */
  readonly unsaid?: "unknown" | "conditional" | "silent" | "allowed" | "needs-formality";
  /** A day on which the failing question is answered otherwise than on the day before. */
  readonly boundary:
    | { readonly of: "fail"; readonly before: string; readonly day: string }
    | { readonly of: "pass"; readonly before: string; readonly day: string; readonly change?: Change };
}
