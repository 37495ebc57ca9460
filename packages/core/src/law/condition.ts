import { z } from "zod";
import { FACETS } from "../place.ts";
import { type Fact, isFact } from "./facts.ts";

export const facetSchema = z.enum(FACETS);
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const words = z.array(z.string()).min(1);

/** What a rule asks. Values may be `@list`: the members of a list of the regime. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly always: true }
  | { readonly fact: Fact; readonly op: "eq"; readonly value: string | number | boolean }
  /** The fact is one of the values. */
  | { readonly fact: Fact; readonly op: "in"; readonly value: readonly string[] }
  /** The fact's list holds the value. */
  | { readonly fact: Fact; readonly op: "has"; readonly value: string }
  /** The fact's list holds one of the values. */
  | { readonly fact: Fact; readonly op: "hasAny"; readonly value: readonly string[] }
  /** The fact's list is not empty. */
  | { readonly fact: Fact; readonly op: "nonEmpty" }
  /** Some entry of the fact's list is outside the values. */
  | { readonly fact: Fact; readonly op: "hasOther"; readonly value: readonly string[] }
  /** Numbers, or days as `YYYY-MM-DD`. */
  | { readonly fact: Fact; readonly op: "gte" | "lte" | "lt"; readonly value: number | string }
  /** So many months have passed since the day that the fact gives. */
  | { readonly fact: Fact; readonly op: "monthsPassed"; readonly value: number }
  /** Of all countries of these facets: some in, some outside, all in, or none in the values. */
  | {
      readonly facets: readonly z.infer<typeof facetSchema>[];
      readonly op: "anyIn" | "anyOutside" | "allIn" | "noneIn";
      readonly value: readonly string[];
    };

const fact = z.string().refine(isFact, "a fact of the model") as unknown as z.ZodType<Fact, string>;

export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(conditionSchema).min(1) }),
    z.strictObject({ any: z.array(conditionSchema).min(1) }),
    z.strictObject({ not: conditionSchema }),
    z.strictObject({ always: z.literal(true) }),
    z.strictObject({ fact, op: z.literal("eq"), value: scalar }),
    z.strictObject({ fact, op: z.enum(["in"]), value: words }),
    z.strictObject({ fact, op: z.literal("has"), value: z.string() }),
    z.strictObject({ fact, op: z.literal("hasAny"), value: words }),
    z.strictObject({ fact, op: z.literal("hasOther"), value: words }),
    z.strictObject({ fact, op: z.literal("nonEmpty") }),
    z.strictObject({ fact, op: z.enum(["gte", "lte", "lt"]), value: z.union([z.number(), z.string()]) }),
    z.strictObject({ fact, op: z.literal("monthsPassed"), value: z.number().int().min(0) }),
    z.strictObject({
      facets: z.array(facetSchema).min(1),
      op: z.enum(["anyIn", "anyOutside", "allIn", "noneIn"]),
      value: words,
    }),
  ]),
);

export { factsOf, leavesOf, listsOf } from "./leaves.ts";
