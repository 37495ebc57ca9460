import { keepClassOfCopies, keepClassOfDatasets } from "./keep-class-of-data.ts";
import { keepCopiesInPermittedPlaces } from "./keep-copies-in-permitted-places.ts";
import { keepDataInPermittedPlaces } from "./keep-data-in-permitted-places.ts";
import { requireClassLabel } from "./require-class-label.ts";
import type { Rule } from "./rule.ts";

export type { Answer, Rule } from "./rule.ts";

/** The rules of residency. To add one: a file beside this one, and its line here. */
export const RESIDENCY: readonly Rule[] = [
  requireClassLabel,
  keepDataInPermittedPlaces,
  keepCopiesInPermittedPlaces,
  keepClassOfDatasets,
  keepClassOfCopies,
];
