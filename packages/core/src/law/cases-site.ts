import { defined } from "../declaration/defined.ts";
import { type Country, CUSTODIES, FACETS, PLACE_KINDS, type Qualification, type Site } from "../place.ts";
import type { PlacementForm } from "./cases-form.ts";

/** The first list of critical providers. The form has no date for a designation: its grace counts as over. */
const FIRST_DESIGNATIONS = "2025-11-18";

/** Words for one scheme that differ from ours. */
const SCHEME: Readonly<Record<string, string>> = { hds: "fr-hds", "hds-v2": "fr-hds", secnumcloud: "fr-secnumcloud" };

/** A placement with everything of its bases, nearest first. Parts merge key by key, the way the form says it. */
export const withBase = (
  placement: PlacementForm,
  all: Readonly<Record<string, PlacementForm>>,
  above: ReadonlySet<string> = new Set<string>(),
): PlacementForm => {
  const { base: name, ...own } = placement;
  const base = name === undefined || above.has(name) ? undefined : all[name];
  if (base === undefined || name === undefined) return own;
  const full = withBase(base, all, new Set([...above, name]));
  const merged: Record<string, unknown> = { ...full };
  for (const [key, value] of Object.entries(own)) {
    if (value === undefined) continue;
    merged[key] = MERGED.has(key) ? { ...Object(full[key] ?? {}), ...present(value) } : value;
  }
  return merged;
};

const MERGED: ReadonlySet<string> = new Set(["facets", "keys", "encryption", "operator", "contract"]);

const present = (value: unknown): object =>
  Object.fromEntries(Object.entries(Object(value)).filter(([, entry]) => entry !== undefined));

/** A placement of the form as a site. */
export const siteOfForm = (name: string, form: PlacementForm): Site => {
  const { operator = {}, contract = {}, encryption = {}, keys = {} } = form;
  const kind = PLACE_KINDS.find((known) => known === form.cloudKind);
  const custody = CUSTODIES.find((known) => known === keys.custody);
  return {
    name,
    ...defined({ kind, isCloud: form.isCloud }),
    facets: facetsOf(form),
    operator: operatorOf(operator),
    contract: defined({
      law: contract.law,
      processorClauses: contract.processorClauses,
      audit: contract.audit,
      reversibility: contract.reversibility,
      locationsListed: contract.locationsListed,
      locationChangeNotice: contract.locationChangeNotice,
    }),
    facts: defined({
      encryptionAtRest: encryption.atRest,
      encryptionInTransit: encryption.inTransit,
      accessLog: form.accessLog,
    }),
    keys: defined({ providerCanDecrypt: keys.providerCanDecrypt, custody }),
    qualifications: qualificationsOf(form.qualifications ?? {}),
    ...defined({ inUseSince: form.inUseSince, maxDwellHoursAbroad: form.maxDwellHoursAbroad }),
  };
};

const facetsOf = ({ facets = {} }: PlacementForm): Site["facets"] =>
  Object.fromEntries(
    FACETS.flatMap((facet) => {
      const countries: Country | readonly Country[] | undefined = facets[facet];
      if (countries === undefined) return [];
      return [[facet, typeof countries === "string" ? [countries] : countries]];
    }),
  );

/** A named operator that is not the subject sells its service: a commercial organisation, unless the form denies it. */
const operatorOf = (form: NonNullable<PlacementForm["operator"]>): Site["operator"] => {
  const { isSubject, doraCritical } = form;
  return defined({
    name: form.name,
    isSubject,
    incorporatedIn: /^[A-Z]{2}$/.test(form.incorporatedIn ?? "") ? form.incorporatedIn : undefined,
    controlledFrom: form.controlledFrom,
    commercial: form.commercial ?? (isSubject === false ? true : undefined),
    extraterritorialLaws: form.extraterritorialLaws,
    doraCritical,
    doraDesignatedOn: form.doraDesignatedOn ?? (doraCritical === true ? FIRST_DESIGNATIONS : undefined),
    euSubsidiary: form.euSubsidiary,
  });
};

const qualificationsOf = (
  form: NonNullable<PlacementForm["qualifications"]>,
): Readonly<Record<string, Qualification>> =>
  Object.fromEntries(
    Object.entries(form).map(([scheme, said]): [string, Qualification] => {
      const reference = "as the case says";
      const id = SCHEME[scheme] ?? scheme;
      if (typeof said === "object") {
        const to = said.to ?? said.validUntil;
        return [id, { level: said.level ?? 1, reference, ...(to === undefined ? {} : { to }) }];
      }
      return [id, { level: Number(said), reference }];
    }),
  );
