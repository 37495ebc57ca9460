import type { BackupOutputs, Cloud, IamOutputs, NetworkOutputs } from "@kasbah/component";
import { type Declaration, type DeclaredPlace, defined, formatProblem } from "@kasbah/core";
import * as pulumi from "@pulumi/pulumi";
import { type Design, designOf } from "./design.ts";
import { badDeclaration, refusedByLaw } from "./load.ts";
import type { Clouds, Placed } from "./placed.ts";
import { type Ground, groundOf } from "./places.ts";
import { signingKey } from "./signing-key.ts";

/** What a workload gives to those who use it. */
export interface Endpoint {
  readonly layer: string;
  readonly place: string;
  readonly at: string;
  readonly address: pulumi.Output<string>;
  /** Who logs in, for what says so: it changes when its password is rotated. */
  readonly user?: pulumi.Output<string>;
  /** Where the password is kept, for what has one. A reference, never the password. */
  readonly passwordRef?: pulumi.Output<string>;
  /** Where the keys of each `access` of an object storage are kept. */
  readonly keysRefs?: Readonly<Record<string, pulumi.Output<string>>>;
  /** Where the key is kept with which whoever writes encrypts. */
  readonly keyRef?: pulumi.Output<string>;
}

export interface PlatformOptions extends pulumi.ComponentResourceOptions {
  /** The day for which the law is asked, `YYYY-MM-DD`. @default - KASBAH_AS_OF, else today */
  readonly asOf?: string;
}

/** Layers wired together over the places that the law permits. */
export class Platform extends pulumi.ComponentResource {
  /** How each workload is reached. */
  readonly endpoints: Readonly<Record<string, Endpoint>>;
  /** Who may do what, by place. */
  readonly access: Readonly<Record<string, IamOutputs>>;
  readonly #providers = new Map<string, pulumi.ProviderResource>();
  readonly #networks = new Map<string, NetworkOutputs>();
  readonly #grounds: ReadonlyMap<string, Ground>;

  /**
   * @param name logical name: part of the API, a rename replaces everything below it
   * @param clouds the clouds that this program uses; the platform imports none by itself
   * @throws {pulumi.RunError} before anything is made, with every problem or every refusal
   */
  constructor(name: string, declaration: Declaration, clouds: Clouds, { asOf, ...opts }: PlatformOptions = {}) {
    const given = {
      asOf: asOf ?? today(),
      preview: pulumi.runtime.isDryRun(),
      ...defined({ signingKey: signingKey() }),
    };
    const { scope, placed } = buildable(designOf(declaration, clouds, given));
    super("kasbah:platform:Platform", name, {}, opts);
    this.#grounds = groundOf(scope, placed);
    this.access = Object.fromEntries([...this.#grounds.values()].flatMap((ground) => this.#access(ground)));
    const endpoints = placed.map((one) => [one.workload.name, this.#make(one)] as const);
    this.endpoints = Object.fromEntries(endpoints);
    this.registerOutputs({ endpoints: this.endpoints });
  }

  #make(placed: Placed): Endpoint {
    const { workload, place, cloud, args, recovery } = placed;
    const opts = this.#in(place, cloud);
    const vaults = placed.vaults.map((vault) => this.#vault(vault, placed));
    const where = { layer: workload.layer, place: place.name, at: `${place.cloud}/${place.region}` };
    switch (workload.layer) {
      case "object-storage": {
        const copies = vaults.length === 0 ? {} : { vaults, recovery, network: this.#network(place.name) };
        const layer = present(cloud.layers["object-storage"]);
        const made = layer.create(workload.name, { ...args, ...copies }, opts);
        const { bucket: address, keysRefs, keyRef } = made;
        return { ...where, address, ...defined({ keysRefs, keyRef }) };
      }
      case "postgres": {
        const network = this.#network(place.name);
        const layer = present(cloud.layers.postgres);
        const made = layer.create(workload.name, { ...args, network, vaults, recovery }, opts);
        const { host, port, user, passwordRef } = made;
        return { ...where, address: pulumi.interpolate`${host}:${port}`, ...defined({ user }), passwordRef };
      }
    }
  }

  /** A vault is made where it is; its keys are kept where those are who write to it. */
  #vault({ name, place, args }: Placed["vaults"][number], { place: writer, cloud }: Placed): BackupOutputs {
    const keyStore = place.name === writer.name ? undefined : this.#provider(writer, cloud);
    return present(cloud.layers.backup).create(name, { ...args, keyStore }, this.#in(place, cloud));
  }

  #access({ place, cloud, iam }: Ground): readonly (readonly [string, IamOutputs])[] {
    if (iam === undefined) return [];
    return [[place.name, present(cloud.layers.iam).create(`${place.name}-iam`, iam, this.#in(place, cloud))]];
  }

  #in(place: DeclaredPlace, cloud: Cloud): pulumi.ComponentResourceOptions {
    return { parent: this, provider: this.#provider(place, cloud) };
  }

  #provider(place: DeclaredPlace, cloud: Cloud): pulumi.ProviderResource {
    const known = this.#providers.get(place.name);
    if (known !== undefined) return known;
    const provider = cloud.provider(place.name, place, { parent: this });
    this.#providers.set(place.name, provider);
    return provider;
  }

  /** One network for each place, named after it: it belongs to the place, not to a workload. */
  #network(name: string): NetworkOutputs {
    const known = this.#networks.get(name);
    if (known !== undefined) return known;
    const { place, cloud, network: args } = present(this.#grounds.get(name));
    const layer = present(cloud.layers.network);
    const network = layer.create(`${name}-network`, present(args), this.#in(place, cloud));
    this.#networks.set(name, network);
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
