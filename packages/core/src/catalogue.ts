import operators from "./data/operators.json" with { type: "json" };
import regions from "./data/regions.json" with { type: "json" };
import type { CloudId, Country, Facet, Operator, Place } from "./place.ts";

/** A public region as its vendor publishes it, with the source and date of the row. */
export interface Region {
  readonly cloud: string;
  readonly region: string;
  readonly country: Country;
  readonly city: string;
  readonly partition: string;
  /** The region that geo-redundant storage copies to (Azure). */
  readonly pair?: string;
  readonly notes?: string;
  readonly source: string;
  readonly asOf: string;
}

const byId: ReadonlyMap<string, Region> = new Map(
  (regions as readonly Region[]).map((region) => [`${region.cloud}/${region.region}`, region]),
);

/** A region of AWS, Azure or Google Cloud; `undefined` when the catalogue does not know it. */
export const findRegion = (cloud: string, region: string): Region | undefined => byId.get(`${cloud}/${region}`);

export const knownRegions = (): readonly Region[] => [...byId.values()];

/** Who runs the regions of a partition, with the source and date of the row. */
export interface CloudOperator {
  readonly cloud: CloudId;
  readonly partitions: readonly string[];
  readonly operator: Operator;
  readonly note: string;
  readonly source: string;
  readonly asOf: string;
}

export const knownOperators = (): readonly CloudOperator[] => operators as readonly CloudOperator[];

/** Who runs a region. A partition that the catalogue does not know is run by nobody known, not by the vendor. */
const operatorOf = (cloud: CloudId, { partition }: Region): Operator =>
  knownOperators().find((row) => row.cloud === cloud && row.partitions.includes(partition))?.operator ?? {};

/** Facets that a single-region service of these vendors keeps in the region. Support and control plane: not known. */
const REGIONAL_FACETS = ["storage", "processing", "backup", "logs", "keys"] as const satisfies readonly Facet[];

/** What is known of a public region as a place, before the declaration adds contract and facts. */
export const regionPlace = (cloud: CloudId, region: Region): Omit<Place, "name" | "settings"> => ({
  cloud,
  region: region.region,
  kind: "hyperscaler-region",
  isCloud: true,
  facets: Object.fromEntries(REGIONAL_FACETS.map((facet) => [facet, [region.country]])),
  operator: operatorOf(cloud, region),
  contract: {},
  facts: { encryptionAtRest: true, encryptionInTransit: true },
});
