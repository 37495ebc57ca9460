import type { Dataset } from "./dataset.ts";
import type { DeclaredFlowKind } from "./declaration/flow.ts";
import type { Declaration, Workload } from "./declaration/parse.ts";
import { CLASSES } from "./label.ts";
import type { Flow, FlowKind } from "./law/flow.ts";
import { type FlowGraph, flowGraph } from "./law/flow-graph.ts";
import { systemOf } from "./law/system.ts";
import type { Site } from "./place.ts";
import type { Placement } from "./placement/option.ts";

/** The dataset that the engine's state is judged as. Declare one of this name to give it legal levels of its own. */
export const STATE_DATASET = "platform-state";

/** Where the state comes from. */
const ENGINE = "the engine";

/**
 * What the state tells: names, addresses, settings and labels of everything. Technical data of the highest class that is
 * declared. It holds no passwords, since none is made in a program, and none of the data.
 */
export const stateDataset = (datasets: Readonly<Record<string, Dataset>>): Dataset => {
  const classes = Object.values(datasets).map((dataset) => dataset.class);
  const highest = CLASSES.findLast((level) => classes.includes(level)) ?? "critical";
  return datasets[STATE_DATASET] ?? { class: highest, categories: ["technical-data"], form: "raw" };
};

/** Whose data a declared flow moves when it names no datasets. An image holds code until somebody says otherwise. */
const MOVES: Readonly<Record<DeclaredFlowKind, "workload" | "nothing">> = {
  replicate: "workload",
  backup: "workload",
  "ship-logs": "workload",
  "export-traces": "workload",
  "call-model": "workload",
  "hold-keys": "workload",
  "pull-image": "nothing",
};

/** Every flow that a declaration asks for. A workload without a place sends nothing. */
export const flowsOf = (declaration: Declaration, placements: readonly Placement[]): readonly Flow[] => {
  const { places, sites, platform, stateBackend } = declaration;
  const siteOf = (name: string): Site | undefined => places[name] ?? sites[name];
  const sentBy = (
    workload: Workload,
    kind: FlowKind,
    path: string,
    to: string,
    datasets: readonly string[],
  ): Flow[] => {
    const from = placements.find((placement) => placement.workload === workload.name)?.place;
    const source = from === undefined ? undefined : siteOf(from);
    const target = siteOf(to);
    if (source === undefined || target === undefined) return [];
    const sender = { workload: workload.name, from: source.name, source, system: systemOf(workload) };
    return [{ kind, path, datasets, to: target, ...sender }];
  };
  const copies = Object.values(declaration.workloads).flatMap((workload) => {
    const { name, datasets, replicas, backups } = workload;
    return [
      ...replicas.flatMap((to) => sentBy(workload, "replicate", `workloads.${name}.replicas`, to, datasets)),
      ...backups.flatMap((to) => sentBy(workload, "backup", `workloads.${name}.backups`, to, datasets)),
    ];
  });
  const declared = declaration.flows.flatMap(({ kind, from, to, datasets }, index) => {
    const workload = declaration.workloads[from];
    if (workload === undefined) return [];
    const moved = datasets ?? (MOVES[kind] === "workload" ? workload.datasets : []);
    return sentBy(workload, kind, `flows.${index}`, to, moved);
  });
  const backend = stateBackend === undefined ? undefined : siteOf(stateBackend);
  if (backend === undefined) return [...copies, ...declared];
  const state = { kind: "store-state", path: "stateBackend", workload: platform, datasets: [STATE_DATASET] } as const;
  return [...copies, ...declared, { ...state, from: ENGINE, to: backend }];
};

/** The graph of a plan's flows, with what each workload holds in its place. */
export const graphOf = (
  declaration: Declaration,
  plan: { readonly placements: readonly Placement[]; readonly flows: readonly Flow[] },
): FlowGraph => {
  const holdings = plan.placements.flatMap(({ workload, place }) =>
    place === undefined ? [] : [{ place, datasets: declaration.workloads[workload]?.datasets ?? [] }],
  );
  return flowGraph(plan.flows, holdings, declaration.datasets);
};
