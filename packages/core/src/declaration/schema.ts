import { z } from "zod";
import { CATEGORIES, FORMS, ROLES } from "../dataset.ts";
import { CLASSES } from "../label.ts";
import { DESIGNATIONS, SECTORS } from "../law/question.ts";
import { iamSpecSchema } from "../layers/iam.ts";
import { networkSpecSchema } from "../layers/network.ts";
import { objectStorageSpecSchema } from "../layers/object-storage.ts";
import { postgresSpecSchema } from "../layers/postgres.ts";
import { CUSTODIES, FACETS, PLACE_KINDS } from "../place.ts";
import { needsSchema, offersSchema } from "../placement/needs.ts";
import { WISHES } from "../placement/option.ts";
import { recoverySchema } from "../recovery.ts";
import { flowSchema } from "./flow.ts";
import { placeSettingsShape } from "./settings.ts";

/** Names that people choose become labels and parts of physical names. */
export const NAME = /^[a-z][a-z0-9-]{0,30}$/;
const name = z.string().regex(NAME);
const country = z.string().regex(/^[A-Z]{2}$/, "an ISO 3166-1 alpha-2 country code, as MA");
const date = z.iso.date();

const labels = z.record(z.string().regex(/^[a-z0-9-]+$/), z.string().regex(/^[A-Za-z0-9-]+$/));
const reference = z.string().min(1);

export const datasetSchema = z.strictObject({
  class: z.enum(CLASSES).describe("Sensitivity, from public to critical."),
  categories: z.array(z.enum(CATEGORIES)).default([]).describe("What the data is about."),
  form: z.enum(FORMS).default("raw").describe("A lower form without a recorded method counts as raw."),
  method: z
    .strictObject({ reference, date })
    .optional()
    .describe("The record of how the data was anonymised, aggregated or made."),
  purpose: z.string().optional().describe("What it is used for, where a rule asks, for example care."),
  professionalSecrecy: z.boolean().optional().describe("Handled by persons bound by professional secrecy."),
  role: z.enum(ROLES).optional().describe("What it is among its copies."),
  labels: labels.optional().describe("Levels in legal schemes as their owner declares them, as ma-data: secret."),
  derivedFrom: z.array(name).min(1).optional().describe("Datasets it was made from. It carries their label."),
  reclassified: z
    .strictObject({ by: reference, on: date, reference })
    .optional()
    .describe("The decision on record that it no longer carries its source's label."),
  recovery: recoverySchema.optional().describe("What may be lost, and for how long it may be away. Default: by class."),
});

/** What a regime asks of whoever holds data. What is not said is unknown. */
export const siteShape = {
  kind: z.enum(PLACE_KINDS).optional().describe("What sort of place it is. Known for public regions."),
  isCloud: z.boolean().optional().describe("Whether it is a cloud service. Known for public regions."),
  facets: z.partialRecord(z.enum(FACETS), z.array(country).min(1)).default({}).describe("Countries facet by facet."),
  operator: z
    .strictObject({
      name: z.string().optional(),
      incorporatedIn: country.optional(),
      controlledFrom: z.array(country).optional(),
      isSubject: z.boolean().optional().describe("The owner of the data runs the place itself."),
      commercial: z.boolean().optional().describe("A commercial organisation."),
      extraterritorialLaws: z
        .array(z.string().regex(/^[a-z0-9-]+$/))
        .optional()
        .describe("Laws of other countries that reach it, as us-cloud-act. Empty: looked into, none found."),
      doraCritical: z.boolean().optional().describe("Designated as critical third-party provider under DORA."),
      doraDesignatedOn: date.optional(),
      euSubsidiary: z.boolean().optional(),
    })
    .default({}),
  contract: z
    .strictObject({
      processorClauses: z.boolean().optional(),
      law: country.optional(),
      audit: z.boolean().optional(),
      reversibility: z.boolean().optional(),
      locationsListed: z.boolean().optional().describe("It names the countries of service, processing and storage."),
      locationChangeNotice: z.boolean().optional().describe("A change of them is announced in advance."),
    })
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
  keys: z
    .strictObject({ custody: z.enum(CUSTODIES).optional(), providerCanDecrypt: z.boolean().optional() })
    .optional()
    .describe("Who holds the keys."),
  qualifications: z
    .record(
      z.string().regex(/^[a-z0-9-]+$/),
      z.strictObject({
        level: z.number().int().min(0).default(1),
        reference,
        from: date.optional(),
        to: date.optional().describe("Last day on which it is valid."),
        services: z.array(z.string()).optional(),
      }),
    )
    .optional()
    .describe("Qualifications on record, by scheme, as ma-dgssi-cloud."),
  inUseSince: date.optional().describe("Day from which the owner has used it."),
  maxDwellHoursAbroad: z.number().min(0).optional().describe("Hours after which data processed abroad is deleted."),
} as const;

