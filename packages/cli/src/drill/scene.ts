import { type KnownResource, type Recovery, recoveryOf, type Target } from "@kasbah/core";
import { EXIT, UserError } from "../error.ts";
import { cloudOf } from "../operations/load.ts";
import { providerOf } from "../operations/state.ts";
import { nameIn, targetOf } from "../operations/target.ts";
import type { ExportedStack, StateResource } from "../recover/deployment.ts";
import type { PlatformStack } from "../stack.ts";

/** What of a stack is to be restored, and where. */
export interface DrillScene {
  readonly cloud: string;
  /** The place's name. */
  readonly place: string;
  readonly region: string;
  readonly target: Target;
  /** The whole state, components too. */
  readonly resources: readonly KnownResource[];
  readonly datasets: readonly string[];
  readonly objectives: Recovery;
}

/** Layers of which a copy can be restored. */
const LAYERS: readonly string[] = ["postgres"];

/** @throws {UserError} exit 2 when the stack has no such workload, or one of which there is no backup */
export const drillScene = (
  stack: PlatformStack,
  exported: ExportedStack,
  workload: string,
  env: NodeJS.ProcessEnv,
): DrillScene => {
  const { workloads, datasets } = stack.declaration;
  const declared = workloads[workload];
  const able = Object.values(workloads).filter(({ layer }) => LAYERS.includes(layer));
  if (declared === undefined || !LAYERS.includes(declared.layer)) {
    const those = able.map(({ name }) => name).join(", ") || "none";
    throw new UserError(
      EXIT.badInput,
      `--workload ${workload}: expected one with a database, got none. There are: ${those}.`,
    );
  }
  const { resources = [] } = exported.deployment;
  const provider = providerFor(workload, resources);
  if (provider === undefined)
    throw new UserError(EXIT.badInput, `${workload} is not in the state of ${stack.stack}: run \`kasbah up\` first.`);
  const cloud = cloudOf(provider.type) ?? "";
  const place = nameIn(provider.urn);
  const scene = { folder: stack.folder, env, config: stack.config, declaration: stack.declaration };
  return {
    cloud,
    place,
    region: String(provider.inputs?.["region"] ?? ""),
    target: targetOf(cloud, place, provider.inputs, scene),
    resources: resources.filter((resource) => resource.delete !== true).map(asKnown),
    datasets: declared.datasets,
    objectives: recoveryOf(declared.datasets.flatMap((name) => datasets[name] ?? [])),
  };
};

/** That of the first thing below the workload's component. */
const providerFor = (workload: string, resources: readonly StateResource[]): StateResource | undefined => {
  const parents = new Map(resources.map(({ urn, parent }) => [urn, parent]));
  const isBelow = (urn: string | undefined): boolean =>
    urn !== undefined && (isLayer(urn, workload) || isBelow(parents.get(urn)));
  const made = resources.find(({ custom, parent, provider }) => custom && provider !== undefined && isBelow(parent));
  const urn = made === undefined ? undefined : providerOf(made);
  return resources.find((resource) => resource.urn === urn);
};

const isLayer = (urn: string, workload: string): boolean => /:Postgres::/.test(urn) && nameIn(urn) === workload;

const asKnown = ({ urn, type, id = "", parent, inputs = {}, outputs = {} }: StateResource): KnownResource => ({
  urn,
  type,
  id,
  inputs,
  outputs,
  ...(parent === undefined ? {} : { parent }),
});
