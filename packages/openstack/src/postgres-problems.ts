import { type LayerArgs, presetOf } from "@kasbah/component";
import type { Place, Problem } from "@kasbah/core";
import { encryptionProblems, reachProblems, settingsOf } from "./site.ts";

/** What this place cannot do of what was asked. */
export function* postgresPlaceProblems(args: LayerArgs & { readonly place: Place }): Generator<Problem> {
  const { place } = args;
  const preset = presetOf(args.scope);
  const settings = settingsOf(place);
  if (place.facts.keyManager !== true && preset === "production") {
    yield {
      path: "place.facts.keyManager",
      expected: "true, the capability that keeps the password in production",
      got: place.facts.keyManager,
      mend: `declare it on ${place.name} if it has one, or use the preset throwaway`,
    };
  }
  yield* encryptionProblems(place, args.class, preset);
  if (settings.debianMirror === undefined) {
    yield {
      path: "place.settings.debianMirror",
      expected: "the Debian mirror inside the place",
      got: undefined,
      mend: "name it: PostgreSQL comes from there",
    };
  }
  if (place.facts.keyManager === true && settings.authUrl === undefined) {
    yield {
      path: "place.settings.authUrl",
      expected: "the identity endpoint, which the server asks for its password",
      got: undefined,
      mend: "name it: the environment is not there in the server",
    };
  }
  yield* reachProblems(settings);
}
