import providers from "./data/providers.json" with { type: "json" };
import type { Country, Facet, Operator, Site } from "./place.ts";

/** What a provider sells. None of it is a place for a layer; data goes there by a flow. */
export const PROVIDER_SERVICES = ["model-api", "model-router", "gpu-cloud"] as const;
export type ProviderService = (typeof PROVIDER_SERVICES)[number];

/**
 * One service of a provider with one choice of where it runs, as far as its vendor says, with source and date of the row.
 *
 * The id is the vendor and the choice, as `mistral-eu` or `mistral-global`: who takes the default has written so. Only a
 * vendor that leaves no choice has a bare id, as `groq`.
 */
export interface Provider {
  readonly id: string;
  readonly vendor: string;
  readonly service: ProviderService;
  /** The address that makes the choice, where it is the address that does. */
  readonly url?: string;
  /** A set of countries is where it may be: each of them counts. What the vendor does not say is absent. */
  readonly facets: Readonly<Partial<Record<Facet, readonly Country[]>>>;
  readonly operator: Operator;
  /** How the operator's country was seen. */
  readonly operatorBasis: string;
  /** The law behind `operator.extraterritorialLaws`. */
  readonly lawSource?: string;
  readonly note: string;
  readonly source: string;
  readonly asOf: string;
}

/** What `at` of a declared site begins with when it names a provider. */
export const PROVIDER_PREFIX = "provider/";

const byId: ReadonlyMap<string, Provider> = new Map(
  (providers as readonly Provider[]).map((provider) => [provider.id, provider]),
);

/** A provider by its id, as `mistral-eu`; `undefined` when the catalogue does not know it. */
export const findProvider = (id: string): Provider | undefined => byId.get(id);

/** Every provider, by id. */
export const knownProviders = (): readonly Provider[] => [...byId.values()];

/** What is known of a provider as a site, before the declaration adds contract and facts. */
export const providerSite = ({ facets, operator, url }: Provider): Omit<Site, "name"> => ({
  kind: "saas",
  isCloud: true,
  facets,
  operator,
  contract: {},
  facts: url?.startsWith("https://") ? { encryptionInTransit: true } : {},
});
