import type { Declaration, Workload } from "./declaration/parse.ts";
import { type Flow, type FlowKind, type JudgedFlow, judgeFlow } from "./law/flow.ts";
import { type Context, choosePlace, type Placement } from "./law/placement.ts";
import { permits } from "./law/verdict.ts";

/** Where everything goes, and what the law refuses. */
export interface Plan {
  readonly asOf: string;
  readonly placements: readonly Placement[];
  readonly flows: readonly JudgedFlow[];
  /** One sentence for each workload or flow that the law stops. Empty: everything may be built. */
  readonly refusals: readonly string[];
}

export const contextOf = (declaration: Declaration, asOf: string): Context => ({
  datasets: declaration.datasets,
  subject: declaration.owner,
  formalities: declaration.formalities,
  regimes: declaration.regimes,
  asOf,
});

/** Decides the place of every workload and judges every flow. Pure; `asOf` is the day, `YYYY-MM-DD`. */
export const planOf = (declaration: Declaration, asOf: string): Plan => {
  const context = contextOf(declaration, asOf);
  const workloads = Object.values(declaration.workloads);
  const placements = workloads.map((workload) =>
    choosePlace(workload, candidatePlaces(declaration, workload), context),
  );
  const flows = workloads.flatMap((workload, index) =>
    flowsOf(declaration, workload, placements[index]?.place).map((flow) => judgeFlow(flow, context)),
  );
  return { asOf, placements, flows, refusals: [...refusalsOf(placements, flows)] };
};

const candidatePlaces = ({ places }: Declaration, { places: named }: Workload) =>
  (named ?? Object.keys(places)).flatMap((name) => places[name] ?? []);

const flowsOf = ({ places }: Declaration, workload: Workload, from: string | undefined): readonly Flow[] => {
  if (from === undefined) return [];
  const to = (kind: FlowKind, names: readonly string[]): readonly Flow[] =>
    names.flatMap((name): readonly Flow[] => {
      const place = places[name];
      if (place === undefined) return [];
      return [{ kind, workload: workload.name, datasets: workload.datasets, from, to: place }];
    });
  return [...to("replicate", workload.replicas), ...to("backup", workload.backups)];
};

const because = ({ verdicts }: { readonly verdicts: Placement["candidates"][number]["verdicts"] }): string =>
  verdicts
    .filter(({ outcome }) => !permits(outcome))
    .flatMap(({ dataset, decidedBy }) =>
      decidedBy.map(
        ({ outcome, rule, instrument, article, change }) =>
          `${dataset}: ${outcome} by ${rule} (${instrument}, ${article})${change === undefined ? "" : `; ${change}`}`,
      ),
    )
    .join("; ");

function* refusalsOf(placements: readonly Placement[], flows: readonly JudgedFlow[]): Generator<string> {
  for (const { workload, place, candidates } of placements) {
    if (place !== undefined) continue;
    const reasons = candidates.map((candidate) => `${candidate.place}: ${because(candidate)}`).join(" | ");
    yield `workloads.${workload}: no place is permitted. ${reasons}`;
  }
  for (const { kind, workload, from, to, verdict } of flows) {
    if (permits(verdict.outcome)) continue;
    const field = kind === "replicate" ? "replicas" : "backups";
    yield `workloads.${workload}.${field}: ${kind} from ${from} to ${to.name} is refused. ${because(verdict)}`;
  }
}
