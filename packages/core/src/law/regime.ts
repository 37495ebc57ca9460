import { z } from "zod";
import { FACETS } from "../place.ts";

const facet = z.enum(FACETS);

/** What a condition may ask about. `absent` says what a missing fact means; without it, missing is unknown. */
export const FACTS = {
  "dataset.categories": { absent: [] },
  "dataset.form": {},
  "dataset.purpose": { absent: null },
  "subject.establishedIn": {},
  "place.operator.isSubject": {},
  "place.operator.incorporatedIn": {},
  "place.operator.controlledFrom": {},
  "place.contract.processorClauses": {},
  "place.contract.law": {},
  "place.facts.encryptionAtRest": {},
  "place.facts.encryptionInTransit": {},
  "place.facts.accessLog": {},
  "place.facts.keyManager": {},
} as const satisfies Readonly<Record<string, { readonly absent?: unknown }>>;
export type Fact = keyof typeof FACTS;

const scalar = z.union([z.string(), z.number(), z.boolean()]);

export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly fact: Fact; readonly op: "eq"; readonly value: string | number | boolean }
  | { readonly fact: Fact; readonly op: "has"; readonly value: string }
  | { readonly fact: Fact; readonly op: "hasAny"; readonly value: readonly string[] }
  | {
      readonly facets: readonly z.infer<typeof facet>[];
      /** `anyIn`: some country of some facet is in the set; `anyOutside`: some country is not. */
      readonly op: "anyIn" | "anyOutside";
      /** Countries, or `@list` for a list of the regime. */
      readonly value: readonly string[];
    };

const fact = z.enum(Object.keys(FACTS) as [Fact, ...Fact[]]);

export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(conditionSchema) }),
    z.strictObject({ any: z.array(conditionSchema) }),
    z.strictObject({ not: conditionSchema }),
    z.strictObject({ fact, op: z.literal("eq"), value: scalar }),
    z.strictObject({ fact, op: z.literal("has"), value: z.string() }),
    z.strictObject({ fact, op: z.literal("hasAny"), value: z.array(z.string()) }),
    z.strictObject({ facets: z.array(facet).min(1), op: z.enum(["anyIn", "anyOutside"]), value: z.array(z.string()) }),
  ]),
);

const date = z.iso.date();

const acceptedFormality = z.strictObject({
  type: z.string(),
  grantor: z.enum(["authority", "data-subject", "state", "self"]),
  basis: z.string().optional(),
  /** It satisfies the rule only where this holds. */
  onlyIf: conditionSchema.optional(),
});

const effectSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("deny") }),
  z.strictObject({
    kind: z.literal("formality"),
    oneOf: z.array(acceptedFormality).min(1),
    /** The formality must name each of these countries: those of the facets that are inside and not outside the sets. */
    covers: z
      .strictObject({
        facets: z.array(facet).min(1),
        inside: z.array(z.string()).optional(),
        outside: z.array(z.string()),
      })
      .optional(),
  }),
  z.strictObject({ kind: z.literal("require"), check: conditionSchema, duty: z.string() }),
]);

/** How the source of a rule was seen. */
export const CONFIDENCE = ["primary", "transcription", "text", "secondary", "background"] as const;

const ruleSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9.-]+$/),
  title: z.string(),
  when: conditionSchema,
  effect: effectSchema,
  source: z.strictObject({ instrument: z.string(), article: z.string(), seen: z.enum(CONFIDENCE) }),
  /** The rule is our reading of the text. */
  interpretation: z.literal(true).optional(),
  /** What is not certain about it; shown wherever the rule is cited. */
  uncertain: z.string().optional(),
  sanction: z.string().optional(),
  from: date.optional(),
  to: date.optional(),
});

const listSchema = z.strictObject({
  title: z.string(),
  members: z.array(z.string().regex(/^[A-Z]{2}$/)),
  seen: z.enum(CONFIDENCE),
  uncertain: z.string().optional(),
});

export const regimeSchema = z
  .strictObject({
    $schema: z.string().optional(),
    id: z.string().regex(/^[a-z0-9-]+$/),
    version: z.string(),
    jurisdiction: z.string(),
    title: z.string(),
    authority: z.strictObject({ id: z.string(), name: z.string() }),
    instruments: z.array(
      z.strictObject({
        id: z.string(),
        title: z.string(),
        inForceFrom: date.optional(),
        seen: z.enum([...CONFIDENCE, "title-only"]),
      }),
    ),
    lists: z.record(z.string(), listSchema),
    scope: z.strictObject({ when: conditionSchema, source: z.string(), note: z.string().optional() }),
    rules: z.array(ruleSchema).min(1),
  })
  .superRefine((regime, context) => {
    const instruments = new Set(regime.instruments.map(({ id }) => id));
    const seen = new Set<string>();
    for (const [index, rule] of regime.rules.entries()) {
      if (!instruments.has(rule.source.instrument)) {
        context.addIssue({
          code: "custom",
          path: ["rules", index, "source", "instrument"],
          message: `one of ${[...instruments].join(", ")}`,
        });
      }
      if (seen.has(rule.id)) context.addIssue({ code: "custom", path: ["rules", index, "id"], message: "a unique id" });
      seen.add(rule.id);
    }
  });

/** Law as data. */
export type Regime = z.infer<typeof regimeSchema>;
export type Rule = Regime["rules"][number];
export type Effect = Rule["effect"];
