import { z } from "zod";
import { zodProblems } from "./declaration/zod-problems.ts";
import type { Checked, Problem } from "./problem.ts";

const text = z.string().trim().min(1);

const waiverSchema = z.strictObject({
  rule: z
    .string()
    .regex(/^[a-z0-9-]+$/, "the name of a rule, as keep-data-in-permitted-places")
    .describe("Name of the rule."),
  resource: text.describe("The resource: its whole URN, or the end of it, as aws:s3/bucket:Bucket::audit."),
  reason: text.describe("Why it is tolerated."),
  approver: text.describe("Who answers for it."),
  expires: z.iso.date().describe("Last day on which it holds."),
});

/** What `kasbah check --waivers` takes. Published as JSON Schema. */
export const waiversSchema = z.strictObject({
  $schema: z.string().optional(),
  waivers: z.array(waiverSchema).describe("Findings that somebody answers for, each until a day."),
});

/** A finding that somebody answers for, until a day, as a waiver file has it. */
export type WaiverEntry = z.infer<typeof waiverSchema>;

const KEYS = Object.keys(waiverSchema.shape);

/** Parses a waiver file. Everything wrong with it comes back at once; a waiver that stands there twice too. */
export const parseWaivers = (input: unknown): Checked<readonly WaiverEntry[]> => {
  const parsed = waiversSchema.safeParse(input);
  if (!parsed.success) {
    const known = (path: readonly PropertyKey[]): readonly string[] => (path.length === 0 ? ["waivers"] : KEYS);
    const problems = parsed.error.issues.flatMap((issue) => zodProblems([issue], input, known(issue.path)));
    return { ok: false, problems };
  }
  const { waivers } = parsed.data;
  const problems = [...twice(waivers)];
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: waivers };
};

function* twice(waivers: readonly WaiverEntry[]): Generator<Problem> {
  const seen = new Map<string, number>();
  for (const [index, { rule, resource }] of waivers.entries()) {
    const key = `${rule} ${resource}`;
    const first = seen.get(key);
    if (first === undefined) seen.set(key, index);
    else
      yield {
        path: `waivers.${index}`,
        expected: "each rule and resource once",
        got: key,
        mend: `keep this one or waivers.${first}`,
      };
  }
}
