import { z } from "zod";
import { PROTECTION, type Preset } from "../preset.ts";
import type { Problem } from "../problem.ts";
import { retentionProblems } from "./retention.ts";

export const backupSpecSchema = z.strictObject({
  retentionDays: z.int().min(1).max(3650).optional().describe("Days that copies are kept. Default 30, throwaway 7."),
  quotaGiB: z.int().min(1).optional().describe("Most that it may hold, in GiB. Default: no limit of its own."),
});

/** Where copies go that whoever makes them cannot take away again. */
export interface BackupSpec {
  /** Days that copies are kept. @default - 30, and 7 for `throwaway` */
  readonly retentionDays?: number | undefined;
  /** Most that it may hold, in GiB. @default - no limit of its own */
  readonly quotaGiB?: number | undefined;
}

export interface ResolvedBackup {
  readonly retentionDays: number;
  readonly quotaGiB?: number;
}

export const resolveBackup = ({ retentionDays, quotaGiB }: BackupSpec, preset: Preset): ResolvedBackup => ({
  retentionDays: retentionDays ?? PROTECTION[preset].defaultRetentionDays,
  ...(quotaGiB === undefined ? {} : { quotaGiB }),
});

export function* backupProblems(spec: ResolvedBackup, preset: Preset): Generator<Problem> {
  yield* retentionProblems(spec.retentionDays, preset);
}
