import { type Class, contextOf, type Declaration, judgeAll, permits, publicView } from "@kasbah/core";
import type { Data } from "./facts/data.ts";
import { ANYWHERE, type Spot } from "./facts/place.ts";
import { shown } from "./resource.ts";
import type { Settings, Unclear } from "./world.ts";

/** Why data may not be in a place. */
export interface Refusal {
  readonly wanted: string;
  readonly found: string;
  readonly mend: string;
  readonly serves?: string;
}

type Clear = Exclude<Data, Unclear>;

/** Classes that may be anywhere as far as the class alone decides. */
const FREE: ReadonlySet<Class> = new Set(["public", "internal"]);

/** Whether data may be in a place; nothing when they may. Pure. */
export const refusalOf = (data: Clear, spot: Spot, settings: Settings): Refusal | undefined =>
  data.kind === "class" ? refusedClass(data.level, spot, settings) : refusedDatasets(data.names, spot, settings);

/** Whether the data may be anywhere, so that what cannot be read of the place does not matter. */
export const isFree = (data: Clear, settings: Settings): boolean => refusalOf(data, ANYWHERE, settings) === undefined;

const refusedClass = (level: Class, { place, words }: Spot, settings: Settings): Refusal | undefined => {
  if (FREE.has(level)) return undefined;
  const { homeCountries, declaration } = settings;
  const countries = place.facets.storage ?? [];
  if (countries.length > 0 && countries.every((country) => homeCountries.includes(country))) return undefined;
  return {
    wanted:
      homeCountries.length === 0 ? `${level} data in a declared place` : `${level} data in ${homeCountries.join(", ")}`,
    found: words,
    mend:
      declaration === undefined
        ? "Pass the declaration in the pack's configuration, so that the law can be asked, or homeCountries; or move it."
        : "Name its data sets in the label kasbah-datasets, so that the law can be asked, or move it home.",
  };
};

const refusedDatasets = (names: readonly string[], { place, words }: Spot, settings: Settings): Refusal | undefined => {
  const { declaration, asOf } = settings;
  if (declaration === undefined) return undefined; // data sets are only ever read with a declaration
  const context = contextOf(declaration, asOf);
  const candidate = judgeAll(names, place, context);
  if (permits(candidate.outcome)) return undefined;
  const refused = candidate.verdicts.filter(({ outcome }) => !permits(outcome));
  const decisions = refused.flatMap((verdict) => publicView(verdict).decidedBy);
  const rules = unique(decisions.map(({ rule }) => rule));
  const homes = permittedPlaces(names, declaration, asOf);
  return {
    wanted: `${refused.map(({ dataset }) => shown(dataset)).join(", ")} only where the law permits ${homes}`,
    found: `${words}: ${candidate.outcome} by ${rules.join(", ")}`,
    mend: mendOf(unique(decisions.flatMap(({ change }) => change ?? []))),
    serves: unique(decisions.map(({ instrument, article }) => `${instrument}, ${article}`)).join("; "),
  };
};

const mendOf = (changes: readonly string[]): string =>
  changes.length === 0 ? "Move it to a permitted place." : `Move it to a permitted place, or ${changes.join("; or ")}.`;

const permittedPlaces = (names: readonly string[], declaration: Declaration, asOf: string): string => {
  const context = contextOf(declaration, asOf);
  const places = Object.values(declaration.places).filter((place) => permits(judgeAll(names, place, context).outcome));
  return places.length === 0 ? "(no declared place)" : `(${places.map(({ name }) => shown(name)).join(", ")})`;
};

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];
