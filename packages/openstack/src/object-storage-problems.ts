import { type LayerArgs, presetOf } from "@kasbah/component";
import { type ObjectStorageSpec, type Place, type Problem, resolveObjectStorage } from "@kasbah/core";
import { isSensitive, lacks } from "./capabilities.ts";
import { copiesPlaceProblems } from "./copies-problems.ts";
import { encryptionProblems } from "./site.ts";

interface Asked extends LayerArgs, ObjectStorageSpec {
  readonly place: Place;
  /** Places of copies, as a workload names them. */
  readonly backups?: readonly string[];
  /** The same, when they are made. */
  readonly vaults?: readonly unknown[] | undefined;
}

/** What this place cannot do of what was asked. Who encrypts before writing needs no encrypted disks. */
export function* objectStoragePlaceProblems(args: Asked): Generator<Problem> {
  const { place } = args;
  const preset = presetOf(args.scope);
  const { access, encryption } = resolveObjectStorage(args, preset);
  if (encryption === "place") yield* encryptionProblems(place, args.class, preset);
  if (access.length > 0 || encryption === "client") yield* lacks(place, "object-storage", "keyManager");
  if ((args.vaults ?? args.backups ?? []).length > 0) yield* copiesPlaceProblems(args);
  if (access.length === 0) return;
  yield* lacks(place, "object-storage", "s3");
  if (preset === "production" && isSensitive(args.class)) yield* lacks(place, "object-storage", "identityAdmin");
}
