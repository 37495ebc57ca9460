import type { NetworkOutputs } from "@kasbah/component";
import { type Declaration, type DeclaredPlace, formatProblem } from "@kasbah/core";
import * as pulumi from "@pulumi/pulumi";
import { type Clouds, type Design, designOf, type Placed } from "./design.ts";
import { badDeclaration, refusedByLaw } from "./load.ts";

/** What a workload gives to those who use it. */
export interface Endpoint {
  readonly layer: string;
  readonly place: string;
  readonly at: string;
  readonly address: pulumi.Output<string>;
  /** Where the password is kept, for what has one. A reference, never the password. */
  readonly passwordRef?: pulumi.Output<string>;
}

export interface PlatformOptions extends pulumi.ComponentResourceOptions {
  /** The day for which the law is asked, `YYYY-MM-DD`. @default - KASBAH_AS_OF, else today */
  readonly asOf?: string;
}

/** Layers wired together over the places that the law permits. */
export class Platform extends pulumi.ComponentResource {
  /** How each workload is reached. */
  readonly endpoints: Readonly<Record<string, Endpoint>>;
  readonly #providers = new Map<string, pulumi.ProviderResource>();
  readonly #networks = new Map<string, NetworkOutputs>();

  /**
   * @param name logical name: part of the API, a rename replaces everything below it
   * @param clouds the clouds that this program uses; the platform imports none by itself
   * @throws {pulumi.RunError} before anything is made, with every problem or every refusal
   */
  constructor(name: string, declaration: Declaration, clouds: Clouds, { asOf, ...opts }: PlatformOptions = {}) {
    const design = buildable(designOf(declaration, clouds, asOf ?? today()));
    super("kasbah:platform:Platform", name, {}, opts);
    const endpoints = design.placed.map((placed) => [placed.workload.name, this.#make(placed)] as const);
    this.endpoints = Object.fromEntries(endpoints);
    this.registerOutputs({ endpoints: this.endpoints });
  }

  #make({ workload, place, cloud, args, recovery }: Placed): Endpoint {
    const provider = this.#provider(place, cloud);
    const opts = { parent: this, provider };
    const where = { layer: workload.layer, place: place.name, at: `${place.cloud}/${place.region}` };
    switch (workload.layer) {
      case "object-storage": {
        const made = present(cloud.layers["object-storage"]).create(workload.name, args, opts);
        return { ...where, address: made.bucket };
      }
      case "postgres": {
        const network = this.#network(place, cloud, args);
        const made = present(cloud.layers.postgres).create(
          workload.name,
          { ...args, network, vaults: [], recovery },
          opts,
        );
        return { ...where, address: pulumi.interpolate`${made.host}:${made.port}`, passwordRef: made.passwordRef };
      }
    }
  }

  #provider(place: DeclaredPlace, cloud: Placed["cloud"]): pulumi.ProviderResource {
    const known = this.#providers.get(place.name);
    if (known !== undefined) return known;
    const provider = cloud.provider(place.name, place, { parent: this });
    this.#providers.set(place.name, provider);
    return provider;
  }

  /** One network for each place, named after it: it belongs to the place, not to a workload. */
  #network(place: DeclaredPlace, cloud: Placed["cloud"], { scope }: Placed["args"]): NetworkOutputs {
    const known = this.#networks.get(place.name);
    if (known !== undefined) return known;
    const args = { scope, class: "internal" as const, place, ...place.network };
    const opts = { parent: this, provider: this.#provider(place, cloud) };
    const network = present(cloud.layers.network).create(`${place.name}-network`, args, opts);
    this.#networks.set(place.name, network);
    return network;
  }
}

const today = (): string => process.env["KASBAH_AS_OF"] ?? new Date().toISOString().slice(0, 10);

/** @throws {pulumi.RunError} when the law or the clouds say no */
const buildable = (design: Design): Design => {
  if (design.problems.length > 0) throw badDeclaration(design.problems.map(formatProblem));
  if (design.plan.refusals.length > 0) throw refusedByLaw(design.plan.refusals);
  return design;
};

const present = <T>(layer: T | undefined): T => {
  if (layer === undefined) throw new Error("a layer is missing that the design has checked");
  return layer;
};
