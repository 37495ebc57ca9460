import type { Resource } from "../../packages/policy/src/index.ts";
import { labels } from "../../packages/policy/src/rules/sample.ts";

/** A type that copies, written so that restricted data leave, and so that nothing is copied. */
export interface Case {
  readonly before?: readonly Resource[];
  readonly leaves: object;
  readonly provider?: object;
  /** Property and place that the finding names. */
  readonly says: readonly [string, string];
  /** Nothing is copied. Absent: the type is nothing but a copy. */
  readonly stays?: object;
}

export type Cases = Readonly<Record<string, Case>>;

export const SECRET = labels("restricted", "documents");
export const PUBLIC = labels("public", "product-docs");
