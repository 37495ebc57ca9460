import type { Place } from "../place.ts";
import { type Candidate, type Context, judgeAll } from "./placement.ts";

/** Why data moves. */
export type FlowKind = "replicate" | "backup";

/** A movement of datasets from one place to another. */
export interface Flow {
  readonly kind: FlowKind;
  readonly workload: string;
  readonly datasets: readonly string[];
  readonly from: string;
  readonly to: Place;
}

export interface JudgedFlow extends Flow {
  readonly verdict: Candidate;
}

/** A flow is judged as its datasets would be in the place that it goes to. */
export const judgeFlow = (flow: Flow, context: Context): JudgedFlow => ({
  ...flow,
  verdict: judgeAll(flow.datasets, flow.to, context),
});
