import { type Declaration, type Finding, physicalName, type Recovery, recoveryOf } from "@kasbah/core";
import type { ExportedStack } from "../recover/deployment.ts";
import { cloudOf, loadOperations, refusedByCloud } from "./load.ts";
import { knownByProvider } from "./state.ts";
import { nameIn, type Scene, targetOf } from "./target.ts";

export interface Verified {
  readonly findings: readonly Finding[];
  /** Resources that were looked at. */
  readonly looked: number;
  /** Clouds that nothing was asked of. */
  readonly unchecked: readonly string[];
}

export interface VerifiedStack extends Scene {
  readonly project: string;
  readonly stack: string;
}

/** Asks every cloud of a state what it reports as broken. */
export const verifyState = async (exported: ExportedStack, scene: VerifiedStack): Promise<Verified> => {
  const { resources = [] } = exported.deployment;
  const known = [...knownByProvider(exported)].flatMap(([urn, made]) => {
    const cloud = cloudOf(made[0]?.type ?? "");
    return cloud === undefined ? [] : [{ urn, made, cloud }];
  });
  const recovery = scene.declaration === undefined ? {} : recoveries(scene.declaration, scene);
  const parts = await Promise.all(
    known.map(async ({ urn, made, cloud }): Promise<Verified> => {
      const inputs = resources.find((resource) => resource.urn === urn)?.inputs;
      const target = targetOf(cloud, nameIn(urn), inputs, scene);
      const operations = await (await loadOperations(cloud, scene.folder))?.connect(target).catch(refusedByCloud);
      if (operations?.verify === undefined) return { findings: [], looked: 0, unchecked: [cloud] };
      const query = { resources: made, recovery, now: new Date() };
      const findings = await operations.verify(query).catch(refusedByCloud);
      return { findings, looked: made.length, unchecked: [] };
    }),
  );
  return {
    findings: parts.flatMap(({ findings }) => findings).sort((a, b) => rankOf(a) - rankOf(b)),
    looked: parts.reduce((sum, { looked }) => sum + looked, 0),
    unchecked: [...new Set(parts.flatMap(({ unchecked }) => unchecked))],
  };
};

const RANKS: readonly Finding["severity"][] = ["critical", "high", "medium", "low"];
const rankOf = ({ severity }: Finding): number => RANKS.indexOf(severity);

/** Whether something does not do its work, rather than being about to. */
export const isFault = ({ severity }: Finding): boolean => severity === "critical" || severity === "high";

/** What may be lost of each workload, by the name that its servers bear. */
const recoveries = (
  { platform, env, owner, workloads, datasets }: Declaration,
  { project, stack }: { readonly project: string; readonly stack: string },
): Readonly<Record<string, Recovery>> => {
  const scope = { platform, env, owner: owner.id, project, stack };
  return Object.fromEntries(
    Object.values(workloads).map((workload) => {
      const name = physicalName("openstack:compute/instance:Instance", scope, workload.name, "") ?? workload.name;
      return [name, recoveryOf(workload.datasets.flatMap((dataset) => datasets[dataset] ?? []))];
    }),
  );
};
