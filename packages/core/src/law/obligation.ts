import { z } from "zod";

/** How a text was seen: itself, a copy by others, its words quoted, a summary, or background knowledge. */
export const CONFIDENCE = ["primary", "transcription", "text", "secondary", "background"] as const;
export type Confidence = (typeof CONFIDENCE)[number];

export const date = z.iso.date();
export const text = z.string().trim().min(1);
/** Ids of regimes, instruments, lists, schemes. */
export const id = z.string().regex(/^[a-z0-9-]+$/, "small letters, digits and dashes");

export const sourceSchema = z.strictObject({
  instrument: id,
  article: text.describe("Article, annex or section of the instrument."),
  seen: z.enum(CONFIDENCE).describe("How the text was seen."),
});

const step = z.strictObject({
  what: text,
  within: text.describe("The deadline in the words of the text."),
  hours: z.number().positive().optional().describe("The deadline in hours, where the text gives a number."),
  from: text.describe("What starts the clock."),
});

const common = {
  id: z.string().regex(/^[a-z0-9.-]+$/),
  title: text,
  source: sourceSchema,
  uncertain: text.optional(),
  sanction: text.optional(),
  from: date.optional(),
  to: date.optional(),
};

/** A dated duty that is not about where data is. */
export const obligationSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("incident"), notify: text, steps: z.array(step).min(1), ...common }),
  z.strictObject({
    kind: z.literal("retention"),
    of: z.enum(["logs", "technical-data", "audit-reports", "access-records", "backups", "data"]),
    atLeastDays: z.number().int().positive().optional(),
    atMost: text.optional(),
    by: z.enum(["owner", "provider"]),
    /** Countries in which it is kept. */
    in: z.array(z.string().regex(/^[A-Z]{2}$/)).optional(),
    ...common,
  }),
  z.strictObject({
    kind: z.literal("audit"),
    by: text,
    everyMonths: z.number().int().positive().optional(),
    ...common,
  }),
  z.strictObject({ kind: z.literal("review"), everyMonths: z.number().int().positive(), ...common }),
  z.strictObject({ kind: z.literal("key-custody"), ...common }),
  z.strictObject({ kind: z.literal("contract-clause"), ...common }),
  z.strictObject({ kind: z.literal("change-notice"), notify: text, within: text, ...common }),
  z.strictObject({ kind: z.literal("exit"), ...common }),
  z.strictObject({ kind: z.literal("record"), ...common }),
  z.strictObject({ kind: z.literal("control"), ...common }),
]);

/** A dated duty of a regime: log retention, incident deadline, clause, audit, exit, record. */
export type Obligation = z.infer<typeof obligationSchema>;
