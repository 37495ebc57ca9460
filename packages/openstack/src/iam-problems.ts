import type { LayerArgs } from "@kasbah/component";
import { type IamSpec, type Place, type Problem, resolveIam } from "@kasbah/core";
import { lacks } from "./capabilities.ts";

/** What this place cannot do of what was asked. */
export function* iamPlaceProblems(args: LayerArgs & IamSpec & { readonly place: Place }): Generator<Problem> {
  const { projects, people, machines, keys } = resolveIam(args);
  if (Object.keys(projects).length + people.length > 0) yield* lacks(args.place, "iam", "identityAdmin");
  if (Object.keys(machines).length + keys.length > 0) yield* lacks(args.place, "iam", "keyManager");
}
