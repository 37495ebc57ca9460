import type { Cloud, LayerArgs, NetworkHolds, Scope, Wired } from "@kasbah/component";
import {
  CLASSES,
  type Class,
  type DeclaredPlace,
  type IamSpec,
  type NetworkSpec,
  type Problem,
  under,
} from "@kasbah/core";
import { needsNetwork, type Placed } from "./placed.ts";

/** What a place itself gets, once, for all that is put into it. */
export interface Ground {
  readonly place: DeclaredPlace;
  readonly cloud: Cloud;
  /** `undefined`: nothing stands in a network there. */
  readonly network: (Wired<NetworkSpec> & NetworkHolds) | undefined;
  /** `undefined`: the declaration says nothing of who may do what there. */
  readonly iam: Wired<IamSpec> | undefined;
}

/** Every place that something is put into, by its name. */
export const groundOf = (scope: Scope, placed: readonly Placed[]): ReadonlyMap<string, Ground> => {
  const grounds = new Map<string, Ground>();
  for (const { place, cloud } of placed.flatMap(places)) {
    if (grounds.has(place.name)) continue;
    const here = placed.filter((one) => one.place.name === place.name);
    const inNetwork = here.filter(({ workload, vaults }) => needsNetwork(workload, vaults));
    const args: LayerArgs & { readonly place: DeclaredPlace } = { scope, class: "internal", place };
    const network = { ...args, ...place.network, holds: highest(here.map(({ args: own }) => own.class)) };
    grounds.set(place.name, {
      place,
      cloud,
      network: inNetwork.length === 0 ? undefined : network,
      iam: place.iam === undefined ? undefined : { ...args, ...place.iam },
    });
  }
  return grounds;
};

/** A workload's own place, and those of its vaults: all on one cloud. */
const places = ({ place, cloud, vaults }: Placed): readonly Pick<Ground, "place" | "cloud">[] =>
  [place, ...vaults.map((vault) => vault.place)].map((one) => ({ place: one, cloud }));

const highest = (classes: readonly Class[]): Class =>
  CLASSES.findLast((level) => classes.includes(level)) ?? "internal";

/** What places cannot do of what was asked of them. */
export function* placeProblems(scope: Scope, placed: readonly Placed[]): Generator<Problem> {
  for (const [name, { cloud, place, network, iam }] of groundOf(scope, placed)) {
    if (network !== undefined) yield* under(`places.${name}.network`, cloud.layers.network?.problems?.(network) ?? []);
    if (iam === undefined) continue;
    if (cloud.layers.iam === undefined) {
      yield {
        path: `places.${name}.iam`,
        expected: `nothing: the layers on ${place.cloud} have no iam yet`,
        got: Object.keys(iam),
        mend: "remove it",
      };
      continue;
    }
    yield* under(`places.${name}.iam`, cloud.layers.iam.problems?.(iam) ?? []);
  }
}
