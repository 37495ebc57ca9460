import type { Check, Checks, Plain, Wanted } from "../facts/check.ts";

/** What a check is about. Each concern is asked by one rule. */
export const CONCERNS = [
  "exposure",
  "encryption",
  "transit",
  "identity",
  "network",
  "confinement",
  "backup",
  "rewind",
  "deletion",
  "site",
  "rollback",
] as const;
export type Concern = (typeof CONCERNS)[number];

export type Concerns = Readonly<Partial<Record<Concern, Checks>>>;

/** Checks that share a source. */
export const from =
  (source: string) =>
  (path: string, wanted: Wanted, standard?: Plain, when?: Check["when"]): Check => ({
    path,
    ...wanted,
    ...(standard === undefined ? {} : { standard }),
    ...(when === undefined ? {} : { when }),
    source,
  });

export const ON: Wanted = { is: [true] };
export const OFF: Wanted = { not: [true] };
export const SET: Wanted = { set: true };
export const ABSENT: Wanted = { set: false };

/** The same checks for several types. */
export const each = (types: readonly string[], checks: readonly Check[]): Checks =>
  Object.fromEntries(types.map((type) => [type, checks]));
