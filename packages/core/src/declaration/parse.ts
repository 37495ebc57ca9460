import { z } from "zod";
import { type Dataset, withImplied } from "../dataset.ts";
import type { Regime } from "../law/regime.ts";
import type { Formality } from "../law/verdict.ts";
import { networkProblems, type ResolvedNetwork, resolveNetwork } from "../layers/network.ts";
import { objectStorageProblems, resolveObjectStorage } from "../layers/object-storage.ts";
import { postgresProblems, resolvePostgres } from "../layers/postgres.ts";
import type { Country, Place } from "../place.ts";
import type { Preset } from "../preset.ts";
import { type Checked, type Problem, under } from "../problem.ts";
import { REGIMES } from "../regimes/index.ts";
import { resolvePlace } from "./place.ts";
import { referenceProblems } from "./references.ts";
import { datasetSchema, headShape, placeSchema, workloadSchema } from "./schema.ts";
import { zodProblems } from "./zod-problems.ts";

/** A place of the declaration, with the network that it would get. */
export interface DeclaredPlace extends Place {
  readonly network: ResolvedNetwork;
}

export type Workload = z.infer<typeof workloadSchema> & { readonly name: string };

/** A declaration after parsing: plain, fully resolved values. */
export interface Declaration {
  readonly platform: string;
  readonly env: string;
  readonly owner: { readonly id: string; readonly establishedIn: readonly Country[] };
  readonly preset: Preset;
  readonly regimes: readonly Regime[];
  readonly formalities: readonly Formality[];
  readonly datasets: Readonly<Record<string, Dataset>>;
  readonly places: Readonly<Record<string, DeclaredPlace>>;
  readonly workloads: Readonly<Record<string, Workload>>;
}

const mapShape = {
  datasets: z.record(z.string(), z.unknown()),
  places: z.record(z.string(), z.unknown()),
  workloads: z.record(z.string(), z.unknown()),
};
const topSchema = z.strictObject({ ...headShape, ...mapShape });
const TOP_KEYS = Object.keys(topSchema.shape).filter((key) => key !== "$schema");

/** Parses a declaration. Everything wrong with it comes back at once. */
export const parseDeclaration = (input: unknown, env: string): Checked<Declaration> => {
  const top = topSchema.safeParse(input);
  const problems: Problem[] = top.success ? [] : [...zodProblems(top.error.issues, input, TOP_KEYS)];
  const preset = presetOf(input);
  const datasets = parseAll("datasets", input, datasetSchema, problems);
  const places = parseAll("places", input, placeSchema, problems);
  const salvaged = new Map<string, z.infer<typeof workloadSchema>>();
  const workloads = parseAll("workloads", input, workloadSchema, problems, salvaged);

  const resolvedPlaces = new Map<string, DeclaredPlace>();
  for (const [name, place] of places) {
    const resolved = resolvePlace(name, place);
    if (!resolved.ok) problems.push(...under(`places.${name}`, resolved.problems));
    const network = resolveNetwork(place.network, preset);
    problems.push(...under(`places.${name}.network`, networkProblems(network, preset)));
    if (resolved.ok) resolvedPlaces.set(name, { ...resolved.value, network });
  }
  for (const [name, workload] of [...workloads, ...salvaged]) {
    problems.push(...under(`workloads.${name}`, layerProblems(workload, preset)));
  }
  problems.push(
    ...referenceProblems(
      input,
      REGIMES.map(({ id }) => id),
    ),
  );
  if (!top.success || problems.length > 0) return { ok: false, problems };

  const { platform, owner, formalities, regimes } = top.data;
  return {
    ok: true,
    value: {
      platform,
      env,
      owner,
      preset,
      regimes: REGIMES.filter(({ id }) => regimes === undefined || regimes.includes(id)),
      formalities: formalities.map(withoutUndefined),
      datasets: Object.fromEntries([...datasets].map(([name, dataset]) => [name, toDataset(dataset)])),
      places: Object.fromEntries(resolvedPlaces),
      workloads: Object.fromEntries([...workloads].map(([name, workload]) => [name, { ...workload, name }])),
    },
  };
};

const presetOf = (input: unknown): Preset => {
  const preset: unknown = typeof input === "object" && input !== null ? Reflect.get(input, "preset") : undefined;
  return preset === "throwaway" ? "throwaway" : "production";
};

/**
 * Parses each entry of one of the maps by itself; a bad one leaves the others readable.
 * @param salvaged gets what is left of a bad entry without its bad keys, so that the rest of it can be checked too
 */
const parseAll = <T>(
  key: string,
  input: unknown,
  schema: z.ZodType<T>,
  problems: Problem[],
  salvaged?: Map<string, T>,
): Map<string, T> => {
  const parsed = new Map<string, T>();
  const entries: unknown = typeof input === "object" && input !== null ? Reflect.get(input, key) : undefined;
  if (typeof entries !== "object" || entries === null || Array.isArray(entries)) return parsed;
  for (const [name, value] of Object.entries(entries)) {
    const result = schema.safeParse(value);
    if (result.success) {
      parsed.set(name, result.data);
      continue;
    }
    problems.push(...under(`${key}.${name}`, zodProblems(result.error.issues, value, keysOf(schema, value))));
    const rest = schema.safeParse(withoutBadKeys(value, result.error.issues));
    if (rest.success) salvaged?.set(name, rest.data);
  }
  return parsed;
};

const withoutBadKeys = (value: unknown, issues: readonly z.core.$ZodIssue[]): unknown => {
  if (typeof value !== "object" || value === null) return value;
  const bad = new Set(
    issues.flatMap((issue) =>
      issue.code === "unrecognized_keys" && issue.path.length === 0 ? issue.keys : issue.path.slice(0, 1).map(String),
    ),
  );
  return Object.fromEntries(Object.entries(value).filter(([key]) => !bad.has(key)));
};

/** The keys that an entry may have, to suggest one for a misspelt key. */
const keysOf = (schema: z.ZodType, value: unknown): readonly string[] => {
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const layer: unknown = typeof value === "object" && value !== null ? Reflect.get(value, "layer") : undefined;
    const options: readonly unknown[] = schema.options;
    return options.flatMap((option) =>
      option instanceof z.ZodObject &&
      option.safeParse({ layer }).error?.issues.every(({ path }) => path[0] !== "layer")
        ? Object.keys(option.shape)
        : [],
    );
  }
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
};

/** What is wrong with a layer's specification, by the rules that its component applies too. */
export const layerProblems = (workload: z.infer<typeof workloadSchema>, preset: Preset): Iterable<Problem> => {
  switch (workload.layer) {
    case "object-storage":
      return objectStorageProblems(resolveObjectStorage(workload, preset), preset);
    case "postgres":
      return postgresProblems(resolvePostgres(workload, preset), preset);
  }
};

const toDataset = ({ purpose, ...dataset }: z.infer<typeof datasetSchema>): Dataset => ({
  ...dataset,
  categories: withImplied(dataset.categories),
  ...(purpose === undefined ? {} : { purpose }),
});

/** Optional keys that are absent, not present and undefined. */
type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };
const withoutUndefined = <T extends object>(value: T): Defined<T> =>
  Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as Defined<T>;
