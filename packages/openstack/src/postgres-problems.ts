import { type LayerArgs, presetOf, type VaultUse } from "@kasbah/component";
import type { Place, Preset, Problem } from "@kasbah/core";
import * as pulumi from "@pulumi/pulumi";
import { lacks } from "./capabilities.ts";
import { encryptionProblems, reachProblems, settingsOf } from "./site.ts";

type Placed = LayerArgs & { readonly place: Place };

/** What this place cannot do of what was asked. */
export function* postgresPlaceProblems(args: Placed): Generator<Problem> {
  const { place } = args;
  const preset = presetOf(args.scope);
  const settings = settingsOf(place);
  if (preset === "production") {
    yield* lacks(place, "postgres", "keyManager");
    yield* lacks(place, "postgres", "s3");
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

/** A cluster believes only settings that are signed by the user's own key. */
export const needsSigningKey = (args: Placed): boolean => presetOf(args.scope) === "production";

/** A throwaway server keeps its backups on a volume of its own. */
export const postgresVaults = ({ scope }: Placed): VaultUse => {
  const own = presetOf(scope) === "production";
  return { own, others: own };
};

/** What is missing of what others make. A preview goes without a key: nobody reads what it signs. */
export function* postgresJoinedProblems(
  { scope, vaults = [] }: LayerArgs & { readonly vaults?: readonly unknown[] },
  preset: Preset,
): Generator<Problem> {
  if (preset !== "production") return;
  if (vaults.length === 0) {
    yield {
      path: "vaults",
      expected: "at least one in production",
      got: vaults,
      mend: "make a Vault, and hand it over: backups go there",
    };
  }
  if (scope.signingKey === undefined && !pulumi.runtime.isDryRun()) {
    yield {
      path: "scope.signingKey",
      expected: "the key that signs what servers are told",
      got: undefined,
      mend: "run `kasbah init`",
    };
  }
}
