import { type Category, type Dataset, effectiveForm, withImplied } from "../dataset.ts";
import { own } from "./own.ts";
import { type Facts, inForce, onFile, type Subject } from "./question.ts";

/** How a fact is read, what it means when nobody said it, and why. */
export interface FactMeaning {
  readonly read: (facts: Facts) => unknown;
  /** What the missing fact means. Without it a missing fact is unknown. `undefined` from the function: unknown. */
  readonly absent?: (facts: Facts) => unknown;
  readonly why: string;
  /** Its absence can make a verdict better. These are few, each for its reason, and a test lists them. */
  readonly lenient?: true;
  /** A law keeps it secret: what depends on it is withheld from every output, unless asked for. */
  readonly secret?: true;
}

const unknownBecause = (read: FactMeaning["read"], why: string): FactMeaning => ({ read, why });
const absentAs = (read: FactMeaning["read"], value: unknown, why: string): FactMeaning => ({
  read,
  absent: () => value,
  why,
});

const implied = new WeakMap<Dataset, readonly Category[]>();

const categoriesOf = (dataset: Dataset): readonly Category[] => {
  const categories = implied.get(dataset) ?? withImplied(dataset.categories);
  implied.set(dataset, categories);
  return categories;
};

const known = "the owner knows it and can say it; a guess could let data through";
const vendor = "the vendor knows it; what it does not say is unknown, not good";

/** Sectors with a coordinator for vital infrastructure: decree 2-21-406, annex 1. */
const COORDINATED = [
  "bank",
  "insurance",
  "payments",
  "investment",
  "telecom",
  "health",
  "public",
  "energy",
  "water",
  "transport",
  "industry",
  "agriculture",
  "media",
];

const absentDesignations = ({ subject }: { readonly subject: Subject }): readonly string[] | undefined =>
  subject.establishedIn.includes("MA") && subject.sector !== undefined && COORDINATED.includes(subject.sector)
    ? undefined
    : [];

/** Every fact that a condition may ask about, one table. */
export const FACTS = {
  "dataset.class": unknownBecause(({ dataset }) => dataset.class, "always declared"),
  "dataset.categories": unknownBecause(({ dataset }) => categoriesOf(dataset), "always declared"),
  "dataset.form": unknownBecause(({ dataset }) => effectiveForm(dataset), "always declared; raw without a method"),
  "dataset.purpose": absentAs(({ dataset }) => dataset.purpose, "", "a purpose only ever opens an easier way"),
  "dataset.role": unknownBecause(({ dataset }) => dataset.role, "a master record that nobody called one is still one"),
  "dataset.professionalSecrecy": absentAs(
    ({ dataset }) => dataset.professionalSecrecy,
    false,
    "it only ever opens an easier way, which has to be claimed",
  ),
  "subject.establishedIn": unknownBecause(({ subject }) => subject.establishedIn, "always declared"),
  "subject.sector": unknownBecause(({ subject }) => subject.sector, known),
  "subject.designations": {
    read: ({ subject }) => subject.designations,
    absent: absentDesignations,
    why: "a body is told of its designation; who works in a sector that has a coordinator must say, all others have none",
    lenient: true,
    secret: true,
  },
  "subject.foreignBranchIn": absentAs(
    ({ subject }) => subject.foreignBranchIn,
    [],
    "it only ever opens an exception, which has to be claimed",
  ),
  "system.critical": unknownBecause(({ system }) => system?.critical, known),
  "place.name": unknownBecause(({ place }) => place.name, "always declared"),
  "place.kind": unknownBecause(({ place }) => place.kind, known),
  "place.isCloud": unknownBecause(({ place }) => place.isCloud, known),
  "place.inUseSince": absentAs(({ place }) => place.inUseSince, "9999-12-31", "a grace period has to be claimed"),
  "place.maxDwellHoursAbroad": unknownBecause(({ place }) => place.maxDwellHoursAbroad, vendor),
  "place.operator.isSubject": unknownBecause(({ place }) => place.operator.isSubject, known),
  "place.operator.incorporatedIn": unknownBecause(({ place }) => place.operator.incorporatedIn, vendor),
  "place.operator.controlledFrom": unknownBecause(({ place }) => place.operator.controlledFrom, vendor),
  "place.operator.commercial": unknownBecause(({ place }) => place.operator.commercial, vendor),
  "place.operator.extraterritorialLaws": unknownBecause(({ place }) => place.operator.extraterritorialLaws, vendor),
  "place.operator.doraCritical": {
    read: ({ place }) => place.operator.doraCritical,
    absent: () => false,
    why: "designation is an act of the European supervisors, notified and made public; who is not known to be designated is not",
    lenient: true,
  },
  "place.operator.doraDesignatedOn": unknownBecause(({ place }) => place.operator.doraDesignatedOn, vendor),
  "place.operator.euSubsidiary": unknownBecause(({ place }) => place.operator.euSubsidiary, vendor),
  "place.keys.custody": unknownBecause(({ place }) => place.keys?.custody, vendor),
  "place.keys.providerCanDecrypt": unknownBecause(({ place }) => place.keys?.providerCanDecrypt, vendor),
  "place.contract.processorClauses": unknownBecause(({ place }) => place.contract.processorClauses, known),
  "place.contract.law": unknownBecause(({ place }) => place.contract.law, known),
  "place.contract.audit": unknownBecause(({ place }) => place.contract.audit, known),
  "place.contract.reversibility": unknownBecause(({ place }) => place.contract.reversibility, known),
  "place.contract.locationsListed": unknownBecause(({ place }) => place.contract.locationsListed, known),
  "place.contract.locationChangeNotice": unknownBecause(({ place }) => place.contract.locationChangeNotice, known),
  "place.facts.encryptionAtRest": unknownBecause(({ place }) => place.facts.encryptionAtRest, vendor),
  "place.facts.encryptionInTransit": unknownBecause(({ place }) => place.facts.encryptionInTransit, vendor),
  "place.facts.accessLog": unknownBecause(({ place }) => place.facts.accessLog, vendor),
  "place.facts.keyManager": unknownBecause(({ place }) => place.facts.keyManager, vendor),
  /** Types of what is on file for this dataset, here, on this day. */
  records: unknownBecause((facts) => onFile(facts).map(({ type }) => type), "what is not on file is not there"),
  today: unknownBecause(({ asOf }) => asOf, "always an argument"),
} as const satisfies Readonly<Record<string, FactMeaning>>;
export type NamedFact = keyof typeof FACTS;

