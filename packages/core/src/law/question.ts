import type { Dataset } from "../dataset.ts";
import type { Country, Site } from "../place.ts";

/** Whose data it is. */
export interface Subject {
  /** Countries in which the owner of the data is established. */
  readonly establishedIn: readonly Country[];
  readonly sector?: Sector;
  /** Legal statuses such as `ma-iiv`. Secret: never printed, logged, labelled or stored by us. */
  readonly designations?: readonly Designation[];
  /** Countries in which the owner is the branch of a foreign company. */
  readonly foreignBranchIn?: readonly Country[];
}

export const SECTORS = [
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
  "retail",
  "services",
  "education",
  "other",
] as const;
export type Sector = (typeof SECTORS)[number];

export const DESIGNATIONS = ["ma-entity", "ma-iiv"] as const;
export type Designation = (typeof DESIGNATIONS)[number];

/** What runs: the workload as a regime sees it. */
export interface System {
  /** It carries a critical or important function. */
  readonly critical?: boolean;
  /** Classes in legal schemes, by scheme, as `{ "ma-si": "B" }`. */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * A declaration, authorisation, consent, study or register that the owner of the data has on file.
 * A study or a register is one too, granted by oneself: rules ask for it by its type.
 */
export interface Formality {
  readonly type: string;
  /** Where it is filed: a number, a date and number, a document. */
  readonly reference: string;
  /** Datasets it covers. Absent: all of them. */
  readonly datasets?: readonly string[];
  /** Places it covers. Absent: all of them. */
  readonly places?: readonly string[];
  /** Countries it names, for a transfer. Absent: it names none. */
  readonly countries?: readonly Country[];
  readonly from?: string;
  /** Last day on which it is valid. */
  readonly to?: string;
}

/** What a condition is evaluated against. */
export interface Facts {
  readonly datasetName: string;
  readonly dataset: Dataset;
  readonly place: Site;
  readonly subject: Subject;
  readonly system?: System;
  readonly formalities: readonly Formality[];
  /** The day for which the question is asked, `YYYY-MM-DD`. */
  readonly asOf: string;
}

/** May this dataset be in this place on this day? */
export type Question = Facts;

/** Whether a day lies between two days, both included, either open. */
export const inForce = (span: { readonly from?: string | undefined; readonly to?: string | undefined }, day: string) =>
  (span.from === undefined || span.from <= day) && (span.to === undefined || day <= span.to);

/** What is on file for this dataset in this place on this day. */
export const onFile = ({ formalities, datasetName, place, asOf }: Facts): readonly Formality[] =>
  formalities.filter(
    (formality) =>
      inForce(formality, asOf) &&
      (formality.datasets === undefined || formality.datasets.includes(datasetName)) &&
      (formality.places === undefined || formality.places.includes(place.name)),
  );
