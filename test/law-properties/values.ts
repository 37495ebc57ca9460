import {
  CATEGORIES,
  CLASSES,
  type Condition,
  CUSTODIES,
  DESIGNATIONS,
  FORMS,
  factsOfRegime,
  type NamedFact,
  PLACE_KINDS,
  REGIMES,
  type Regime,
  ROLES,
  SECTORS,
} from "@kasbah/core";
import fc from "fast-check";
import { leavesOf } from "../../packages/core/src/law/condition.ts";

/** Home and abroad of every regime, members and non-members of every list, and a few that no rule names. */
const COUNTRIES = [
  "MA",
  "MA",
  "MA",
  "FR",
  "FR",
  "US",
  "CA",
  "HR",
  "GB",
  "CH",
  "AE",
  "SA",
  "IN",
  "TN",
  "BR",
  "ZZ",
] as const;
export const country: fc.Arbitrary<string> = fc.constantFrom(...COUNTRIES);
/** Mostly one country, so that something is allowed now and then. */
export const countries: fc.Arbitrary<readonly string[]> = fc.oneof(
  { weight: 4, arbitrary: country.map((one) => [one]) },
  { weight: 1, arbitrary: fc.uniqueArray(country, { minLength: 1, maxLength: 3 }) },
);

/** Every condition of a regime: scope, rules, checks, reservations, scoped members of lists. */
export const conditionsOf = (regime: Regime): readonly Condition[] => [
  regime.scope.when,
  ...regime.rules.flatMap(({ when, effect }): readonly Condition[] => {
    if (effect.kind === "require") return [when, effect.check];
    if (effect.kind !== "formality") return [when];
    return [when, ...[...(effect.oneOf ?? []), ...(effect.allOf ?? [])].flatMap(({ onlyIf }) => onlyIf ?? [])];
  }),
  ...Object.values(regime.lists).flatMap(({ scoped }) => Object.values(scoped ?? {}).map(({ when }) => when)),
];

const leaves = REGIMES.flatMap(conditionsOf).flatMap((condition) => [...leavesOf(condition)]);
const wordsAskedOf = (fact: string): readonly string[] => [
  ...new Set(
    leaves
      .flatMap((leaf): unknown => ("fact" in leaf && leaf.fact === fact && "value" in leaf ? leaf.value : []))
      .filter((word): word is string => typeof word === "string" && !word.startsWith("@")),
  ),
];

/** Types of formalities that some rule accepts or asks for. */
export const RECORD_TYPES: readonly string[] = [
  ...new Set([
    ...wordsAskedOf("records"),
    ...REGIMES.flatMap(({ rules }) => rules).flatMap(({ effect }) =>
      effect.kind === "formality" ? [...(effect.oneOf ?? []), ...(effect.allOf ?? [])].map(({ type }) => type) : [],
    ),
  ]),
].sort();

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const shift = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
/** Days on which dated data changes what it says, with the day before and after. */
export const BOUNDARIES: readonly string[] = [
  ...new Set(
    [
      ...JSON.stringify(
        REGIMES.map(({ scope, rules, lists, instruments }) => ({ scope, rules, lists, instruments })),
      ).matchAll(/"(?:from|to|value|inForceFrom)":"(\d{4}-\d{2}-\d{2})"/g),
    ].flatMap(([, day = ""]) => (DAY.test(day) ? [shift(day, -1), day, shift(day, 1)] : [])),
  ),
].sort();
export const anyDay: fc.Arbitrary<string> = fc
  .date({ min: new Date("1970-01-01"), max: new Date("2099-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
export const day: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom("2026-11-21", ...BOUNDARIES) },
  { weight: 1, arbitrary: anyDay },
);

const mostlyTrue = fc.constantFrom(true, true, true, false);
const flag = fc.boolean();
const word = (fact: NamedFact, ...more: string[]): fc.Arbitrary<string> =>
  fc.constantFrom(...wordsAskedOf(fact), ...more);
const some = <T>(members: readonly T[], maxLength: number): fc.Arbitrary<readonly T[]> =>
  fc.uniqueArray(fc.constantFrom(...members), { maxLength });

/** A value for every fact of the model that is said in one place. A new fact without a row does not compile. */
export const VALUES: Readonly<Record<Exclude<NamedFact, "records">, fc.Arbitrary<unknown>>> = {
  "dataset.class": fc.constantFrom(...CLASSES),
  "dataset.categories": some(CATEGORIES, 3),
  "dataset.form": fc.constantFrom("raw", "raw", ...FORMS),
  "dataset.purpose": word("dataset.purpose", "analytics"),
  "dataset.role": fc.constantFrom(...ROLES),
  "dataset.professionalSecrecy": flag,
  "subject.establishedIn": countries,
  "subject.sector": fc.constantFrom("bank", "bank", "bank", "bank", "bank", ...SECTORS),
  "subject.designations": some(DESIGNATIONS, 2),
  "subject.foreignBranchIn": fc.oneof(
    fc.constant([]),
    word("subject.foreignBranchIn", "MA").map((one) => [one]),
  ),
  "system.critical": flag,
  "place.name": fc.constantFrom("home", "away"),
  "place.kind": fc.constantFrom(...PLACE_KINDS),
  "place.isCloud": flag,
  "place.inUseSince": day,
  "place.maxDwellHoursAbroad": fc.constantFrom(0, 23, 24, 24.5, 48),
  "place.operator.isSubject": flag,
  "place.operator.incorporatedIn": country,
  "place.operator.controlledFrom": countries,
  "place.operator.commercial": mostlyTrue,
  "place.operator.extraterritorialLaws": fc.constantFrom([], [], ["us-cloud-act"]),
  "place.operator.doraCritical": flag,
  "place.operator.doraDesignatedOn": day,
  "place.operator.euSubsidiary": flag,
  "place.keys.custody": fc.constantFrom(...CUSTODIES),
  "place.keys.providerCanDecrypt": flag,
  "place.contract.processorClauses": mostlyTrue,
  "place.contract.law": country,
  "place.contract.audit": mostlyTrue,
  "place.contract.reversibility": mostlyTrue,
  "place.contract.locationsListed": mostlyTrue,
  "place.contract.locationChangeNotice": mostlyTrue,
  "place.facts.encryptionAtRest": mostlyTrue,
  "place.facts.encryptionInTransit": mostlyTrue,
  "place.facts.accessLog": mostlyTrue,
  "place.facts.keyManager": mostlyTrue,
  today: day,
};

/** Facts of the families that the loaded regimes read, as `dataset.labels.ma-data`. */
export const FAMILY_FACTS: readonly string[] = [...new Set(REGIMES.flatMap(factsOfRegime))]
  .filter((fact) => /^(dataset\.labels|system\.labels|place\.qualifications)\./.test(fact))
  .sort();

export const levelOf = (fact: string): fc.Arbitrary<string> => {
  const levels = REGIMES.flatMap(({ schemes }) => schemes)
    .filter(({ id, of }) => fact === `${of}.labels.${id}`)
    .flatMap((scheme) => scheme.levels.map(({ id }) => id));
  return fc.constantFrom(...levels, ...levels, "no-such-level");
};

/** Numbers of months that some rule counts. */
export const MONTHS: readonly number[] = leaves.flatMap((leaf) =>
  "op" in leaf && leaf.op === "monthsPassed" ? [leaf.value] : [],
);
