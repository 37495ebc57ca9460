import type { Finding } from "@kasbah/core";
import type { InputKind } from "./input/model.ts";

/** Whether a finding is new against the base. */
export type Change = "new" | "unchanged";

/** One finding in a report. Every text in it is harmless in any format, and holds no secret. */
export interface ReportedFinding extends Finding {
  /** The same in every run, as long as rule, resource and property are. */
  readonly id: string;
  /** `project/stack`. */
  readonly stack: string;
  /** File that the finding is about, relative to where the command ran, with `/`. */
  readonly file: string;
  /** Counted from 1. */
  readonly line?: number;
  /** Whether it makes the check fail. */
  readonly refuses: boolean;
  /** Against the base, where one was given. */
  readonly change?: Change;
}

/** A rule that was asked. */
export interface ReportedRule {
  readonly name: string;
  readonly severity: Finding["severity"];
  readonly description: string;
  readonly remedy: string;
  readonly serves: string;
}

export interface ReportedInput {
  readonly file: string;
  readonly kind: InputKind;
  readonly stack: string;
  /** Resources of a provider; components and providers are not counted. */
  readonly resources: number;
  readonly notes: readonly string[];
}

/** Resources of a kind that no rule can read. */
export interface Unread {
  readonly type: string;
  readonly count: number;
  readonly example: string;
}

export interface Totals {
  readonly refusing: number;
  readonly waived: number;
  readonly advice: number;
  readonly new?: number;
  readonly unchanged?: number;
  readonly mended?: number;
}

/** What a check came to: the one value that all formats are written from. */
export interface Report {
  /** Version of this shape. */
  readonly kasbahCheck: 1;
  readonly asOf: string;
  readonly inputs: readonly ReportedInput[];
  readonly rules: readonly ReportedRule[];
  readonly totals: Totals;
  readonly findings: readonly ReportedFinding[];
  /** Findings of the base that are gone; only with a base. */
  readonly mended?: readonly ReportedFinding[];
  readonly unread: readonly Unread[];
  /** Waivers that cover nothing: what they waived is mended, or they are misspelt. */
  readonly unusedWaivers: readonly { readonly rule: string; readonly resource: string; readonly expires: string }[];
  readonly notes: readonly string[];
}

/** From the worst to the least. */
export const SEVERITIES = ["critical", "high", "medium", "low"] as const satisfies readonly Finding["severity"][];

export const isAtLeast = (severity: Finding["severity"], least: Finding["severity"]): boolean =>
  SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(least);

export const compareFindings = (a: ReportedFinding, b: ReportedFinding): number =>
  SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
  compare(a.stack, b.stack) ||
  compare(a.rule, b.rule) ||
  compare(a.resource, b.resource) ||
  compare(a.path, b.path) ||
  compare(a.found, b.found);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
