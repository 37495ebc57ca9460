import { z } from "zod";
import type { Declaration } from "./declaration/parse.ts";
import { zodProblems } from "./declaration/zod-problems.ts";
import { CLASSES, type Class } from "./label.ts";
import type { Country } from "./place.ts";
import type { Checked } from "./problem.ts";

const country = z.string().regex(/^[A-Z]{2}$/, "an ISO 3166-1 alpha-2 country code, as MA");
const text = z.string().min(1);
const keys = text.or(z.array(text).min(1));
const level = z.enum(CLASSES);
const names = z.array(text).min(1);

const labelsSchema = z.strictObject({
  class: keys.optional().describe("Key of the label that says the class, or several: the first that is there counts."),
  datasets: keys.optional().describe("Key of the label that names the datasets."),
  values: z.record(z.string(), level).default({}).describe("The house's words for our classes, as secret: restricted."),
});

const stackSchema = z.strictObject({
  class: level.optional().describe("Class of what carries no label."),
  datasets: names.optional().describe("Datasets that it holds."),
  backend: text.optional().describe("URL of the engine's state backend, as s3://bucket?region=eu-west-3."),
});

const patternSchema = z
  .strictObject({
    match: text.describe("The resource, as aws:s3/bucket:Bucket::audit-*; a star stands for anything."),
    stack: text.optional().describe("Only in this stack, as app/prod; a star stands for anything."),
    class: level.optional(),
    datasets: names.optional(),
  })
  .refine((entry) => entry.class !== undefined || entry.datasets !== undefined, {
    error: "a class, or datasets, or both",
  });

/** What a house that is not ours calls things: everything of a context but the law's words. */
export const houseShape = {
  $schema: z.string().optional(),
  labels: labelsSchema.optional().describe("Where another house's labels say the same as ours."),
  homeCountries: z
    .array(country)
    .min(1)
    .optional()
    .describe("Where data may be whose label names a class only. Default: where the owner is established."),
  stacks: z
    .record(z.string(), stackSchema)
    .default({})
    .describe("What is known of a stack, by project/stack or stack."),
  resources: z
    .array(patternSchema)
    .default([])
    .describe("What is known of resources that carry no label of their own."),
  clusters: z
    .record(z.string(), text)
    .default({})
    .describe("Place of a Kubernetes cluster, by the name of its provider, its kubeconfig context, or its stack."),
  endpoints: z
    .record(z.string(), text)
    .default({})
    .describe("Place or site behind a host name. A leading dot means every name below."),
  drills: z.record(z.string(), z.iso.date()).default({}).describe("Day of the last restore drill of a dataset."),
} as const;

/** Keys of a context that say what the law asks about: the same as in a declaration. */
export const LAW_KEYS = ["owner", "datasets", "places", "sites", "regimes", "formalities", "stateBackend"] as const;

const houseSchema = z.strictObject({
  ...houseShape,
  ...Object.fromEntries(LAW_KEYS.map((key) => [key, z.unknown().optional()])),
});

/** Resources that are known by their name: what they hold, without a label. */
export interface ResourcePattern {
  readonly match: string;
  readonly stack?: string;
  readonly class?: Class;
  readonly datasets?: readonly string[];
}

/** What is known of a stack as a whole. */
export interface KnownStack {
  readonly class?: Class;
  readonly datasets?: readonly string[];
  readonly backend?: string;
}

/** A context as parsed: what an input cannot say by itself. */
export interface HouseContext {
  /** The law's words, where the context says them. */
  readonly declaration?: Declaration;
  readonly homeCountries?: readonly Country[];
  readonly labelKeys: { readonly class: readonly string[]; readonly datasets: readonly string[] };
  readonly classWords: Readonly<Record<string, Class>>;
  readonly stacks: Readonly<Record<string, KnownStack>>;
  readonly resources: readonly ResourcePattern[];
  readonly clusters: Readonly<Record<string, string>>;
  readonly endpoints: Readonly<Record<string, string>>;
  readonly drills: Readonly<Record<string, string>>;
}

/** Whether a context says anything that only the law's own parser understands. */
export const saysLaw = (input: unknown): boolean =>
  typeof input === "object" && input !== null && LAW_KEYS.some((key) => Object.hasOwn(input, key));

/** Parses a context without the law's words. Everything wrong with it comes back at once. */
export const parseHouse = (input: unknown): Checked<HouseContext> => {
  const parsed = houseSchema.safeParse(input);
  if (!parsed.success)
    return { ok: false, problems: zodProblems(parsed.error.issues, input, Object.keys(houseSchema.shape)) };
  const { labels, homeCountries, stacks, resources, clusters, endpoints, drills } = parsed.data;
  const listOf = (given: string | readonly string[] = []): readonly string[] => [given].flat();
  return {
    ok: true,
    value: {
      labelKeys: { class: listOf(labels?.class), datasets: listOf(labels?.datasets) },
      classWords: labels?.values ?? {},
      stacks: stacks as HouseContext["stacks"],
      resources: resources as HouseContext["resources"],
      clusters,
      endpoints,
      drills,
      ...(homeCountries === undefined ? {} : { homeCountries }),
    },
  };
};
