import { z } from "zod";
import { PROTECTION, type Preset } from "../preset.ts";
import type { Problem } from "../problem.ts";
import { retentionProblems } from "./retention.ts";

/** Named sizes; each cloud's layer says what it makes of them. */
export const SIZES = ["small", "medium", "large"] as const;
export type Size = (typeof SIZES)[number];

/** Settings of the server that a declaration may change: none of them opens it, or turns off what keeps its data. */
export const PARAMETERS = [
  "idle_in_transaction_session_timeout",
  "log_min_duration_statement",
  "maintenance_work_mem",
  "max_connections",
  "max_parallel_maintenance_workers",
  "statement_timeout",
  "work_mem",
] as const;
export type Parameter = (typeof PARAMETERS)[number];

export const postgresSpecSchema = z.strictObject({
  version: z.literal(17).optional().describe("Major version. Default 17."),
  size: z.enum(SIZES).optional().describe("Processors and memory. Default small."),
  storageGiB: z
    .int()
    .min(20)
    .max(16384)
    .optional()
    .describe("Data volume in GiB; it can grow, never shrink. Default 50."),
  retentionDays: z
    .int()
    .min(1)
    .max(35)
    .optional()
    .describe("Days that automatic backups are kept. Default 30, throwaway 7."),
  database: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,62}$/)
    .optional()
    .describe("Name of the first database. Default app."),
  rotation: z
    .int()
    .min(1)
    .optional()
    .describe("Number of the administrator's login. Raise it by one to rotate its password. Default 1."),
  parameters: z
    .partialRecord(z.enum(PARAMETERS), z.string().min(1))
    .optional()
    .describe("Server settings that differ from Kasbah's, as PostgreSQL writes them. No server is replaced for them."),
  groups: z
    .array(z.string().regex(/^[a-z][a-z0-9_]{0,30}$/))
    .optional()
    .describe("Groups of readers of the retrieval schema: each has a login of its own and sees its own chunks."),
});

/** A Postgres server with pgvector: private, encrypted, TLS only. */
export interface PostgresSpec {
  /** Major version. @default 17 */
  readonly version?: 17 | undefined;
  /** Processors and memory. @default "small" */
  readonly size?: Size | undefined;
  /** Data volume in GiB; it can grow, never shrink. @default 50 */
  readonly storageGiB?: number | undefined;
  /** Days that automatic backups are kept, at most 35. @default - 30, and 7 for `throwaway` */
  readonly retentionDays?: number | undefined;
  /** Name of the first database. A change replaces the server. @default "app" */
  readonly database?: string | undefined;
  /** Number of the administrator's login; raised by one, its password is rotated. @default 1 */
  readonly rotation?: number | undefined;
  /** Server settings that differ from Kasbah's. @default - none */
  readonly parameters?: Readonly<Partial<Record<Parameter, string>>> | undefined;
  /** Groups of readers of the retrieval schema, each with a login of its own. @default - none */
  readonly groups?: readonly string[] | undefined;
}

export type ResolvedPostgres = { readonly [K in keyof PostgresSpec]-?: NonNullable<PostgresSpec[K]> };

export const resolvePostgres = (spec: PostgresSpec, preset: Preset): ResolvedPostgres => ({
  version: spec.version ?? 17,
  size: spec.size ?? "small",
  storageGiB: spec.storageGiB ?? 50,
  retentionDays: spec.retentionDays ?? PROTECTION[preset].defaultRetentionDays,
  database: spec.database ?? "app",
  rotation: spec.rotation ?? 1,
  parameters: spec.parameters ?? {},
  groups: spec.groups ?? [],
});

export function* postgresProblems(spec: ResolvedPostgres, preset: Preset): Generator<Problem> {
  yield* retentionProblems(spec.retentionDays, preset);
  if (spec.retentionDays > 35) {
    yield {
      path: "retentionDays",
      expected: "at most 35",
      got: spec.retentionDays,
      mend: "keep longer backups in the backup layer",
    };
  }
  if (!(spec.storageGiB >= 20)) {
    yield { path: "storageGiB", expected: "at least 20", got: spec.storageGiB, mend: "give 20 or more" };
  }
}
