import type { HouseContext } from "./context.ts";
import { isClass } from "./label.ts";
import type { Country } from "./place.ts";

type Map = Readonly<Record<string, unknown>>;

const isMap = (value: unknown): value is Map => typeof value === "object" && value !== null && !Array.isArray(value);

const only = (map: Map, keys: readonly string[]): boolean => Object.keys(map).every((key) => keys.includes(key));

/**
 * A context that says the commonest alone, labels and home, read without the parser: its library takes longer to load
 * than ten thousand resources to judge. Nothing when it says more, or when anything is wrong with it: then the parser
 * reads it, which says what. A test holds the two together.
 */
export const plainHouse = (input: unknown): HouseContext | undefined => {
  if (!isMap(input) || !only(input, ["labels", "homeCountries"])) return undefined;
  const { labels = {}, homeCountries } = input;
  if (!isMap(labels) || !only(labels, ["class", "datasets", "values"])) return undefined;
  const { class: classKey, datasets, values = {} } = labels;
  const [classKeys, datasetKeys] = [keysOf(classKey), keysOf(datasets)];
  if (classKeys === undefined || datasetKeys === undefined || !isMap(values)) return undefined;
  if (!Object.values(values).every(isClass) || Object.hasOwn(values, "__proto__")) return undefined;
  if (homeCountries !== undefined && !areCountries(homeCountries)) return undefined;
  return {
    labelKeys: { class: classKeys, datasets: datasetKeys },
    classWords: { ...(values as HouseContext["classWords"]) },
    stacks: {},
    resources: [],
    clusters: {},
    endpoints: {},
    drills: {},
    ...(homeCountries === undefined ? {} : { homeCountries }),
  };
};

const keysOf = (given: unknown): readonly string[] | undefined => {
  if (given === undefined) return [];
  if (typeof given === "string") return given === "" ? undefined : [given];
  if (!Array.isArray(given) || given.length === 0) return undefined;
  return given.every((key) => typeof key === "string" && key !== "") ? given : undefined;
};

const areCountries = (value: unknown): value is readonly Country[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((country) => typeof country === "string" && /^[A-Z]{2}$/.test(country));
