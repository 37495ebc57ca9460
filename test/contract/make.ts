import type { ComponentResourceOptions } from "@pulumi/pulumi";
import type { NetworkOutputs } from "../../packages/component/src/index.ts";
import { type CloudId, DEFAULT_RECOVERY } from "../../packages/core/src/index.ts";
import { COMPONENT, type LayerId, layerArgs, SUBJECTS, type Subject } from "./scene.ts";

export type Args = ReturnType<typeof layerArgs>;

/** Makes a layer as the platform does: through the cloud's record. A Postgres gets the network of its cloud. */
export const make = (
  { cloud, vaults }: Subject,
  layer: LayerId,
  args: Args,
  opts: ComponentResourceOptions,
  network?: NetworkOutputs,
): NetworkOutputs | undefined => {
  const name = COMPONENT[layer];
  if (layer === "network") return cloud.layers.network?.create(name, args, opts);
  if (layer === "object-storage") cloud.layers["object-storage"]?.create(name, args, opts);
  else if (network === undefined) throw new Error("a Postgres without a network");
  else cloud.layers.postgres?.create(name, { ...args, network, vaults, recovery: DEFAULT_RECOVERY.restricted }, opts);
  return undefined;
};

export interface Pair {
  readonly layer: LayerId;
  readonly cloud: CloudId;
}

/** A program for the real engine: these layers in this order, a provider for each cloud. */
export const makeAll = (pairs: readonly Pair[]): void => {
  const providers = new Map<CloudId, ComponentResourceOptions>();
  const networks = new Map<CloudId, NetworkOutputs>();
  for (const { layer, cloud } of pairs) {
    const subject = SUBJECTS[cloud];
    if (subject === undefined) throw new Error(`${cloud} is not under contract: add it to scene.ts`);
    const opts = providers.get(cloud) ?? { provider: subject.cloud.provider(cloud, subject.place, {}) };
    providers.set(cloud, opts);
    const network = make(subject, layer, layerArgs(layer, subject, "production"), opts, networks.get(cloud));
    if (network !== undefined) networks.set(cloud, network);
  }
};
