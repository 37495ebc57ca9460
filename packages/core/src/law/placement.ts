import type { Dataset } from "../dataset.ts";
import type { Place } from "../place.ts";
import type { Subject } from "./evaluate.ts";
import type { Regime } from "./regime.ts";
import { type Formality, judge, OUTCOMES, type Outcome, permits, type Verdict } from "./verdict.ts";

/** What every question of one declaration shares. */
export interface Context {
  readonly datasets: Readonly<Record<string, Dataset>>;
  readonly subject: Subject;
  readonly formalities: readonly Formality[];
  readonly regimes: readonly Regime[];
  readonly asOf: string;
}

/** The verdict on one dataset in one place. */
export interface DatasetVerdict extends Verdict {
  readonly dataset: string;
}

/** A place that a workload could run in, with the verdict for each of its datasets. */
export interface Candidate {
  readonly place: string;
  readonly outcome: Outcome;
  readonly verdicts: readonly DatasetVerdict[];
}

/** The choice for one workload. `place` is absent when the law permits none of the candidates. */
export interface Placement {
  readonly workload: string;
  readonly place?: string;
  readonly candidates: readonly Candidate[];
}

export interface Placeable {
  readonly name: string;
  readonly datasets: readonly string[];
}

/** Judges every dataset of a workload in one place. The worst verdict counts. */
export const judgeAll = (datasets: readonly string[], place: Place, context: Context): Candidate => {
  const verdicts = datasets.flatMap((name): DatasetVerdict[] => {
    const dataset = context.datasets[name];
    if (dataset === undefined) return [];
    return [{ dataset: name, ...judge({ ...context, datasetName: name, dataset, place }, context.regimes) }];
  });
  const outcome = OUTCOMES.findLast((candidate) => verdicts.some((verdict) => verdict.outcome === candidate));
  return { place: place.name, outcome: outcome ?? "allowed", verdicts };
};

/** The first place, in the caller's order of preference, that the law permits; with the verdict for each. */
export const choosePlace = (workload: Placeable, places: readonly Place[], context: Context): Placement => {
  const candidates = places.map((place) => judgeAll(workload.datasets, place, context));
  const chosen = candidates.find(({ outcome }) => permits(outcome));
  return { workload: workload.name, ...(chosen === undefined ? {} : { place: chosen.place }), candidates };
};
