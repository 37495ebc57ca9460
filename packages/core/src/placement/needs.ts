import { z } from "zod";

const country = z.string().regex(/^[A-Z]{2}$/, "an ISO 3166-1 alpha-2 country code, as MA");
const language = z.string().regex(/^[a-z]{2,3}$/, "an ISO 639 language code, as ar");
const milliseconds = z.record(country, z.number().positive());

/** What a workload cannot do without. The same words as what a place offers. */
export const needsSchema = z.strictObject({
  gpuMemoryGiB: z.number().positive().optional().describe("At least so much memory on one GPU server."),
  pgvector: z.boolean().optional().describe("A PostgreSQL with pgvector."),
  languages: z.array(language).min(1).optional().describe("Languages that the service there must speak, as ar, fr."),
  latencyMs: milliseconds.optional().describe("At most so many milliseconds to the users in a country."),
  offline: z.boolean().optional().describe("Nothing leads out of the place."),
});
export type Needs = z.infer<typeof needsSchema>;

/** What a place offers, as far as somebody has said it. */
export const offersSchema = z.strictObject({
  gpuMemoryGiB: z.number().positive().optional().describe("Memory of its largest GPU server."),
  pgvector: z.boolean().optional(),
  languages: z.array(language).optional(),
  latencyMs: milliseconds.optional().describe("Measured to the users in a country."),
  offline: z.boolean().optional(),
  pricePerMonth: z.number().min(0).optional().describe("To compare places by, in one currency for all of them."),
});
export type Offers = z.infer<typeof offersSchema>;

/** A need that a place does not meet. */
export interface Unmet {
  /** `gpuMemoryGiB`, or with the part that is meant: `latencyMs.MA`. */
  readonly need: string;
  readonly wanted: string;
  /** Absent: the place does not say. Unknown is not good enough. */
  readonly offered?: string;
}

/** `needs gpuMemoryGiB of at least 80, offers 24`, or `..., and it does not say`. */
export const formatUnmet = ({ need, wanted, offered }: Unmet): string =>
  `needs ${need} ${wanted}, ${offered === undefined ? "and it does not say" : `offers ${offered}`}`;

type Check<Wanted, Offered> = (
  need: string,
  wanted: Wanted | undefined,
  offered: Offered | undefined,
) => readonly Unmet[];

const atLeast: Check<number, number> = (need, wanted, offered) =>
  wanted === undefined || (offered ?? 0) >= wanted ? [] : [unmet(need, `of at least ${wanted}`, offered)];

/** `false` is no need. */
const yes: Check<boolean, boolean> = (need, wanted, offered) =>
  wanted !== true || offered === true ? [] : [unmet(need, "to be there", offered === false ? "none" : undefined)];

const each: Check<readonly string[], readonly string[]> = (need, wanted = [], offered) => {
  const shown = offered === undefined ? undefined : offered.join(", ") || "none";
  return wanted.filter((word) => !offered?.includes(word)).map((word) => unmet(need, `to include ${word}`, shown));
};

const atMostEach: Check<Readonly<Record<string, number>>, Readonly<Record<string, number>>> = (
  need,
  wanted = {},
  offered,
) =>
  Object.entries(wanted).flatMap(([part, most]) => {
    const found = offered?.[part];
    return found !== undefined && found <= most ? [] : [unmet(`${need}.${part}`, `of at most ${most}`, found)];
  });

const unmet = (need: string, wanted: string, offered: string | number | undefined): Unmet => ({
  need,
  wanted,
  ...(offered === undefined ? {} : { offered: String(offered) }),
});

/** How each need is checked. A new one without a row does not compile. */
const CHECKS: { readonly [K in keyof Needs]-?: (needs: Needs, offers: Offers) => readonly Unmet[] } = {
  gpuMemoryGiB: (needs, offers) => atLeast("gpuMemoryGiB", needs.gpuMemoryGiB, offers.gpuMemoryGiB),
  pgvector: (needs, offers) => yes("pgvector", needs.pgvector, offers.pgvector),
  languages: (needs, offers) => each("languages", needs.languages, offers.languages),
  latencyMs: (needs, offers) => atMostEach("latencyMs", needs.latencyMs, offers.latencyMs),
  offline: (needs, offers) => yes("offline", needs.offline, offers.offline),
};

const NONE: readonly Unmet[] = [];

/** What says of a place which of the needs it does not meet, in the order of the table. */
export const unmetIn = (needs: Needs): ((offers: Offers) => readonly Unmet[]) => {
  const asked = Object.entries(CHECKS).flatMap(([need, check]) => (Object.hasOwn(needs, need) ? [check] : []));
  return asked.length === 0 ? () => NONE : (offers) => asked.flatMap((check) => check(needs, offers));
};
