import type { Declaration } from "../declaration/parse.ts";
import { STATE_DATASET, stateDataset } from "../flows.ts";
import type { Context } from "./placement.ts";
import { systemOf } from "./system.ts";

/** What of a declaration the law asks about, on a day. */
export const contextOf = (declaration: Declaration, asOf: string): Context => ({
  datasets: { ...declaration.datasets, [STATE_DATASET]: stateDataset(declaration.datasets) },
  subject: declaration.owner,
  formalities: declaration.formalities,
  regimes: declaration.regimes,
  systems: Object.values(declaration.workloads).map((workload) => ({
    ...systemOf(workload),
    datasets: workload.datasets,
  })),
  asOf,
});
