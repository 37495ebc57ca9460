import { OpenStackError } from "./errors.ts";

/** An entry of keystone's catalogue. */
export interface CatalogueService {
  readonly type: string;
  readonly endpoints: readonly {
    readonly region_id?: string;
    readonly region?: string;
    readonly interface: string;
    readonly url: string;
  }[];
}

/** Services that we speak with: the types by which catalogues know them, and the version that we append. */
const SERVICES = {
  identity: { types: ["identity"], version: "v3" },
  compute: { types: ["compute"], version: "v2.1" },
  placement: { types: ["placement"], version: undefined },
  network: { types: ["network"], version: "v2.0" },
  "block-storage": { types: ["volumev3", "block-storage", "block-store", "volume"], version: "v3" },
  image: { types: ["image"], version: "v2" },
  "object-store": { types: ["object-store"], version: undefined },
  "key-manager": { types: ["key-manager"], version: "v1" },
  "load-balancer": { types: ["load-balancer"], version: "v2.0" },
  dns: { types: ["dns"], version: "v2" },
} as const satisfies Readonly<
  Record<string, { readonly types: readonly string[]; readonly version: string | undefined }>
>;

export type Service = keyof typeof SERVICES;
export const KNOWN_SERVICES = Object.keys(SERVICES) as readonly Service[];

/** The endpoints of one region. */
export class Catalogue {
  readonly #services: readonly CatalogueService[];
  readonly #region: string;
  readonly #interface: string;

  constructor(services: readonly CatalogueService[], region: string, face: string) {
    this.#services = services;
    this.#region = region;
    this.#interface = face;
  }

  /** Every region that the catalogue names. */
  regions(): readonly string[] {
    const named = this.#services.flatMap(({ endpoints }) => endpoints.map(regionOf));
    return [...new Set(named.filter((region) => region !== ""))].sort();
  }

  /** Types of every service with an endpoint in our region, by the catalogue's own words. */
  types(): readonly string[] {
    return this.#services
      .filter((service) => this.#endpoint(service) !== undefined)
      .map(({ type }) => type)
      .sort();
  }

  /** Address of a service by the catalogue's own word, as it stands there; `undefined` when our region has none. */
  urlOf(type: string): string | undefined {
    return this.#services
      .filter((one) => one.type === type)
      .map((one) => this.#endpoint(one))
      .find((url) => url);
  }

  /** The catalogue's own word for a service. */
  typeOf(service: Service): string | undefined {
    return SERVICES[service].types.find((type) => this.urlOf(type) !== undefined);
  }

  has(service: Service): boolean {
    return this.#find(service) !== undefined;
  }

  /** Address of a service with its version and without a slash at the end. */
  url(service: Service): string {
    const url = this.#find(service);
    if (url === undefined) throw this.#missing(service);
    const { version } = SERVICES[service];
    const bare = url.replace(/\/+$/, "");
    return version === undefined || /\/v\d+(\.\d+)?(\/|$)/.test(new URL(bare).pathname) ? bare : `${bare}/${version}`;
  }

  #find(service: Service): string | undefined {
    const type = this.typeOf(service);
    return type === undefined ? undefined : this.urlOf(type);
  }

  #endpoint({ endpoints }: CatalogueService): string | undefined {
    return endpoints.find((one) => one.interface === this.#interface && regionOf(one) === this.#region)?.url;
  }

  /** @throws {OpenStackError} of kind `region`, with those that there are, when ours is none of them */
  checkRegion(): void {
    const regions = this.regions();
    if (regions.includes(this.#region)) return;
    const reason = `there is no region ${this.#region}`;
    throw new OpenStackError(`identity: ${reason}; this cloud has ${regions.join(", ")}.`, {
      kind: "region",
      service: "identity",
      reason,
      mend: "Correct the region in the place's `at`; names of regions are case-sensitive.",
    });
  }

  #missing(service: Service): OpenStackError {
    this.checkRegion();
    const reason = `the region ${this.#region} has no service ${service}`;
    return new OpenStackError(`identity: ${reason} in its catalogue; it has ${this.types().join(", ")}.`, {
      kind: "service",
      service,
      reason,
    });
  }
}

const regionOf = (endpoint: CatalogueService["endpoints"][number]): string =>
  endpoint.region_id ?? endpoint.region ?? "";
