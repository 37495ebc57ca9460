import { presetOf, type Wired } from "@kasbah/component";
import type { BackupSpec, Problem } from "@kasbah/core";
import { isSensitive, lacks } from "./capabilities.ts";
import { encryptionProblems } from "./site.ts";

/**
 * What this place cannot do of what was asked of a vault.
 * @param keysHere its keys are kept in this place, and not in that of the servers that write to it
 */
export function* vaultPlaceProblems(args: Wired<BackupSpec>, keysHere: boolean): Generator<Problem> {
  const { place } = args;
  const preset = presetOf(args.scope);
  if (keysHere) yield* lacks(place, "vault", "keyManager");
  yield* lacks(place, "vault", "s3");
  yield* encryptionProblems(place, args.class, preset);
  if (preset !== "production" || !isSensitive(args.class)) return;
  yield* lacks(place, "vault", "identityAdmin");
  yield* lacks(place, "vault", "historyContainers");
}
