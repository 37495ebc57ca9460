import { z } from "zod";
import { FACETS } from "../place.ts";

/** The form of a file of cases: its spelling is its own and is translated in `cases.ts`, nowhere else. */
const country = z.string();
const maybe = <T extends z.ZodType>(schema: T) => schema.optional();
const words = z.array(z.string());

const operatorForm = z.looseObject({
  name: maybe(z.string()),
  isSubject: maybe(z.boolean()),
  incorporatedIn: maybe(country),
  controlledFrom: maybe(z.array(country)),
  extraterritorialLaws: maybe(words),
  doraCritical: maybe(z.boolean()),
  doraDesignatedOn: maybe(z.string()),
  euSubsidiary: maybe(z.boolean()),
  commercial: maybe(z.boolean()),
});

const qualificationForm = z.union([
  z.number(),
  z.boolean(),
  z.looseObject({ level: maybe(z.number()), validUntil: maybe(z.string()), to: maybe(z.string()) }),
]);

/** The form writes null for what is not said. */
export const withoutNulls = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  const said = Object.entries(value).filter(([, entry]) => entry !== null);
  return Object.fromEntries(said.map(([key, entry]) => [key, withoutNulls(entry)]));
};

/** A placement, or what it changes of its base. */
export const placementForm = z.looseObject({
  base: maybe(z.string()),
  isCloud: maybe(z.boolean()),
  cloudKind: maybe(z.string()),
  operator: maybe(operatorForm),
  qualifications: maybe(z.record(z.string(), qualificationForm)),
  facets: maybe(z.partialRecord(z.enum(FACETS), z.union([country, z.array(country)]))),
  keys: maybe(z.looseObject({ providerCanDecrypt: maybe(z.boolean()), custody: maybe(z.string()) })),
  encryption: maybe(z.looseObject({ atRest: maybe(z.boolean()), inTransit: maybe(z.boolean()) })),
  accessLog: maybe(z.boolean()),
  contract: maybe(
    z.looseObject({
      law: maybe(country),
      processorClauses: maybe(z.boolean()),
      audit: maybe(z.boolean()),
      reversibility: maybe(z.boolean()),
      locationsListed: maybe(z.boolean()),
      locationChangeNotice: maybe(z.boolean()),
    }),
  ),
  inUseSince: maybe(z.string()),
  maxDwellHoursAbroad: maybe(z.number()),
});
export type PlacementForm = z.infer<typeof placementForm>;

const formalityForm = z.union([
  z.string(),
  z.looseObject({
    type: z.string(),
    ref: maybe(z.string()),
    grantedOn: maybe(z.string()),
    expires: maybe(z.string()),
    countries: maybe(z.array(country)),
  }),
]);

export const caseForm = z.looseObject({
  n: z.union([z.number(), z.string()]),
  title: maybe(z.string()),
  subject: z.looseObject({
    establishedIn: z.array(country),
    sector: maybe(z.string()),
    designations: maybe(words),
    foreignBranchIn: maybe(z.array(country)),
  }),
  dataset: z.looseObject({
    categories: maybe(words),
    labels: maybe(z.record(z.string(), z.string())),
    purpose: maybe(z.string()),
    role: maybe(z.string()),
    form: maybe(z.string()),
    class: maybe(z.string()),
    professionalSecrecy: maybe(z.boolean()),
    method: maybe(z.union([z.string(), z.looseObject({ reference: maybe(z.string()), date: maybe(z.string()) })])),
  }),
  system: maybe(z.looseObject({ labels: maybe(z.record(z.string(), z.string())), critical: maybe(z.boolean()) })),
  placement: z.union([z.string(), placementForm]),
  context: maybe(z.looseObject({ formalities: maybe(z.array(formalityForm)), today: maybe(z.string()) })),
});
export type CaseForm = z.infer<typeof caseForm>;

export const casesForm = z.looseObject({
  placements: maybe(z.record(z.string(), placementForm)),
  cases: z.array(caseForm),
});
