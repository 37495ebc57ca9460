import {
  type Decision,
  FACETS,
  type Formality,
  findRegime,
  judge,
  type Question,
  REGIMES,
  type Regime,
  type Site,
  type Verdict,
} from "@kasbah/core";

/** All facets in these countries. */
export const everywhere = (...countries: string[]): Site["facets"] =>
  Object.fromEntries(FACETS.map((facet) => [facet, countries]));

type Deep<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { readonly [K in keyof T]?: Deep<T[K]> | undefined }
    : T;

/** What a question changes of another; `undefined` takes a fact away. */
export type Change = Deep<Question>;

/** A dataset, a place and a subject about which everything good is known, in one country. */
export const question = (country: string, ...changes: readonly Change[]): Question => {
  const base: Question = {
    datasetName: "d",
    dataset: { class: "restricted", categories: ["personal"], form: "raw", role: "copy" },
    place: {
      name: "p",
      kind: "sovereign",
      isCloud: true,
      facets: everywhere(country),
      operator: {
        isSubject: false,
        incorporatedIn: country,
        controlledFrom: [country],
        extraterritorialLaws: [],
        commercial: true,
      },
      contract: {
        processorClauses: true,
        law: country,
        audit: true,
        reversibility: true,
        locationsListed: true,
        locationChangeNotice: true,
      },
      facts: { encryptionAtRest: true, encryptionInTransit: true, accessLog: true, keyManager: true },
      keys: { providerCanDecrypt: false },
    },
    subject: { establishedIn: [country], sector: "retail", designations: [] },
    system: { critical: false },
    formalities: [],
    asOf: "2026-11-21",
  };
  return but(base, ...changes);
};

/** A question with changes. */
export const but = (asked: Question, ...changes: readonly Change[]): Question =>
  changes.reduce<Question>((into, change) => merged(into, change) as Question, asked);

const merged = (into: object, change: object): object =>
  Object.fromEntries(
    Object.entries({ ...into, ...change }).flatMap(([key, value]) => {
      const old: unknown = Reflect.get(into, key);
      if (value === undefined) return [];
      return [[key, isPlain(old) && isPlain(value) ? merged(old, value) : value]];
    }),
  );

const isPlain = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const filed = (...types: string[]): readonly Formality[] =>
  types.map((type) => ({ type, reference: "R", countries: ["FR", "US", "IN", "IE", "CA", "MA", "DE"] }));

export const regime = (id: string): Regime => {
  const found = findRegime(id);
  if (found === undefined) throw new Error(`no regime ${id}`);
  return found;
};

export const ask = (asked: Question, ids?: readonly string[]): Verdict =>
  judge(asked, ids === undefined ? REGIMES : ids.map(regime));

/** What one rule says of a question. */
export const said = (asked: Question, rule: string): Decision | undefined =>
  ask(asked).decisions.find((decision) => decision.rule === rule);

export const outcomeOf = (asked: Question, rule: string): string => said(asked, rule)?.outcome ?? "silent";
