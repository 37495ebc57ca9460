import { z } from "zod";
import { PROTECTION, type Preset } from "../preset.ts";
import type { Problem } from "../problem.ts";
import { retentionProblems } from "./retention.ts";

export const objectStorageSpecSchema = z.strictObject({
  retentionDays: z
    .int()
    .min(1)
    .max(3650)
    .optional()
    .describe("Days that old versions are kept. Default 30, throwaway 7."),
});

/** A private, encrypted, versioned place for objects. */
export interface ObjectStorageSpec {
  /** Days that overwritten and deleted versions can be brought back. @default - 30, and 7 for `throwaway` */
  readonly retentionDays?: number | undefined;
}

export interface ResolvedObjectStorage {
  readonly retentionDays: number;
}

export const resolveObjectStorage = ({ retentionDays }: ObjectStorageSpec, preset: Preset): ResolvedObjectStorage => ({
  retentionDays: retentionDays ?? PROTECTION[preset].defaultRetentionDays,
});

export function* objectStorageProblems(spec: ResolvedObjectStorage, preset: Preset): Generator<Problem> {
  yield* retentionProblems(spec.retentionDays, preset);
}
