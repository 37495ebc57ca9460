import { z } from "zod";
import { CATEGORIES, FORMS } from "../dataset.ts";
import { CLASSES } from "../label.ts";
import { networkSpecSchema } from "../layers/network.ts";
import { objectStorageSpecSchema } from "../layers/object-storage.ts";
import { postgresSpecSchema } from "../layers/postgres.ts";
import { FACETS } from "../place.ts";
import { placeSettingsShape } from "./settings.ts";

/** Names that people choose become labels and parts of physical names. */
export const NAME = /^[a-z][a-z0-9-]{0,30}$/;
const name = z.string().regex(NAME);
const country = z.string().regex(/^[A-Z]{2}$/, "an ISO 3166-1 alpha-2 country code, as MA");
const date = z.iso.date();

export const datasetSchema = z.strictObject({
  class: z.enum(CLASSES).describe("Sensitivity, from public to critical."),
  categories: z.array(z.enum(CATEGORIES)).default([]).describe("What the data is about."),
  form: z.enum(FORMS).default("raw"),
  purpose: z.string().optional().describe("What it is used for, where a rule asks, for example care."),
});

export const placeSchema = z.strictObject({
  at: z
    .string()
    .regex(/^(aws|azure|gcp|openstack)\/.+$/)
    .describe("Cloud and region, as aws/eu-west-3, azure/francecentral, gcp/europe-west9 or openstack/RegionOne."),
  country: country.optional().describe("Country of every facet that is not listed. Known for public regions."),
  facets: z.partialRecord(z.enum(FACETS), z.array(country).min(1)).default({}).describe("Countries facet by facet."),
  operator: z
    .strictObject({
      name: z.string().optional(),
      incorporatedIn: country.optional(),
      controlledFrom: z.array(country).optional(),
      isSubject: z.boolean().optional().describe("The owner of the data runs the place itself."),
    })
    .default({}),
  contract: z
    .strictObject({ processorClauses: z.boolean().optional(), law: country.optional() })
    .default({})
    .describe("The contract with the operator."),
  facts: z
    .strictObject({
      encryptionAtRest: z.boolean().optional(),
      encryptionInTransit: z.boolean().optional(),
      accessLog: z.boolean().optional(),
      keyManager: z.boolean().optional(),
    })
    .default({})
    .describe("What the place offers. What is not said is unknown."),
  network: networkSpecSchema.default({}).describe("The private network of this place."),
  ...placeSettingsShape,
});

const common = {
  datasets: z.array(name).min(1).describe("What it holds."),
  places: z.array(name).min(1).optional().describe("Places to choose from, the preferred one first. Default: all."),
  replicas: z.array(name).default([]).describe("Places of live copies."),
  backups: z.array(name).default([]).describe("Places of backup copies, beside its own."),
};

export const workloadSchema = z.discriminatedUnion("layer", [
  z.strictObject({ layer: z.literal("object-storage"), ...common, ...objectStorageSpecSchema.shape }),
  z.strictObject({ layer: z.literal("postgres"), ...common, ...postgresSpecSchema.shape }),
]);

export const formalitySchema = z.strictObject({
  type: z.string().min(1).describe("As the rule names it, for example cndp-processing-authorisation."),
  reference: z.string().min(1).describe("Where it is filed."),
  datasets: z.array(name).optional().describe("Datasets it covers. Default: all."),
  countries: z.array(country).optional().describe("Countries it names, for a transfer."),
  from: date.optional(),
  to: date.optional().describe("Last day on which it is valid."),
});

/** The parts of a declaration, each parsed by itself so that every problem is found at once. */
export const headShape = {
  $schema: z.string().optional(),
  platform: name.describe("Name of the platform: the first part of every physical name."),
  owner: z.strictObject({
    id: z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, "a domain, as example.ma"),
    establishedIn: z.array(country).min(1),
  }),
  preset: z.enum(["production", "throwaway"]).default("production"),
  regimes: z.array(z.string()).optional().describe("Ids of the regimes to judge by. Default: all that Kasbah knows."),
  formalities: z.array(formalitySchema).default([]),
} as const;

/** One declaration: what the data is, where it could go, what runs. */
export const declarationSchema = z.strictObject({
  ...headShape,
  datasets: z.record(name, datasetSchema),
  places: z.record(name, placeSchema),
  workloads: z.record(name, workloadSchema),
});
export type DeclarationInput = z.input<typeof declarationSchema>;