/** Facts with a name of their own for each legal scheme: `dataset.labels.ma-data`. */
export const FACT_FAMILIES = ["dataset.labels", "system.labels", "place.qualifications"] as const;
export type FactFamily = (typeof FACT_FAMILIES)[number];
export type Fact = NamedFact | `${FactFamily}.${string}`;

/** Schemes whose qualified services are published as a list: who is not on record is not on it. */
const PUBLISHED_SCHEMES: Readonly<Record<string, string>> = {
  "ma-dgssi-cloud":
    "decree 2-24-921 art. 12: the list is published; no entry has been found, so the default is not qualified",
};

const families: Readonly<Record<FactFamily, (scheme: string) => FactMeaning>> = {
  "dataset.labels": (scheme) =>
    unknownBecause(
      ({ dataset }) => own(dataset.labels ?? {}, scheme),
      "a legal level is declared, never made from the class",
    ),
  "system.labels": (scheme) =>
    unknownBecause(({ system }) => own(system?.labels ?? {}, scheme), "a legal class is declared, never made"),
  "place.qualifications": (scheme) => {
    const read: FactMeaning["read"] = ({ place, asOf }) => {
      const record = own(place.qualifications ?? {}, scheme);
      if (record === undefined) return undefined;
      return inForce(record, asOf) ? record.level : 0;
    };
    const published = own(PUBLISHED_SCHEMES, scheme);
    return published === undefined ? unknownBecause(read, vendor) : absentAs(read, 0, published);
  },
};

/** Whether a word names a fact of the model. */
export const isFact = (word: string): word is Fact => Object.hasOwn(FACTS, word) || familyOf(word) !== undefined;

const familyOf = (word: string): { readonly family: FactFamily; readonly scheme: string } | undefined => {
  const family = FACT_FAMILIES.find((prefix) => word.startsWith(`${prefix}.`));
  if (family === undefined) return undefined;
  const scheme = word.slice(family.length + 1);
  return /^[a-z0-9-]+$/.test(scheme) ? { family, scheme } : undefined;
};

const meanings = new Map<string, FactMeaning>(Object.entries(FACTS));

/** What a fact means; throws on a word that `isFact` refuses. */
export const meaningOf = (fact: Fact): FactMeaning => {
  const known = meanings.get(fact);
  if (known !== undefined) return known;
  const member = familyOf(fact);
  if (member === undefined) throw new Error(`unknown fact ${fact}`);
  const meaning = families[member.family](member.scheme);
  meanings.set(fact, meaning);
  return meaning;
};

/** The value of a fact, or what its absence means; `undefined` when it is unknown. */
export const readFact = (fact: Fact, facts: Facts): unknown => {
  const meaning = meaningOf(fact);
  const value = meaning.read(facts);
  return value === undefined || value === null ? meaning.absent?.(facts) : value;
};

/** Whether a law keeps the fact secret. */
export const isSecret = (fact: Fact): boolean => meaningOf(fact).secret === true;

/** Where in a declaration a fact is said, for who has to add it. */
export const saidIn = (fact: string): string => fact.replace(/^subject\./, "owner.").replace(/^system\./, "workload.");
