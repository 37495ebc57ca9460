import type { Dataset } from "../dataset.ts";
import type { Site } from "../place.ts";
import type { Formality, Subject, System } from "./question.ts";
import type { Regime } from "./regime.ts";
import { joinSystems } from "./system.ts";
import { judge, type Outcome, type Verdict, worst } from "./verdict.ts";

/** What every question of one declaration shares. */
export interface Context {
  readonly datasets: Readonly<Record<string, Dataset>>;
  readonly subject: Subject;
  readonly formalities: readonly Formality[];
  readonly regimes: readonly Regime[];
  /** The workloads with their datasets: what the data runs in, where a question does not say. */
  readonly systems?: readonly (System & { readonly datasets: readonly string[] })[];
  readonly asOf: string;
}

/** The verdict on one dataset in one place. */
export interface DatasetVerdict extends Verdict {
  readonly dataset: string;
}

/** The verdicts on several datasets, and the worst of them. */
export interface Judged {
  readonly outcome: Outcome;
  readonly verdicts: readonly DatasetVerdict[];
}

/** A place, with the verdict for each dataset that would be there. */
export interface Candidate extends Judged {
  readonly place: string;
}

/**
 * Judges every dataset of a workload in one place. The worst verdict counts.
 * @param system what the data runs in; default: everything declared that holds it
 */
export const judgeAll = (datasets: readonly string[], place: Site, context: Context, system?: System): Candidate => {
  const { systems = [], regimes, ...shared } = context;
  const schemes = regimes.flatMap((regime) => regime.schemes);
  const verdicts = datasets.flatMap((name): DatasetVerdict[] => {
    const dataset = context.datasets[name];
    if (dataset === undefined) return [];
    const holding =
      system ??
      joinSystems(
        systems.filter((one) => one.datasets.includes(name)),
        schemes,
      );
    return [{ dataset: name, ...judge({ ...shared, datasetName: name, dataset, place, system: holding }, regimes) }];
  });
  return { place: place.name, outcome: worst(verdicts.map(({ outcome }) => outcome)), verdicts };
};
