import type { Site } from "../place.ts";
import { type Candidate, type Context, judgeAll } from "./placement.ts";
import type { System } from "./question.ts";

/** Why data moves. */
export const FLOW_KINDS = [
  "replicate",
  "backup",
  "ship-logs",
  "export-traces",
  "call-model",
  "hold-keys",
  "pull-image",
  "store-state",
] as const;
export type FlowKind = (typeof FLOW_KINDS)[number];

/** A movement of datasets from one place to another. */
export interface Flow {
  readonly kind: FlowKind;
  /** Where it is declared: a dotted path, as `workloads.vectors.replicas` or `flows.0`. */
  readonly path: string;
  /** Whose data it is: a workload, or the platform itself. */
  readonly workload: string;
  readonly datasets: readonly string[];
  readonly from: string;
  /** What is known of where it comes from. */
  readonly source?: Site;
  readonly to: Site;
  /** What the data runs in. @default - everything declared that holds it */
  readonly system?: System;
}

export interface JudgedFlow extends Flow {
  readonly verdict: Candidate;
}

/**
 * Whether the datasets themselves arrive, and where a regime would look for them.
 *
 * `whole`: the flow is judged as if its datasets lived in the target. A log line, a trace, a prompt, an image with
 * weights or a state file holds what it was made from, and whoever has it stores it, processes it, backs it up and lets
 * its support staff near it. To look at one facet alone (the logs of the target, say) would be laxer exactly where a
 * vendor says least: its other facets stay unknown and would no longer stop anything.
 *
 * `keys`: no data arrives. The question is about the place where the data stays, with its keys in the target's country
 * and custody. To judge the whole target would refuse the usual remedy, which is keys at home for data abroad.
 */
const JUDGED_AT: Readonly<Record<FlowKind, "whole" | "keys">> = {
  replicate: "whole",
  backup: "whole",
  "ship-logs": "whole",
  "export-traces": "whole",
  "call-model": "whole",
  "hold-keys": "keys",
  /** The registry holds the image and what is in it, so it is the target, although the image travels the other way. */
  "pull-image": "whole",
  "store-state": "whole",
};

/** Whether the datasets of a flow are in its target afterwards. */
export const carriesData = ({ kind }: Pick<Flow, "kind">): boolean => JUDGED_AT[kind] === "whole";

/** A flow is judged by the verdict on its datasets in the site that `JUDGED_AT` means. */
export const judgeFlow = (flow: Flow, context: Context): JudgedFlow => ({
  ...flow,
  verdict: judgeAll(flow.datasets, siteOfFlow(flow), context, flow.system),
});

const siteOfFlow = ({ kind, source, to }: Flow): Site => {
  if (JUDGED_AT[kind] === "whole" || source === undefined) return to;
  const { keys: _, ...site } = source;
  const { keys: __, ...facets } = source.facets;
  return {
    ...site,
    facets: { ...facets, ...(to.facets.keys === undefined ? {} : { keys: to.facets.keys }) },
    ...(to.keys === undefined ? {} : { keys: to.keys }),
  };
};