/** Somewhere that data may go and where Kasbah builds nothing: a model provider, a branch, a service desk. */
export const siteSchema = z.strictObject({
  at: z
    .string()
    .regex(/^provider\/[a-z0-9-]+$/, "a provider and where it runs, as provider/mistral-eu")
    .optional()
    .describe("A provider that Kasbah knows, with the choice of where it runs, as provider/mistral-eu."),
  country: country.optional().describe("Country of every facet that is not listed. Not for a known provider."),
  ...siteShape,
});

export const placeSchema = z.strictObject({
  at: z
    .string()
    .regex(
      /^(aws|azure|gcp|openstack)\/.+$/,
      "a cloud and region that layers can be built on, as aws/eu-west-3; a provider is declared under sites",
    )
    .describe("Cloud and region, as aws/eu-west-3, azure/francecentral, gcp/europe-west9 or openstack/RegionOne."),
  country: country.optional().describe("Country of every facet that is not listed. Known for public regions."),
  ...siteShape,
  network: networkSpecSchema.default({}).describe("The private network of this place."),
  iam: iamSpecSchema.optional().describe("Who may do what there: people and machines, and the keys that we hold."),
  offers: offersSchema.default({}).describe("What the place offers. What is not said meets no need."),
  ...placeSettingsShape,
});

const common = {
  datasets: z.array(name).min(1).describe("What it holds."),
  places: z.array(name).min(1).optional().describe("Places to choose from, the preferred one first. Default: all."),
  pin: name.optional().describe("The place to take and no other. It is refused where law or needs forbid it."),
  needs: needsSchema.default({}).describe("What it cannot do without."),
  wishes: z.array(z.enum(WISHES)).default([]).describe("What decides among lawful places, before their order."),
  replicas: z.array(name).default([]).describe("Places of live copies."),
  backups: z.array(name).default([]).describe("Places of backup copies, beside its own."),
  critical: z.boolean().optional().describe("It carries a critical or important function."),
  labels: labels.optional().describe("Its class in legal schemes as its owner declares it, as ma-si: B."),
};

export const workloadSchema = z.discriminatedUnion("layer", [
  z.strictObject({ layer: z.literal("object-storage"), ...common, ...objectStorageSpecSchema.shape }),
  z.strictObject({ layer: z.literal("postgres"), ...common, ...postgresSpecSchema.shape }),
]);

export const formalitySchema = z.strictObject({
  type: z.string().min(1).describe("As the rule names it, for example cndp-processing-authorisation."),
  reference: z.string().min(1).describe("Where it is filed."),
  datasets: z.array(name).optional().describe("Datasets it covers. Default: all."),
  places: z.array(name).optional().describe("Places it covers. Default: all."),
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
    sector: z.enum(SECTORS).optional().describe("What a sector's regulator asks depends on it."),
    designations: z
      .array(z.enum(DESIGNATIONS))
      .optional()
      .describe("Legal statuses that are secret by law. Never shown, logged or labelled."),
    foreignBranchIn: z
      .array(country)
      .optional()
      .describe("Countries in which the owner is a foreign company's branch."),
  }),
  preset: z.enum(["production", "throwaway"]).default("production"),
  regimes: z
    .array(z.union([z.string(), z.record(z.string(), z.unknown())]))
    .optional()
    .describe(
      "Ids of the regimes to judge by, and regimes of your own: a path, as ./my-rule.regime.json, or the regime itself. Default: all that Kasbah knows.",
    ),
  formalities: z.array(formalitySchema).default([]),
  flows: z.array(flowSchema).default([]).describe("Movements of data beside replicas and backups."),
  stateBackend: name.optional().describe("The place or site that keeps the engine's state. Judged as a flow."),
} as const;

/** One declaration: what the data is, where it could go, what runs. */
export const declarationSchema = z.strictObject({
  ...headShape,
  datasets: z.record(name, datasetSchema),
  places: z.record(name, placeSchema),
  sites: z.record(name, siteSchema).default({}).describe("Where data may go and Kasbah builds nothing."),
  workloads: z.record(name, workloadSchema),
});
export type DeclarationInput = z.input<typeof declarationSchema>;
