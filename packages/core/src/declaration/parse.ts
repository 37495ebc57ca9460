import { z } from "zod";
import { type Dataset, withImplied } from "../dataset.ts";
import { inheritAll } from "../law/inherit.ts";
import type { Subject } from "../law/question.ts";
import type { Regime } from "../law/regime.ts";
import type { Formality } from "../law/verdict.ts";
import { iamProblems, type ResolvedIam, resolveIam } from "../layers/iam.ts";
import { networkProblems, type ResolvedNetwork, resolveNetwork } from "../layers/network.ts";
import { objectStorageProblems, resolveObjectStorage } from "../layers/object-storage.ts";
import { postgresProblems, resolvePostgres } from "../layers/postgres.ts";
import type { Place, Site } from "../place.ts";
import type { Offers } from "../placement/needs.ts";
import type { Preset } from "../preset.ts";
import { type Checked, type Problem, under } from "../problem.ts";
import { defined } from "./defined.ts";
import type { DeclaredFlow } from "./flow.ts";
import { resolvePlace } from "./place.ts";
import { referenceProblems } from "./references.ts";
import { regimesOf } from "./regimes.ts";
import { datasetSchema, headShape, NAME, placeSchema, siteSchema, workloadSchema } from "./schema.ts";
import { secretList, withholdSecrets } from "./secrets.ts";
import { checkShape } from "./shape.ts";
import { resolveSite } from "./site.ts";
import { zodProblems } from "./zod-problems.ts";

/** A place of the declaration, with the network that it would get. */
export interface DeclaredPlace extends Place {
  readonly network: ResolvedNetwork;
  /** Who may do what there. */
  readonly iam?: ResolvedIam;
  readonly offers?: Offers;
}

export type Workload = z.infer<typeof workloadSchema> & { readonly name: string };

/** A declaration after parsing: plain, fully resolved values. */
export interface Declaration {
  readonly platform: string;
  readonly env: string;
  readonly owner: Subject & { readonly id: string };
  readonly preset: Preset;
  readonly regimes: readonly Regime[];
  readonly formalities: readonly Formality[];
  /** With what each inherits from the datasets that it was made from. */
  readonly datasets: Readonly<Record<string, Dataset>>;
  readonly places: Readonly<Record<string, DeclaredPlace>>;
  /** Where data may go and Kasbah builds nothing. */
  readonly sites: Readonly<Record<string, Site>>;
  readonly workloads: Readonly<Record<string, Workload>>;
  /** Movements of data beside replicas and backups. */
  readonly flows: readonly DeclaredFlow[];
  /** The place or site that keeps the engine's state. */
  readonly stateBackend?: string;
}

const mapShape = {
  datasets: z.record(z.string(), z.unknown()),
  places: z.record(z.string(), z.unknown()),
  sites: z.record(z.string(), z.unknown()).default({}),
  workloads: z.record(z.string(), z.unknown()),
};
const topSchema = z.strictObject({ ...headShape, ...mapShape });
const TOP_KEYS = Object.keys(topSchema.shape).filter((key) => key !== "$schema");

/** Parses a declaration. Everything wrong with it comes back at once. */
export const parseDeclaration = (input: unknown, env: string): Checked<Declaration> => {
  const shape = checkShape(input);
  const checked = shape.ok ? parse(input, env) : shape;
  return checked.ok ? checked : { ok: false, problems: checked.problems.map(withholdSecrets) };
};

const parse = (input: unknown, env: string): Checked<Declaration> => {
  const top = topSchema.safeParse(input);
  const problems: Problem[] = top.success ? [] : [...zodProblems(top.error.issues, input, TOP_KEYS)];
  const preset = presetOf(input);
  const datasets = parseAll("datasets", input, datasetSchema, problems);
  const places = parseAll("places", input, placeSchema, problems);
  const sites = parseAll("sites", input, siteSchema, problems);
  const salvaged = new Map<string, z.infer<typeof workloadSchema>>();
  const workloads = parseAll("workloads", input, workloadSchema, problems, salvaged);

  const resolvedPlaces = new Map<string, DeclaredPlace>();
  for (const [name, place] of places) {
    const resolved = resolvePlace(name, place);
    if (!resolved.ok) problems.push(...under(`places.${name}`, resolved.problems));
    const network = resolveNetwork(place.network, preset);
    problems.push(...under(`places.${name}.network`, networkProblems(network, preset)));
    const iam = place.iam === undefined ? undefined : resolveIam(place.iam);
    if (iam !== undefined) problems.push(...under(`places.${name}.iam`, iamProblems(iam, preset)));
    if (resolved.ok) {
      resolvedPlaces.set(name, { ...resolved.value, network, offers: place.offers, ...(iam ? { iam } : {}) });
    }
  }
  const resolvedSites = new Map<string, Site>();
  for (const [name, site] of sites) {
    const resolved = resolveSite(name, site);
    if (resolved.ok) resolvedSites.set(name, resolved.value);
    else problems.push(...under(`sites.${name}`, resolved.problems));
  }
  for (const [name, workload] of [...workloads, ...salvaged]) {
    problems.push(...under(`workloads.${name}`, layerProblems(workload, preset)));
  }
  problems.push(...referenceProblems(input));
  const regimes = regimesOf(input);
  if (!regimes.ok) problems.push(...regimes.problems);
  if (!top.success || !regimes.ok || problems.length > 0) return { ok: false, problems };

  const { platform, owner, formalities, flows, stateBackend } = top.data;
  const schemes = regimes.value.flatMap((regime) => regime.schemes);
  const declared = Object.fromEntries([...datasets].map(([name, dataset]) => [name, toDataset(dataset)]));
  return {
    ok: true,
    value: {
      platform,
      env,
      owner: subjectOf(owner),
      preset,
      regimes: regimes.value,
      formalities: formalities.map(defined),
      datasets: inheritAll(declared, schemes),
      places: Object.fromEntries(resolvedPlaces),
      sites: Object.fromEntries(resolvedSites),
      workloads: Object.fromEntries([...workloads].map(([name, workload]) => [name, { ...workload, name }])),
      flows,
      ...(stateBackend === undefined ? {} : { stateBackend }),
    },
  };
};

const subjectOf = (owner: z.infer<typeof topSchema>["owner"]): Declaration["owner"] => {
  const { designations, ...rest } = owner;
  return { ...defined(rest), ...(designations === undefined ? {} : { designations: secretList(designations) }) };
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
    if (!NAME.test(name)) {
      const expected = "a name of small letters, digits and dashes, at most 31";
      problems.push({ path: `${key}.${name}`, expected, got: name, mend: "rename it" });
      continue;
    }
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

const toDataset = (dataset: z.infer<typeof datasetSchema>): Dataset => ({
  ...defined(dataset),
  categories: withImplied(dataset.categories),
});
