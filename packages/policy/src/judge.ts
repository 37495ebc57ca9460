import { type Class, contextOf, type Judged, judgeFlow, judgeOnce, permits, publicView } from "@kasbah/core/judge";
import type { Clear } from "./facts/data.ts";
import { ANYWHERE, type Spot } from "./facts/place.ts";
import { shown } from "./resource.ts";
import type { Settings, World } from "./world.ts";

/** Why data may not be in a place. */
export interface Refusal {
  readonly wanted: string;
  readonly found: string;
  readonly mend: string;
  readonly serves?: string;
}

/** Classes that may be anywhere as far as the class alone decides. */
const FREE: ReadonlySet<Class> = new Set(["public", "internal"]);

/** Whether data may be in a place; nothing when they may. Each question is asked once. */
export const refusalOf = (data: Clear, spot: Spot, world: World): Refusal | undefined => {
  const { refusals } = world.memory;
  const key = `${keyOf(data)}|${spot.key}`;
  if (refusals.has(key)) return refusals.get(key);
  const refusal =
    data.kind === "class"
      ? refusedClass(data.level, spot, "storage", world.settings)
      : refusedDatasets(spot, judged(data.names, spot, world), data.names, world);
  refusals.set(key, refusal);
  return refusal;
};

/** Whether the keys of data that stay in one place may be held in another. */
export const refusalOfKeys = (data: Clear, home: Spot, spot: Spot, world: World): Refusal | undefined => {
  const { refusals } = world.memory;
  const key = `${keyOf(data)}|${home.key}|${spot.key}|keys`;
  if (refusals.has(key)) return refusals.get(key);
  const refusal = refusedKeys(data, home, spot, world);
  refusals.set(key, refusal);
  return refusal;
};

const keyOf = (data: Clear): string => (data.kind === "class" ? data.level : data.names.join("_"));

/** Whether the data may be anywhere, so that what cannot be read of the place does not matter. */
export const isFree = (data: Clear, world: World): boolean => refusalOf(data, ANYWHERE, world) === undefined;

const refusedClass = (
  level: Class,
  { place, words }: Spot,
  facet: "storage" | "keys",
  { homeCountries, declaration }: Settings,
): Refusal | undefined => {
  if (FREE.has(level)) return undefined;
  const countries = place.facets[facet] ?? place.facets.storage ?? [];
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

/** The court of a declaration, on one day. */
const courtOf = ({ settings, memory }: World) => {
  const { declaration, asOf } = settings;
  if (declaration === undefined) return undefined;
  if (memory.court === undefined) {
    const context = contextOf(declaration, asOf);
    memory.court = { context, judge: judgeOnce(context) };
  }
  return memory.court;
};

const judged = (names: readonly string[], { place }: Spot, world: World): Judged | undefined =>
  courtOf(world)?.judge(names)(place);

const refusedKeys = (data: Clear, home: Spot, spot: Spot, world: World): Refusal | undefined => {
  if (data.kind === "class") return refusedClass(data.level, spot, "keys", world.settings);
  const court = courtOf(world);
  if (court === undefined) return undefined;
  const { names } = data;
  const flow = { kind: "hold-keys", path: "", workload: "", datasets: names, from: home.place.name } as const;
  const { verdict } = judgeFlow({ ...flow, source: home.place, to: spot.place }, court.context);
  const before = court.judge(names)(home.place);
  // What already refuses the data themselves is said by the rule for places.
  if (!permits(before.outcome) && before.outcome === verdict.outcome) return undefined;
  return refusedDatasets(spot, verdict, names, world);
};

const refusedDatasets = (
  { words }: Spot,
  candidate: Judged | undefined,
  names: readonly string[],
  world: World,
): Refusal | undefined => {
  if (candidate === undefined || permits(candidate.outcome)) return undefined;
  const refused = candidate.verdicts.filter(({ outcome }) => !permits(outcome));
  const decisions = refused.flatMap((verdict) => publicView(verdict).decidedBy);
  const rules = unique(decisions.map(({ rule }) => rule));
  return {
    wanted: `${refused.map(({ dataset }) => shown(dataset)).join(", ")} only where the law permits ${permitted(names, world)}`,
    found: `${words}: ${candidate.outcome} by ${rules.join(", ")}`,
    mend: mendOf(unique(decisions.flatMap(({ change }) => change ?? []))),
    serves: unique(decisions.map(({ instrument, article }) => `${instrument}, ${article}`)).join("; "),
  };
};

const mendOf = (changes: readonly string[]): string =>
  changes.length === 0 ? "Move it to a permitted place." : `Move it to a permitted place, or ${changes.join("; or ")}.`;

const permitted = (names: readonly string[], world: World): string => {
  const court = courtOf(world);
  const places = Object.values(world.settings.declaration?.places ?? {}).filter(
    (place) => court !== undefined && permits(court.judge(names)(place).outcome),
  );
  return places.length === 0 ? "(no declared place)" : `(${places.map(({ name }) => shown(name)).join(", ")})`;
};

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];
