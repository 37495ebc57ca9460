import type { Cloud, LayerArgs, Scope, Wired } from "@kasbah/component";
import {
  CLASSES,
  type Class,
  type CloudId,
  type Declaration,
  type DeclaredPlace,
  type Plan,
  type Problem,
  planOf,
  type Recovery,
  recoveryOf,
  under,
  type Workload,
} from "@kasbah/core";

/** The clouds that a program hands to its platform. */
export type Clouds = Readonly<Partial<Record<CloudId, Cloud>>>;

/** One workload in the place that was chosen for it. */
export interface Placed {
  readonly workload: Workload;
  readonly place: DeclaredPlace;
  readonly cloud: Cloud;
  readonly args: Wired<Workload>;
  /** What its datasets ask for. */
  readonly recovery: Recovery;
}

/** Layers that stand in the network of their place. */
export const NEEDS_NETWORK: readonly Workload["layer"][] = ["postgres"];

/** Everything that will be made, decided before anything is. */
export interface Design {
  readonly plan: Plan;
  readonly scope: Scope;
  readonly placed: readonly Placed[];
  readonly problems: readonly Problem[];
}

/** Decides the places and checks every layer against the cloud that it lands on. Makes nothing. */
export const designOf = (declaration: Declaration, clouds: Clouds, asOf: string): Design => {
  const plan = planOf(declaration, asOf);
  const { platform, env, owner, preset } = declaration;
  const scope: Scope = { platform, env, owner: owner.id, preset };
  const problems: Problem[] = [];
  const placed = plan.placements.flatMap(({ workload: name, place: chosen }): Placed[] => {
    const workload = declaration.workloads[name];
    const place = chosen === undefined ? undefined : declaration.places[chosen];
    if (workload === undefined || place === undefined) return [];
    const found = place.cloud in clouds ? clouds[place.cloud] : undefined;
    const args = { ...layerArgs(declaration, scope, workload), ...workload, place };
    const recovery = recoveryOf(workload.datasets.flatMap((dataset) => declaration.datasets[dataset] ?? []));
    problems.push(...under(`workloads.${name}`, wiringProblems(workload, place, found, args)));
    return found === undefined ? [] : [{ workload, place, cloud: found, args, recovery }];
  });
  return { plan, scope, placed, problems };
};

const layerArgs = (declaration: Declaration, scope: Scope, { datasets }: Workload): LayerArgs => ({
  scope,
  class: highest(datasets.flatMap((name) => declaration.datasets[name]?.class ?? [])),
  datasets,
});

/** Joined data takes the highest class of its parts. */
const highest = (classes: readonly Class[]): Class =>
  CLASSES.findLast((level) => classes.includes(level)) ?? "critical";

function* wiringProblems(
  workload: Workload,
  place: DeclaredPlace,
  cloud: Cloud | undefined,
  args: Wired<Workload>,
): Generator<Problem> {
  if (cloud === undefined) {
    yield {
      path: "places",
      expected: `a cloud that the program uses, since ${place.name} is on ${place.cloud}`,
      got: place.cloud,
      mend: `hand ${place.cloud} to the platform in index.ts, or choose another place`,
    };
    return;
  }
  for (const layer of [workload.layer, ...(NEEDS_NETWORK.includes(workload.layer) ? (["network"] as const) : [])]) {
    if (cloud.layers[layer] !== undefined) continue;
    yield {
      path: "layer",
      expected: `a layer that ${place.cloud} has (${Object.keys(cloud.layers).join(", ")})`,
      got: layer,
      mend: "choose another place",
    };
  }
  for (const key of ["replicas", "backups"] as const) {
    if (workload[key].length === 0) continue;
    yield {
      path: key,
      expected: "none: copies in other places are judged, and not built yet",
      got: workload[key],
      mend: "remove it",
    };
  }
  yield* layerProblems(workload, cloud, args);
}

const layerProblems = (workload: Workload, cloud: Cloud, args: Wired<Workload>): Iterable<Problem> => {
  switch (workload.layer) {
    case "object-storage":
      return cloud.layers["object-storage"]?.problems?.(args) ?? [];
    case "postgres":
      return cloud.layers.postgres?.problems?.(args) ?? [];
  }
};
