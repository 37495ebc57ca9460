import type { Class } from "./label.ts";
import type { Recovery } from "./recovery.ts";

/**
 * What the data is about. Orthogonal to the class; a regime's scope and rules read these.
 * `in-cross-border-leg`: the domestic leg of a cross-border payment; of the data with this mark a copy may be abroad.
 */
export const CATEGORIES = [
  "personal",
  "special-category",
  "sensitive-09-08",
  "health",
  "genetic",
  "minors",
  "national-id",
  "offences",
  "bank-confidential",
  "bank-secret",
  "telecom-traffic",
  "payment-data",
  "in-payment-data",
  "in-cross-border-leg",
  "cardholder",
  "technical-data",
  "national-defence",
] as const;
export type Category = (typeof CATEGORIES)[number];

export const isCategory = (value: unknown): value is Category => (CATEGORIES as readonly unknown[]).includes(value);

/** What a category is besides, whatever the regime: health data is personal data everywhere. */
const IMPLIES: Partial<Readonly<Record<Category, readonly Category[]>>> = {
  "special-category": ["personal"],
  "sensitive-09-08": ["personal"],
  health: ["special-category", "sensitive-09-08", "personal"],
  genetic: ["special-category", "sensitive-09-08", "personal"],
  minors: ["personal"],
  "national-id": ["personal"],
  offences: ["personal"],
  cardholder: ["personal"],
  "bank-secret": ["bank-confidential"],
  "in-payment-data": ["payment-data"],
  "in-cross-border-leg": ["in-payment-data", "payment-data"],
};

export const FORMS = ["raw", "pseudonymised", "anonymised", "aggregated", "synthetic"] as const;
export type Form = (typeof FORMS)[number];

/** What a dataset is among its copies. A rule on master records reads it. */
export const ROLES = ["master-system-of-record", "copy", "derived"] as const;
export type Role = (typeof ROLES)[number];

/** The record that justifies a form which counts as less than raw. */
export interface Method {
  /** Document in which the method and its result are recorded. */
  readonly reference: string;
  /** Day of the record. */
  readonly date: string;
}

/** A decision on record that derived data no longer carries its source's label. */
export interface Reclassification {
  readonly by: string;
  readonly on: string;
  readonly reference: string;
}

/** Named data with its label. */
export interface Dataset {
  readonly class: Class;
  readonly categories: readonly Category[];
  readonly form: Form;
  /** Without it, an anonymised, aggregated or synthetic form counts as raw. */
  readonly method?: Method;
  /** What the data is used for, where a rule asks (for example `care`). */
  readonly purpose?: string;
  readonly role?: Role;
  /** Handled by persons bound by professional secrecy. */
  readonly professionalSecrecy?: boolean;
  /** Levels in legal schemes, by scheme, as their owner declared them. Never made from the class. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Datasets that it was made from: embeddings, prompts, caches, weights, backups. */
  readonly derivedFrom?: readonly string[];
  readonly reclassified?: Reclassification;
  /** What may be lost, and how long it may be away. Without it, what its class asks for. */
  readonly recovery?: Recovery;
}

/** The categories with everything that they imply, sorted, each once. */
export const withImplied = (categories: readonly Category[]): readonly Category[] =>
  [...new Set(categories.flatMap((category) => [category, ...(IMPLIES[category] ?? [])]))].sort();

/** Forms that take data out of a law on persons, where the method is on record. */
const LOWERING: ReadonlySet<Form> = new Set(["anonymised", "aggregated", "synthetic"]);

/** The form that counts: a lower form without a recorded method is a claim, and the data counts as raw. */
export const effectiveForm = ({ form, method }: Pick<Dataset, "form" | "method">): Form =>
  LOWERING.has(form) && method === undefined ? "raw" : form;
