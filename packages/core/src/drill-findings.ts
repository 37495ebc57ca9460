import { z } from "zod";
import type { Checked } from "./problem.ts";

const moment = z.iso.datetime().nullable();

/** What a copy says of itself once it has been looked at. */
const drillFindingsSchema = z.object({
  format: z.literal(1),
  /** Asked as soon as the copy answered: when, and what was newest in it then. */
  newest: z.object({ asked: z.iso.datetime(), heartbeat: moment, commit: moment }),
  backup: z.object({ label: z.string(), type: z.string().nullable(), at: moment }),
  bytes: z.int().min(0),
  versions: z.record(z.string(), z.string()),
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), says: z.string() })).min(1),
});

export type DrillFindings = z.infer<typeof drillFindingsSchema>;

/** Reads what a copy wrote. Whoever took over a copy could write anything: what is not of this shape is not taken. */
export const parseDrillFindings = (text: string): Checked<DrillFindings> => {
  const expected = "what a copy reports";
  let input: unknown;
  try {
    input = JSON.parse(text);
  } catch {
    return { ok: false, problems: [{ path: "", expected, got: "something that is no JSON" }] };
  }
  const parsed = drillFindingsSchema.safeParse(input);
  if (parsed.success) return { ok: true, value: parsed.data };
  const problems = parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), expected, got: message }));
  return { ok: false, problems };
};
