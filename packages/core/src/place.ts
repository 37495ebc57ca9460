/** What of a service can be somewhere. A place is a country set for each, not one country. */
export const FACETS = ["storage", "processing", "backup", "logs", "controlPlane", "support", "keys"] as const;
export type Facet = (typeof FACETS)[number];

/** ISO 3166-1 alpha-2. */
export type Country = string;

/** Clouds that Kasbah has layers for. */
export const CLOUDS = ["aws", "azure", "gcp", "openstack"] as const;
export type CloudId = (typeof CLOUDS)[number];

export const isCloudId = (value: string): value is CloudId => (CLOUDS as readonly string[]).includes(value);

/** What sort of place it is. */
export const PLACE_KINDS = [
  "on-prem",
  "colo",
  "private",
  "sovereign",
  "local-public",
  "hyperscaler-region",
  "hyperscaler-edge",
  "saas",
] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

/** Who runs the place. An absent fact is unknown, not good. */
export interface Operator {
  readonly name?: string;
  readonly incorporatedIn?: Country;
  readonly controlledFrom?: readonly Country[];
  /** The owner of the data runs the place itself. */
  readonly isSubject?: boolean;
  /** A commercial organisation (some adequacy decisions cover only these). */
  readonly commercial?: boolean;
  /** Laws of other countries that reach what it holds, as `us-cloud-act`. Empty: looked into, none found. */
  readonly extraterritorialLaws?: readonly string[];
  /** Designated as a critical ICT third-party provider under DORA. */
  readonly doraCritical?: boolean;
  readonly doraDesignatedOn?: string;
  /** It has a subsidiary in the Union. */
  readonly euSubsidiary?: boolean;
}

/** What the contract with the operator says. */
export interface Contract {
  /** A written contract with the clauses that the law asks of a processor. */
  readonly processorClauses?: boolean;
  /** Country whose law governs it. */
  readonly law?: Country;
  readonly audit?: boolean;
  readonly reversibility?: boolean;
  /** It names the countries of service, processing and storage. */
  readonly locationsListed?: boolean;
  /** A change of them is announced in advance. */
  readonly locationChangeNotice?: boolean;
}

/** What the place offers, as far as it is known. */
export interface PlaceFacts {
  readonly encryptionAtRest?: boolean;
  readonly encryptionInTransit?: boolean;
  readonly accessLog?: boolean;
  readonly keyManager?: boolean;
}

export const CUSTODIES = ["provider", "customer-in-provider-kms", "external-hsm", "customer-hsm"] as const;
export type Custody = (typeof CUSTODIES)[number];

export interface Keys {
  readonly custody?: Custody;
  readonly providerCanDecrypt?: boolean;
}

/** A qualification on record. It is dated, and it is for named services. */
export interface Qualification {
  /** Level within its scheme; 1 for a scheme without levels. */
  readonly level: number;
  /** Where it is published or filed. */
  readonly reference: string;
  readonly from?: string;
  /** Last day on which it is valid. */
  readonly to?: string;
  readonly services?: readonly string[];
}

/** Somewhere that data can be, and who stands behind it: all that a regime may ask of it. */
export interface Site {
  /** The declaration's own word. */
  readonly name: string;
  readonly kind?: PlaceKind;
  readonly isCloud?: boolean;
  /** Countries of each facet. An absent facet is unknown. */
  readonly facets: Readonly<Partial<Record<Facet, readonly Country[]>>>;
  readonly operator: Operator;
  readonly contract: Contract;
  readonly facts: PlaceFacts;
  readonly keys?: Keys;
  /** Qualifications on record, by scheme, as `ma-dgssi-cloud`. */
  readonly qualifications?: Readonly<Record<string, Qualification>>;
  /** Day from which the owner of the data has used it. */
  readonly inUseSince?: string;
  /** Hours after which data that was processed abroad is deleted there. */
  readonly maxDwellHoursAbroad?: number;
}

/** Where a layer can run. */
export interface Place extends Site {
  readonly cloud: CloudId;
  readonly region: string;
  /** Settings that only this place's cloud understands, already checked by that cloud's schema. */
  readonly settings: Readonly<Record<string, unknown>>;
}

export const placeId = (place: Pick<Place, "cloud" | "region">): string => `${place.cloud}/${place.region}`;
