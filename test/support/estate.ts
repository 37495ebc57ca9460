import {
  CATEGORIES,
  CLASSES,
  type CloudId,
  type Context,
  type Dataset,
  FORMS,
  type Formality,
  knownRegions,
  type Placeable,
  type PlaceOffer,
  REGIMES,
  regionPlace,
} from "@kasbah/core";

/** The same numbers every time (mulberry32). */
export const dice = (seed: number) => {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  const one = <T>(values: readonly [T, ...T[]] | readonly T[]): T => {
    const value = values[below(values.length)];
    if (value === undefined) throw new Error("nothing to choose from");
    return value;
  };
  const some = <T>(values: readonly T[], most: number): readonly T[] => [
    ...new Set(Array.from({ length: below(most + 1) }, () => one(values))),
  ];
  return { below, one, some, maybe: (chance: number): boolean => next() < chance };
};

const COUNTRIES = ["MA", "FR", "DE", "US", "AE", "IN", "SA", "TN", "SN", "CA"] as const;

export interface Estate {
  readonly context: Context;
  readonly workloads: readonly Placeable[];
  readonly places: readonly PlaceOffer[];
}

/**
 * A company with data of all sorts, in every public region and in places of its own.
 * @param kinds how many sorts of data it has; with as many as there are workloads, hardly two datasets are alike and
 * each formality covers some of them by chance
 */
export const estate = (workloads: number, places: number, kinds = 40, seed = 7): Estate => {
  const rng = dice(seed);
  const sorts = Array.from({ length: kinds }, () => datasetOf(rng));
  const count = Math.ceil(workloads / 2);
  const datasets = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`d${index}`, rng.one(sorts)] as const),
  );
  const groups = sorts.map((sort) => Object.keys(datasets).filter((name) => datasets[name] === sort));
  const own = Math.max(Math.ceil(places / 7), places - knownRegions().length);
  const sites = [
    ...Array.from({ length: own }, (_, index) => ownPlace(rng, index)),
    ...knownRegions()
      .slice(0, places - own)
      .map((region) => publicPlace(rng, region)),
  ];
  const names = Object.keys(datasets);
  const placeNames = sites.map(({ name }) => name);
  return {
    context: {
      datasets,
      subject: { establishedIn: ["MA", "FR"], sector: "bank", designations: ["ma-entity"] },
      formalities: Array.from({ length: 40 }, (_, index) =>
        formalityOf(rng, index, kinds < count ? groups : names.map((name) => [name]), placeNames),
      ),
      regimes: REGIMES,
      asOf: "2026-11-21",
    },
    workloads: Array.from({ length: workloads }, (_, index) => ({
      name: `w${index}`,
      datasets: [rng.one(names), ...rng.some(names, 2)].filter((name, at, all) => all.indexOf(name) === at),
      critical: rng.maybe(0.3),
      ...(rng.maybe(0.9) ? { labels: { "ma-si": rng.one(["B", "C", "D"]) } } : {}),
      needs: rng.maybe(0.3) ? { gpuMemoryGiB: rng.one([24, 48, 80]), latencyMs: { MA: rng.one([20, 60]) } } : {},
      wishes: rng.maybe(0.5) ? ["price"] : [],
      ...(rng.maybe(0.2) ? { places: rng.some(placeNames, 20) } : {}),
      ...(rng.maybe(0.1) ? { pin: rng.one(placeNames) } : {}),
    })),
    places: sites,
  };
};

type Dice = ReturnType<typeof dice>;

const MA_DATA = ["diffusion-restreinte", "diffusion-restreinte", "confidentiel", "secret"];

const datasetOf = (rng: Dice): Dataset => ({
  class: rng.one(CLASSES),
  categories: rng.some(CATEGORIES, 3),
  form: rng.maybe(0.8) ? "raw" : rng.one(FORMS),
  role: rng.one(["copy", "derived", "master-system-of-record"]),
  ...(rng.maybe(0.2) ? { purpose: "care", professionalSecrecy: true } : {}),
  ...(rng.maybe(0.9) ? { labels: { "ma-data": rng.one(MA_DATA) } } : {}),
});

const offersOf = (rng: Dice) => ({
  ...(rng.maybe(0.7) ? { gpuMemoryGiB: rng.one([16, 48, 80, 141]) } : {}),
  ...(rng.maybe(0.7) ? { latencyMs: { MA: 5 + rng.below(100) } } : {}),
  ...(rng.maybe(0.8) ? { pricePerMonth: 100 + rng.below(50) * 20 } : {}),
});

const publicPlace = (rng: Dice, region: ReturnType<typeof knownRegions>[number]): PlaceOffer => {
  const known = regionPlace(region.cloud as CloudId, region);
  return {
    ...known,
    name: `${region.cloud}-${region.region}`,
    facets: { ...known.facets, ...(rng.maybe(0.6) ? { support: [region.country, "US"], controlPlane: ["US"] } : {}) },
    contract: rng.maybe(0.7) ? { processorClauses: true, law: rng.one(COUNTRIES), locationsListed: true } : {},
    offers: offersOf(rng),
  };
};

const ownPlace = (rng: Dice, index: number): PlaceOffer => {
  const country = rng.maybe(0.6) ? "MA" : rng.one(COUNTRIES);
  const all = [country] as const;
  return {
    name: `own-${index}`,
    kind: rng.one(["on-prem", "colo", "private", "sovereign"]),
    isCloud: rng.maybe(0.5),
    facets: {
      ...{ storage: all, processing: all, backup: all, logs: all, keys: all },
      ...(rng.maybe(0.8) ? { controlPlane: all, support: rng.maybe(0.5) ? all : [country, "FR"] } : {}),
    },
    operator: { isSubject: rng.maybe(0.5), incorporatedIn: country, controlledFrom: all, extraterritorialLaws: [] },
    contract: { processorClauses: rng.maybe(0.8), law: country, audit: true, reversibility: true },
    facts: { encryptionAtRest: true, encryptionInTransit: true, accessLog: rng.maybe(0.7), keyManager: true },
    keys: { custody: rng.one(["provider", "external-hsm", "customer-hsm"]), providerCanDecrypt: rng.maybe(0.5) },
    offers: offersOf(rng),
  };
};

/** Types that the rules accept, so that what is on file matters. */
const TYPES = REGIMES.flatMap(({ rules }) =>
  rules.flatMap(({ effect }) =>
    effect.kind === "formality" ? [...(effect.oneOf ?? []), ...(effect.allOf ?? [])].map(({ type }) => type) : [],
  ),
);

const formalityOf = (
  rng: Dice,
  index: number,
  groups: readonly (readonly string[])[],
  places: readonly string[],
): Formality => ({
  type: rng.one(TYPES),
  reference: `R-${index}`,
  ...(rng.maybe(0.6) ? { datasets: rng.some(groups, Math.ceil(groups.length / 10)).flat() } : {}),
  ...(rng.maybe(0.3) ? { places: rng.some(places, 10) } : {}),
  ...(rng.maybe(0.5) ? { countries: rng.some(COUNTRIES, 4) } : {}),
  ...(rng.maybe(0.3) ? { to: rng.one(["2025-12-31", "2027-12-31"]) } : {}),
});
