import {
  formatProblem,
  type OpenstackSettings,
  parseDrillFindings,
  type Restored,
  type RestoreQuery,
  type Target,
} from "@kasbah/core";
import { Copy } from "../drill/copy.ts";
import { OBJECTS } from "../drill/names.ts";
import { type Original, originalOf } from "../drill/original.ts";
import { running, sweep } from "../drill/sweep.ts";
import { until } from "../drill/wait.ts";
import type { OpenStackClient } from "./client.ts";
import { OpenStackError } from "./errors.ts";

/** Taking away has a time of its own, also after the one for the drill is over. */
const REMOVAL_MS = 10 * 60_000;
const ALIVE_MS = 30_000;

/**
 * A copy of a cluster: one server in the same network, restored from its vault. What it is made of is found by name
 * alone, so what a killed run has left goes with the next.
 */
export const restore = async (client: OpenStackClient, target: Target, query: RestoreQuery): Promise<Restored> => {
  const original = found(query);
  const { cluster, backup } = original.settings;
  const [store] = backup.vaults;
  query.stage("clearing");
  await clear(client, cluster, query.signal);
  query.stage("making");
  const made = { original, id: query.id, site: siteOf(target), targetTime: query.targetTime, now: query.now };
  const copy = new Copy(client, { ...made, signal: query.signal });
  const seen = await attempt(copy, query);
  query.stage("removing");
  const left = await sweep(client, cluster, AbortSignal.timeout(REMOVAL_MS)).catch((error) => [reasonOf(error)]);
  return { cluster, vault: `${store?.bucket} (${store?.region})`, left, ...seen };
};

/** @throws {Error} when a drill of this cluster is running */
export const clearRestores = async (
  client: OpenStackClient,
  query: Pick<RestoreQuery, "workload" | "resources" | "signal">,
): Promise<readonly string[]> => clear(client, found(query).settings.cluster, query.signal);

const clear = async (client: OpenStackClient, cluster: string, signal: AbortSignal): Promise<readonly string[]> => {
  const [other] = await running(client, cluster);
  if (other !== undefined)
    throw new Error(`A drill of ${cluster} is running (${other}), or was killed less than two minutes ago.`);
  return await sweep(client, cluster, signal);
};

type Seen = Pick<Restored, "findings" | "problem">;

/** From the first thing that is made to what the copy says at the end. */
const attempt = async (copy: Copy, query: RestoreQuery): Promise<Seen> => {
  const patience = { signal: query.signal };
  let pulse: NodeJS.Timeout | undefined;
  try {
    await copy.container();
    pulse = setInterval(() => void copy.alive().catch(() => undefined), ALIVE_MS); // the next one says it again
    await copy.start();
    query.stage("restoring");
    await until(() => copy.said(OBJECTS.answered), patience);
    query.stage("answered");
    const findings = parseDrillFindings(await until(() => copy.said(OBJECTS.findings), patience));
    if (findings.ok) return { findings: findings.value };
    return { problem: findings.problems.map(formatProblem).join("; ") };
  } catch (error) {
    const why = query.signal.aborted ? await copy.trouble().catch(() => undefined) : undefined;
    return { problem: why === undefined ? reasonOf(error) : `${reasonOf(error)}; the copy says: ${why}` };
  } finally {
    clearInterval(pulse);
  }
};

const found = (query: Pick<RestoreQuery, "workload" | "resources">): Original => {
  const original = originalOf(query.resources, query.workload);
  if (original.ok) return original.value;
  throw new Error(original.problems.map(formatProblem).join("\n"));
};

const siteOf = ({ settings }: Target): OpenstackSettings => {
  if (settings !== undefined && "flavors" in settings) return settings as unknown as OpenstackSettings;
  throw new Error("the state's provider is not that of a declared place");
};

const reasonOf = (error: unknown): string =>
  error instanceof OpenStackError ? error.said : error instanceof Error ? error.message : String(error);
