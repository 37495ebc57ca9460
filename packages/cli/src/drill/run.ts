import {
  type Declaration,
  type DrillFacts,
  type DrillFindings,
  type DrillRecord,
  drillRecordOf,
  type Operations,
  type Restored,
  type RestoreStage,
} from "@kasbah/core";
import { EXIT, UserError } from "../error.ts";
import type { DrillScene } from "./scene.ts";

export interface DrillWish {
  readonly declaration: Declaration;
  readonly stack: string;
  readonly workload: string;
  /** Eight hex. */
  readonly id: string;
  /** Who runs it. */
  readonly by: string;
  readonly targetTime: Date | undefined;
  /** Ends it. */
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** Told at each stage. */
  readonly say: (stage: RestoreStage) => void;
}

/**
 * Restores into a throwaway copy, and says in a record what came of it. The recovery time runs from here to the moment
 * at which we see that the copy has answered.
 * @throws {UserError} exit 4 when the cloud's operations cannot restore, or nothing was begun
 */
export const runDrill = async (operations: Operations, scene: DrillScene, wish: DrillWish): Promise<DrillRecord> => {
  if (operations.restore === undefined)
    throw new UserError(EXIT.engineOrCloud, `Nothing can be restored in ${scene.cloud}: it has no such operation yet.`);
  const { workload, id, targetTime, signal, now } = wish;
  const times: { readonly name: RestoreStage; readonly at: Date }[] = [];
  const stage = (name: RestoreStage): void => {
    times.push({ name, at: now() });
    wish.say(name);
  };
  const startedAt = now();
  const restored = await operations.restore({
    workload,
    resources: scene.resources,
    id,
    ...(targetTime === undefined ? {} : { targetTime }),
    now: startedAt,
    signal,
    stage,
  });
  const answered = times.find(({ name }) => name === "answered")?.at;
  return drillRecordOf(factsOf(scene, wish, restored, { startedAt, endedAt: now(), answered, times }));
};

interface Times {
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly answered: Date | undefined;
  readonly times: readonly { readonly name: RestoreStage; readonly at: Date }[];
}

const factsOf = (scene: DrillScene, wish: DrillWish, restored: Restored, times: Times): DrillFacts => {
  const { declaration, stack, workload, id, by, targetTime } = wish;
  const { findings } = restored;
  const failurePoint = targetTime?.toISOString() ?? findings?.newest.asked;
  return {
    format: 1,
    id,
    platform: declaration.platform,
    env: declaration.env,
    stack,
    owner: declaration.owner.id,
    workload,
    datasets: [...scene.datasets],
    place: { name: scene.place, cloud: scene.cloud, region: scene.region },
    by,
    startedAt: times.startedAt.toISOString(),
    endedAt: times.endedAt.toISOString(),
    ...(failurePoint === undefined ? {} : { failurePoint }),
    ...(targetTime === undefined ? {} : { targetTime: targetTime.toISOString() }),
    ...sourceOf(restored),
    objectives: { ...scene.objectives },
    measured: measuredOf(findings, failurePoint, times),
    checks: findings?.checks ?? [],
    versions: findings?.versions ?? {},
    ...(restored.problem === undefined ? {} : { problem: restored.problem }),
    left: [...restored.left],
  };
};

const sourceOf = ({ cluster, vault, findings }: Restored): Pick<DrillFacts, "source"> => {
  if (findings === undefined) return {};
  const { label, type, at } = findings.backup;
  const more = { ...(at === null ? {} : { backupAt: at }), ...(type === null ? {} : { type }) };
  return { source: { cluster, vault, backup: label, ...more } };
};

const measuredOf = (
  findings: DrillFindings | undefined,
  failurePoint: string | undefined,
  { startedAt, endedAt, answered, times }: Times,
): DrillFacts["measured"] => ({
  ...lossOf(findings, failurePoint),
  ...(answered === undefined ? {} : { rtoSeconds: secondsBetween(startedAt, answered) }),
  ...(findings === undefined ? {} : { bytes: findings.bytes }),
  stages: times.map(({ name, at }, index) => ({ name, seconds: secondsBetween(at, times[index + 1]?.at ?? endedAt) })),
});

/** What came back newest, against the moment up to which something should have come back. */
const lossOf = (
  findings: DrillFindings | undefined,
  failurePoint: string | undefined,
): Pick<DrillFacts["measured"], "rpoSeconds" | "rpoBy"> => {
  const newest = findings?.newest.heartbeat ?? findings?.newest.commit;
  if (newest === undefined || newest === null || failurePoint === undefined) return {};
  const by = findings?.newest.heartbeat === null ? "last-commit" : "heartbeat";
  return { rpoSeconds: Math.max(0, secondsBetween(new Date(newest), new Date(failurePoint))), rpoBy: by };
};

const secondsBetween = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / 1000;
