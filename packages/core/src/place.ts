/** What of a service can be somewhere. A place is a country set for each, not one country. */
export const FACETS = ["storage", "processing", "backup", "logs", "controlPlane", "support", "keys"] as const;
export type Facet = (typeof FACETS)[number];

/** ISO 3166-1 alpha-2. */
export type Country = string;

/** Clouds that Kasbah has layers for. */
export const CLOUDS = ["aws", "azure", "gcp", "openstack"] as const;
export type CloudId = (typeof CLOUDS)[number];

export const isCloudId = (value: string): value is CloudId => (CLOUDS as readonly string[]).includes(value);

/** Who runs the place. An absent fact is unknown, not good. */
export interface Operator {
  readonly name?: string;
  readonly incorporatedIn?: Country;
  readonly controlledFrom?: readonly Country[];
  /** The owner of the data runs the place itself. */
  readonly isSubject?: boolean;
}

export interface Contract {
  /** A written contract with the clauses that the law asks of a processor. */
  readonly processorClauses?: boolean;
  /** Country whose law governs it. */
  readonly law?: Country;
}

/** What the place offers, as far as it is known. */
export interface PlaceFacts {
  readonly encryptionAtRest?: boolean;
  readonly encryptionInTransit?: boolean;
  readonly accessLog?: boolean;
  readonly keyManager?: boolean;
}

/** Where something can run, and who stands behind it. */
export interface Place {
  /** The declaration's own word. */
  readonly name: string;
  readonly cloud: CloudId;
  readonly region: string;
  /** Countries of each facet. An absent facet is unknown. */
  readonly facets: Readonly<Partial<Record<Facet, readonly Country[]>>>;
  readonly operator: Operator;
  readonly contract: Contract;
  readonly facts: PlaceFacts;
  /** Settings that only this place's cloud understands, already checked by that cloud's schema. */
  readonly settings: Readonly<Record<string, unknown>>;
}

export const placeId = (place: Pick<Place, "cloud" | "region">): string => `${place.cloud}/${place.region}`;
