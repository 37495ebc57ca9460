import type { z } from "zod";
import { type Country, FACETS, type Facet, type Qualification, type Site } from "../place.ts";
import type { Checked, Problem } from "../problem.ts";
import { findProvider, knownProviders, PROVIDER_PREFIX, providerSite } from "../providers.ts";
import { defined } from "./defined.ts";
import { nearest } from "./nearest.ts";
import type { siteSchema } from "./schema.ts";

type SiteInput = z.infer<typeof siteSchema>;

/** What the declaration says of a site, over what is known of it. What neither says stays unknown. */
export const siteOf = (name: string, input: SiteInput, known?: Omit<Site, "name">): Site => {
  const { kind = known?.kind, isCloud = known?.isCloud, inUseSince, maxDwellHoursAbroad } = input;
  const qualifications = input.qualifications === undefined ? undefined : qualificationsOf(input.qualifications);
  return {
    name,
    facets: { ...known?.facets, ...facetsOf(known === undefined ? input.country : undefined, input.facets) },
    operator: defined({ ...known?.operator, ...defined(input.operator) }),
    contract: defined({ ...known?.contract, ...defined(input.contract) }),
    facts: defined({ ...known?.facts, ...defined(input.facts) }),
    ...(kind === undefined ? {} : { kind }),
    ...(isCloud === undefined ? {} : { isCloud }),
    ...(input.keys === undefined && known?.keys === undefined
      ? {}
      : { keys: defined({ ...known?.keys, ...defined(input.keys ?? {}) }) }),
    ...(qualifications === undefined ? {} : { qualifications: { ...known?.qualifications, ...qualifications } }),
    ...(inUseSince === undefined ? {} : { inUseSince }),
    ...(maxDwellHoursAbroad === undefined ? {} : { maxDwellHoursAbroad }),
  };
};

/** A declared site, completed by what the catalogue knows of its provider. */
export const resolveSite = (name: string, input: SiteInput & { readonly at?: string | undefined }): Checked<Site> => {
  if (input.at === undefined) return { ok: true, value: siteOf(name, input) };
  const id = input.at.slice(PROVIDER_PREFIX.length);
  const provider = findProvider(id);
  if (provider === undefined) return { ok: false, problems: [unknownProvider(id, input.at)] };
  if (input.country === undefined) return { ok: true, value: siteOf(name, input, providerSite(provider)) };
  const expected = `no country: what ${provider.vendor} says of where it runs is known`;
  const mend = "say under facets, facet by facet, what your contract with it says";
  return { ok: false, problems: [{ path: "country", expected, got: input.country, mend }] };
};

/** A vendor that runs in several places has no default: to take its default is a choice too. */
const unknownProvider = (id: string, got: string): Problem => {
  const ids = knownProviders().map((provider) => provider.id);
  const choices = ids.filter((known) => known.startsWith(`${id}-`));
  const close = nearest(id, ids);
  const words = (choices.length > 0 ? choices : close === undefined ? [] : [close]).map(
    (known) => PROVIDER_PREFIX + known,
  );
  return {
    path: "at",
    expected: choices.length > 0 ? `${id} and where it runs` : "a provider that Kasbah knows",
    got,
    mend:
      words.length > 0
        ? `take ${words.join(" or ")}`
        : "remove at, and say under facets and operator what you know of it",
  };
};

const qualificationsOf = (input: NonNullable<SiteInput["qualifications"]>): Readonly<Record<string, Qualification>> =>
  Object.fromEntries(Object.entries(input).map(([scheme, record]) => [scheme, defined(record)]));

/** The country counts for every facet that is not listed by itself; what neither says stays unknown. */
const facetsOf = (
  country: Country | undefined,
  facets: SiteInput["facets"],
): Partial<Record<Facet, readonly Country[]>> =>
  Object.fromEntries(
    FACETS.flatMap((facet) => {
      const countries = facets[facet] ?? (country === undefined ? undefined : [country]);
      return countries === undefined ? [] : [[facet, countries]];
    }),
  );
