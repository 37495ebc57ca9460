import { z } from "zod";
import { CATEGORIES } from "../dataset.ts";
import { CLASSES } from "../label.ts";
import { conditionSchema, facetSchema } from "./condition.ts";
import { CONFIDENCE, date, id, obligationSchema, sourceSchema, text } from "./obligation.ts";
import { regimeIssues } from "./regime-issues.ts";

export { type Condition, conditionSchema } from "./condition.ts";
export { isConfidential } from "./confidential.ts";
export { CONFIDENCE, type Confidence, type Obligation } from "./obligation.ts";

const country = z.string().regex(/^[A-Z]{2}$/, "an ISO 3166-1 alpha-2 country code, as MA");

export const GRANTORS = ["authority", "data-subject", "state", "self"] as const;

const acceptedFormality = z.strictObject({
  type: id.or(z.string().regex(/^[a-z0-9+-]+$/)),
  grantor: z.enum(GRANTORS),
  basis: text.optional(),
  /** It satisfies the rule only where this holds. */
  onlyIf: conditionSchema.optional(),
  /** The reservation in words, shown with the formality. */
  onlyIfWords: text.optional(),
});

/** The formality must name each of these countries: those of the facets that are inside and not outside the sets. */
const coversSchema = z.strictObject({
  facets: z.array(facetSchema).min(1),
  inside: z.array(z.string()).min(1).optional(),
  outside: z.array(z.string()).min(1),
});

const effectSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("permit"), note: text.optional() }),
  z.strictObject({ kind: z.literal("deny"), change: text.optional() }),
  z.strictObject({
    kind: z.literal("require"),
    check: conditionSchema,
    onFail: z.enum(["denied", "conditional", "unknown"]),
    duty: text,
  }),
  z.strictObject({
    kind: z.literal("formality"),
    oneOf: z.array(acceptedFormality).min(1).optional(),
    allOf: z.array(acceptedFormality).min(1).optional(),
    covers: coversSchema.optional(),
  }),
  z.strictObject({
    kind: z.literal("derogate"),
    /** Rules of this regime that it lifts, by id. */
    from: z.array(z.string()).min(1),
    /** What stays to be done while it lifts them. */
    conditions: z.array(text).min(1),
  }),
]);

const ruleSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9.-]+$/),
  title: text,
  when: conditionSchema,
  effect: effectSchema,
  source: sourceSchema,
  /** `false`: no derogation may lift it. */
  derogable: z.literal(false).optional(),
  /** The rule is our reading of the text. */
  interpretation: z.literal(true).optional(),
  /** What is not certain about it; shown wherever the rule is cited. */
  uncertain: text.optional(),
  sanction: text.optional(),
  /** More data or more countries can make its verdict better, on purpose; a test lists these. */
  exclusion: z.strictObject({ by: z.enum(["country", "category"]), why: text }).optional(),
  from: date.optional(),
  to: date.optional().describe("Last day on which it holds."),
});

const listSchema = z.strictObject({
  title: text,
  members: z.array(country),
  /** Members only where a condition holds, with the condition in words. */
  scoped: z.record(country, z.strictObject({ when: conditionSchema, words: text })).optional(),
  seen: z.enum(CONFIDENCE),
  source: text,
  asOf: date.optional(),
  from: date.optional(),
  to: date.optional(),
  uncertain: text.optional(),
});

const schemeSchema = z.strictObject({
  id,
  of: z.enum(["dataset", "system"]),
  title: text,
  levels: z
    .array(
      z.strictObject({ id: z.string().regex(/^[A-Za-z0-9-]+$/), rank: z.number().int(), meaning: text.optional() }),
    )
    .min(1),
  /** What is proposed for each class of ours. Never taken without the owner's word. */
  proposes: z.record(z.enum(CLASSES), z.string()),
  source: sourceSchema,
  uncertain: text.optional(),
});

const qualificationSchema = z.strictObject({
  scheme: id,
  title: text,
  levels: z.record(z.string().regex(/^\d+$/), text),
  maxYears: z.number().positive().optional(),
  status: z.enum(["in-force", "candidate", "proposal"]),
  note: text.optional(),
  source: sourceSchema,
});

const instrumentSchema = z.strictObject({
  id,
  title: text,
  rank: text.optional(),
  inForceFrom: date.optional().describe("Rules without a date of their own hold from this day."),
  seen: z.enum([...CONFIDENCE, "title-only"]),
  /** Where it was read. */
  source: text,
});

export const regimeSchema = z
  .strictObject({
    $schema: z.string().optional(),
    id,
    version: text,
    jurisdiction: text,
    title: text,
    authority: z.strictObject({ id: text, name: text }),
    /** Verdicts of it are withheld from outputs by default. A regime whose scope reads a secret fact is so anyway. */
    confidential: z.literal(true).optional(),
    instruments: z.array(instrumentSchema).min(1),
    lists: z.record(id, listSchema).default({}),
    schemes: z.array(schemeSchema).default([]),
    qualifications: z.array(qualificationSchema).default([]),
    /** Laws that reach data in other countries, by the id that an operator's `extraterritorialLaws` names. */
    laws: z.array(z.strictObject({ id, title: text, note: text.optional(), source: sourceSchema })).default([]),
    scope: z.strictObject({
      when: conditionSchema,
      source: text,
      note: text.optional(),
      exclusion: z.strictObject({ by: z.enum(["country", "category"]), why: text }).optional(),
    }),
    categories: z.array(z.strictObject({ id: z.enum(CATEGORIES), source: text })),
    rules: z.array(ruleSchema),
    obligations: z.array(obligationSchema),
  })
  .superRefine((regime, context) => {
    for (const { path, message } of regimeIssues(regime))
      context.addIssue({ code: "custom", path: [...path], message });
  });

/** Law as data. */
export type Regime = z.infer<typeof regimeSchema>;
export type Rule = Regime["rules"][number];
export type Effect = Rule["effect"];
export type Scheme = Regime["schemes"][number];
export type AcceptedFormality = z.infer<typeof acceptedFormality>;
