import { type LayerArgs, presetOf } from "@kasbah/component";
import type { Place, Problem, Recovery } from "@kasbah/core";
import { isSensitive, lacks } from "./capabilities.ts";
import { settingsOf } from "./site.ts";

export function* recoveryProblems({ rpoMinutes }: Recovery): Generator<Problem> {
  if (rpoMinutes > 0) return;
  const mend = "declare at least 1 for the dataset, or keep it in a database, whose commits can wait for a second copy";
  yield {
    path: "recovery.rpoMinutes",
    expected: "at least 1: copies of objects are made afterwards",
    got: rpoMinutes,
    mend,
  };
}

/** What this place cannot do for copies. */
export function* copiesPlaceProblems({ place, ...args }: LayerArgs & { readonly place: Place }): Generator<Problem> {
  yield* lacks(place, "copies", "keyManager");
  yield* lacks(place, "copies", "s3");
  if (presetOf(args.scope) === "production" && isSensitive(args.class)) yield* lacks(place, "copies", "identityAdmin");
  const settings = settingsOf(place);
  for (const [key, what] of [
    ["debianMirror", "the Debian mirror inside the place, from which rclone comes"],
    ["authUrl", "the identity endpoint, which the server asks for its keys"],
    ["externalNetwork", "the network that leads to them: the server of the copies has no other way to either site"],
  ] as const) {
    if (settings[key] === undefined)
      yield { path: `place.settings.${key}`, expected: what, got: undefined, mend: "name it" };
  }
}
