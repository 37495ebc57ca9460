import type { Class } from "./label.ts";

/** What the data is about. Orthogonal to the class; a regime's scope and rules read these. */
export const CATEGORIES = [
  "personal",
  "sensitive-09-08",
  "health",
  "genetic",
  "national-id",
  "offences",
  "bank-secret",
  "cardholder",
  "technical-data",
  "national-defence",
] as const;
export type Category = (typeof CATEGORIES)[number];

/** Categories that are personal data whatever the regime. */
const IMPLIES: Partial<Readonly<Record<Category, readonly Category[]>>> = {
  "sensitive-09-08": ["personal"],
  health: ["sensitive-09-08", "personal"],
  genetic: ["sensitive-09-08", "personal"],
  "national-id": ["personal"],
  offences: ["personal"],
};

export const FORMS = ["raw", "pseudonymised", "anonymised", "aggregated", "synthetic"] as const;
export type Form = (typeof FORMS)[number];

/** Named data with its label. */
export interface Dataset {
  readonly class: Class;
  readonly categories: readonly Category[];
  readonly form: Form;
  /** What the data is used for, where a rule asks (for example `care`). */
  readonly purpose?: string;
}

/** The categories with everything that they imply, sorted, each once. */
export const withImplied = (categories: readonly Category[]): readonly Category[] =>
  [...new Set(categories.flatMap((category) => [category, ...(IMPLIES[category] ?? [])]))].sort();
