import { z } from "zod";
import type { Checked } from "./problem.ts";

/** Type of the payload of a signed record. */
export const DRILL_RECORD_TYPE = "application/vnd.kasbah.drill+json";

const text = z.string().min(1);
const moment = z.iso.datetime();
const seconds = z.number().min(0);

/** What a drill says for the auditor: what was restored, from what, when, by whom, in what time, and whether it is whole. */
export const drillRecordSchema = z.strictObject({
  format: z.literal(1),
  id: z.string().regex(/^[0-9a-f]{8}$/),
  platform: text,
  env: text,
  stack: text,
  owner: text,
  workload: text,
  datasets: z.array(text),
  place: z.strictObject({ name: text, cloud: text, region: z.string() }),
  by: text.describe("Who ran it, as they said."),
  startedAt: moment,
  endedAt: moment,
  failurePoint: moment
    .optional()
    .describe("The wanted point in time; or when the copy answered, as if the original had been lost at that moment."),
  targetTime: moment.optional().describe("The wanted point in time; without it, the newest that there is."),
  source: z
    .strictObject({
      cluster: text,
      vault: text.describe("The container that it was restored from, with its region."),
      backup: text.describe("Label of the backup that it began with."),
      backupAt: moment.optional(),
      type: text.optional(),
    })
    .optional()
    .describe("Absent when nothing could be restored."),
  objectives: z.strictObject({ rpoMinutes: z.int().min(0), rtoMinutes: z.int().min(0) }),
  measured: z.strictObject({
    rpoSeconds: seconds.optional().describe("From the newest heartbeat or commit that came back to the failure point."),
    rpoBy: z.enum(["heartbeat", "last-commit"]).optional(),
    rtoSeconds: seconds.optional().describe("From the beginning of the drill to the first query that was answered."),
    bytes: z.int().min(0).optional().describe("Size of the databases that came back."),
    stages: z.array(z.strictObject({ name: text, seconds })),
  }),
  checks: z.array(z.strictObject({ name: text, ok: z.boolean(), says: z.string() })),
  versions: z.record(z.string(), z.string()),
  problem: text.optional().describe("Why it could not be restored."),
  outcome: z.enum(["met", "missed", "failed"]),
  reasons: z.array(text).describe("Why it was missed or failed; none when it was met."),
  left: z.array(text).describe("What of the copy could not be taken away again."),
});

export type DrillRecord = z.infer<typeof drillRecordSchema>;
export type DrillFacts = Omit<DrillRecord, "outcome" | "reasons">;

/** Whether the objectives were met follows from the figures; a record that says otherwise is not taken. */
export const judgeDrill = (facts: DrillFacts): Pick<DrillRecord, "outcome" | "reasons"> => {
  const broken = facts.checks.filter(({ ok }) => !ok).map(({ name, says }) => `${name}: ${says}`);
  const failed = [...(facts.problem === undefined ? [] : [facts.problem]), ...broken];
  if (failed.length > 0) return { outcome: "failed", reasons: failed };
  const { rpoMinutes, rtoMinutes } = facts.objectives;
  const { rpoSeconds, rtoSeconds } = facts.measured;
  const missed = [
    ...overrun("recovery point", rpoSeconds, rpoMinutes),
    ...overrun("recovery time", rtoSeconds, rtoMinutes),
  ];
  return { outcome: missed.length === 0 ? "met" : "missed", reasons: missed };
};

/**
 * An objective of no loss is one of the running cluster, where a commit waits for a second copy. A restore from a vault
 * is for when both are gone, so it is held to what is shipped there: a minute.
 */
const LEAST_MINUTES = 1;

const overrun = (what: string, found: number | undefined, minutes: number): readonly string[] => {
  const most = Math.max(minutes, LEAST_MINUTES) * 60;
  if (found === undefined) return [`${what}: not measured, objective ${minutes} min`];
  return found <= most ? [] : [`${what}: ${Math.round(found)} s, objective ${minutes} min`];
};

export const drillRecordOf = (facts: DrillFacts): DrillRecord => ({ ...facts, ...judgeDrill(facts) });

/** The bytes that are signed: one form for one record. */
export const drillPayload = (record: DrillRecord): string => `${JSON.stringify(record, null, 2)}\n`;

const RECORD = "a drill record of format 1";

/** Reads the payload of a record whose signature was checked before. */
export const parseDrillRecord = (payload: Uint8Array): Checked<DrillRecord> => {
  let input: unknown;
  try {
    input = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(payload));
  } catch {
    return { ok: false, problems: [{ path: "", expected: RECORD, got: "something that is no JSON" }] };
  }
  const parsed = drillRecordSchema.safeParse(input);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => ({
      path: path.join("."),
      expected: RECORD,
      got: message,
    }));
    return { ok: false, problems };
  }
  const { outcome, reasons, ...facts } = parsed.data;
  const judged = judgeDrill(facts);
  if (judged.outcome !== outcome || judged.reasons.join() !== reasons.join()) {
    const expected = `${judged.outcome}, which follows from the figures`;
    return { ok: false, problems: [{ path: "outcome", expected, got: outcome }] };
  }
  return { ok: true, value: parsed.data };
};
