import { PROTECTION, type Preset } from "../preset.ts";
import type { Problem } from "../problem.ts";

/** Backups and old versions are kept at least as long as the preset says. Read by every layer that keeps data. */
export function* retentionProblems(retentionDays: number, preset: Preset): Generator<Problem> {
  const { minRetentionDays } = PROTECTION[preset];
  if (retentionDays < minRetentionDays) {
    yield {
      path: "retentionDays",
      expected: `at least ${minRetentionDays} in ${preset}`,
      got: retentionDays,
      mend: `give ${minRetentionDays} or more`,
    };
  }
}
