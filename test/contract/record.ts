import * as pulumi from "@pulumi/pulumi";
import type { NetworkOutputs } from "../../packages/component/src/index.ts";
import { type CloudId, kindOf, type Preset } from "../../packages/core/src/index.ts";
import { answer, computed } from "./answers.ts";
import type { Estate, Row } from "./estate.ts";
import { make } from "./make.ts";
import { type LayerId, layerArgs, PROJECT, STACK, SUBJECTS, type Subject } from "./scene.ts";

/** What the engine was told of a resource, besides what its provider gets. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  readonly protect: boolean;
}

export interface Recording {
  readonly estate: Estate;
  readonly registrations: readonly Registration[];
}

/**
 * One layer of one cloud, made under mocks: every resource with the inputs that its provider would get.
 * @param more arguments beside those that the platform gives
 */
export const record = async (cloud: CloudId, layer: LayerId, preset: Preset, more: object = {}): Promise<Recording> => {
  const subject = SUBJECTS[cloud];
  if (subject === undefined) throw new Error(`${cloud} is not under contract: add it to scene.ts`);
  let network: NetworkOutputs | undefined;
  if (layer === "postgres") {
    const made = await watched(subject, (opts) => {
      network = make(subject, "network", layerArgs("network", subject, preset), opts);
    });
    if (made.estate.length === 0) throw new Error(`${cloud} has a Postgres and no network`);
  }
  const args = { ...layerArgs(layer, subject, preset), ...more };
  return watched(subject, (opts) => make(subject, layer, args, opts, network));
};

process.env["KASBAH_SANDBOX"] ??= "recorded"; // no server runs here that could report

interface Kept extends Row {
  readonly provider: string;
}

/** One engine for the process, since outputs are registered late: what belongs to a recording, its provider tells. */
const kept: Kept[] = [];
let recordings = 0;

/** Keeps what it is given. What has no row in core's kinds throws. */
const newResource = (args: pulumi.runtime.MockResourceArgs): pulumi.runtime.MockResourceResult => {
  const { type, name, inputs, custom = false, provider = "" } = args;
  if (custom && !type.startsWith("pulumi:providers:")) {
    kindOf(type);
    kept.push({ type, name, provider: provider.split("::")[3] ?? "", properties: inputs });
  }
  const id = `${name}-id`;
  return { id, state: { ...computed(args, id) } };
};
await pulumi.runtime.setMocks({ newResource, call: answer }, PROJECT, STACK, false);

/** Makes a component on a provider of its own and waits until everything below it has got there. */
const watched = async (
  { cloud, place }: Subject,
  begin: (opts: pulumi.ComponentResourceOptions) => unknown,
): Promise<Recording> => {
  recordings += 1;
  const providerName = `place-${recordings}`;
  const provider = cloud.provider(providerName, place, {});
  const resources: pulumi.Resource[] = [provider];
  const registrations: Registration[] = [];
  const watch: pulumi.ResourceTransformation = ({ resource, type, name, opts }) => {
    resources.push(resource);
    registrations.push({ type, name, protect: opts.protect === true });
    return undefined;
  };
  begin({ provider, transformations: [watch] });
  await settled(resources);
  const region = await regionOf(provider);
  const rows = kept.filter((row) => row.provider === providerName);
  return { estate: rows.map(({ provider: _provider, ...row }) => ({ ...row, region })), registrations };
};

/** Where the provider works: what it was told, not what was meant. */
const regionOf = async (provider: pulumi.ProviderResource): Promise<string> => {
  const told = ["region", "location"].map((key): unknown => Reflect.get(provider, key)).find(pulumi.Output.isInstance);
  return told === undefined ? "unknown" : `${await promised(told)}`;
};

/** Waits on the URNs. A failure of the provider comes out here. */
const settled = async (resources: readonly pulumi.Resource[]): Promise<void> => {
  await Promise.all(resources.map(({ urn }) => promised(urn)));
};

const promised = (output: pulumi.Output<unknown>): Promise<unknown> =>
  (output as unknown as { promise(): Promise<unknown> }).promise();
