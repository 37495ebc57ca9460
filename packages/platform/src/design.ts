import type { Cloud, LayerArgs, Scope, Wired } from "@kasbah/component";
import {
  CLASSES,
  type Class,
  type Declaration,
  type DeclaredPlace,
  defined,
  type Plan,
  type Problem,
  planOf,
  recoveryOf,
  under,
  type Workload,
} from "@kasbah/core";
import type * as pulumi from "@pulumi/pulumi";
import { vaultProblems, vaultsOf, vaultUse } from "./backups.ts";
import { type Clouds, needsNetwork, type Placed } from "./placed.ts";
import { placeProblems } from "./places.ts";

/** Everything that will be made, decided before anything is. */
export interface Design {
  readonly plan: Plan;
  readonly scope: Scope;
  readonly placed: readonly Placed[];
  readonly problems: readonly Problem[];
}

/** What is given from outside, beside the declaration. */
export interface Given {
  readonly asOf: string;
  /** The user's key, where there is one. */
  readonly signingKey?: pulumi.Input<string>;
  /** A preview may go without it. */
  readonly preview: boolean;
}

/** Decides the places and checks every layer against the cloud that it lands on. Makes nothing. */
export const designOf = (declaration: Declaration, clouds: Clouds, { asOf, signingKey, preview }: Given): Design => {
  const plan = planOf(declaration, asOf);
  const { platform, env, owner, preset, places } = declaration;
  const scope: Scope = { platform, env, owner: owner.id, preset, ...defined({ signingKey }) };
  const problems: Problem[] = [];
  const placed = plan.placements.flatMap(({ workload: name, place: chosen }): Placed[] => {
    const workload = declaration.workloads[name];
    const place = chosen === undefined ? undefined : places[chosen];
    if (workload === undefined || place === undefined) return [];
    const cloud = place.cloud in clouds ? clouds[place.cloud] : undefined;
    const args = { ...layerArgs(declaration, scope, workload), ...workload, place };
    const recovery = recoveryOf(workload.datasets.flatMap((dataset) => declaration.datasets[dataset] ?? []));
    if (cloud === undefined) {
      problems.push(...under(`workloads.${name}`, [absentCloud(place)]));
      return [];
    }
    const use = vaultUse(workload, cloud, args);
    const vaults = use === undefined ? [] : vaultsOf(workload, place, places, use, args);
    const one: Placed = { workload, place, cloud, args, recovery, vaults, copied: use !== undefined };
    problems.push(...under(`workloads.${name}`, wiringProblems(one)));
    return [one];
  });
  problems.push(...placeProblems(scope, placed));
  if (signingKey === undefined && !preview && placed.some(needsSigningKey)) problems.push(NO_KEY);
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

const absentCloud = ({ name, cloud }: DeclaredPlace): Problem => ({
  path: "places",
  expected: `a cloud that the program uses, since ${name} is on ${cloud}`,
  got: cloud,
  mend: `hand ${cloud} to the platform in index.ts, or choose another place`,
});

const NO_KEY: Problem = {
  path: "kasbah:signingKey",
  expected: "the key that signs what servers are told",
  got: undefined,
  mend: "run `kasbah init`, which makes one and puts it into the stack's configuration as a secret",
};

function* wiringProblems({ workload, place, cloud, args, vaults, copied }: Placed): Generator<Problem> {
  for (const layer of [workload.layer, ...(needsNetwork(workload, vaults) ? (["network"] as const) : [])]) {
    if (cloud.layers[layer] !== undefined) continue;
    yield {
      path: "layer",
      expected: `a layer that ${place.cloud} has (${Object.keys(cloud.layers).join(", ")})`,
      got: layer,
      mend: "choose another place",
    };
  }
  for (const key of ["replicas", "backups"] as const) {
    if (workload[key].length === 0 || (key === "backups" && copied)) continue;
    yield {
      path: key,
      expected: "none: copies in other places are judged, and not built yet",
      got: workload[key],
      mend: "remove it",
    };
  }
  for (const vault of vaults) yield* vaultProblems(vault, cloud, place);
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

const needsSigningKey = ({ workload, cloud, args }: Placed): boolean =>
  workload.layer === "postgres" && cloud.layers.postgres?.needsSigningKey?.(args) === true;
