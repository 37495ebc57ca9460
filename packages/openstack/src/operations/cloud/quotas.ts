import type { OpenStackClient, Service } from "../client.ts";
import { OpenStackError } from "../errors.ts";

/** What a project may have at most of something, by the service's own word. */
export interface Quota {
  readonly service: Service;
  readonly name: string;
  /** -1: none. */
  readonly limit: number;
  /** Absent where the service does not say. */
  readonly used?: number;
}

export interface Quotas {
  readonly quotas: readonly Quota[];
  /** Services that did not say, and why. */
  readonly unchecked: readonly string[];
}

/** The quotas of our project, of every service that it has. */
export const readQuotas = async (client: OpenStackClient): Promise<Quotas> => {
  const readers: readonly [Service, () => Promise<readonly Quota[]>][] = [
    ["compute", () => computeQuotas(client)],
    ["block-storage", () => volumeQuotas(client)],
    ["network", () => networkQuotas(client)],
    ["load-balancer", () => balancerQuotas(client)],
    ["key-manager", () => keyQuotas(client)],
  ];
  const answers = await Promise.all(
    readers.map(async ([service, read]) => {
      if (!(await client.has(service))) return { quotas: [], unchecked: [] };
      return read().then(
        (quotas) => ({ quotas, unchecked: [] }),
        (error: unknown) => ({ quotas: [], unchecked: [`quotas of ${unsaid(error)}`] }),
      );
    }),
  );
  return { quotas: answers.flatMap(({ quotas }) => quotas), unchecked: answers.flatMap(({ unchecked }) => unchecked) };
};

/** @throws what is not an answer of the cloud */
export const unsaid = (error: unknown): string => {
  if (error instanceof OpenStackError) return error.message;
  throw error;
};

type Numbers = Readonly<Record<string, number>>;

/** Nova's words for the limit and for what is used. */
const COMPUTE: readonly [name: string, limit: string, used?: string][] = [
  ["instances", "maxTotalInstances", "totalInstancesUsed"],
  ["cores", "maxTotalCores", "totalCoresUsed"],
  ["ram", "maxTotalRAMSize", "totalRAMUsed"],
  ["server_groups", "maxServerGroups", "totalServerGroupsUsed"],
  ["server_group_members", "maxServerGroupMembers"],
];

const computeQuotas = async (client: OpenStackClient): Promise<readonly Quota[]> => {
  const { limits } = await client.get<{ limits: { absolute: Numbers } }>("compute", "/limits");
  return COMPUTE.flatMap(([name, limit, used]) =>
    quota("compute", name, limits.absolute[limit], used === undefined ? undefined : limits.absolute[used]),
  );
};

interface Usage {
  readonly limit: number;
  readonly in_use?: number;
  readonly used?: number;
  readonly reserved?: number;
}

const usageOf = ({ in_use, used, reserved = 0 }: Usage): number => (in_use ?? used ?? 0) + reserved;

const volumeQuotas = async (client: OpenStackClient): Promise<readonly Quota[]> => {
  const { projectId } = await client.session();
  const path = `/os-quota-sets/${projectId}?usage=true`;
  const { quota_set } = await client.get<{ quota_set: Record<string, Usage | string> }>("block-storage", path);
  return Object.entries(quota_set).flatMap(([name, usage]) => {
    if (typeof usage === "string") return [];
    // of one volume at most: nothing uses it up
    return quota("block-storage", name, usage.limit, name === "per_volume_gigabytes" ? undefined : usageOf(usage));
  });
};

const networkQuotas = async (client: OpenStackClient): Promise<readonly Quota[]> => {
  const { projectId } = await client.session();
  const path = `/quotas/${projectId}/details.json`;
  const answer = await client.get<{ quota: Record<string, Usage> }>("network", path);
  return Object.entries(answer.quota).flatMap(([name, usage]) => quota("network", name, usage.limit, usageOf(usage)));
};

/** Octavia's words, and where what is used can be counted. */
const BALANCER: Readonly<Record<string, readonly [path: string, key: string]>> = {
  load_balancer: ["loadbalancers", "loadbalancers"],
  listener: ["listeners", "listeners"],
  pool: ["pools", "pools"],
  health_monitor: ["healthmonitors", "healthmonitors"],
  member: ["", ""],
};

const balancerQuotas = async (client: OpenStackClient): Promise<readonly Quota[]> => {
  const { projectId } = await client.session();
  const answer = await client.get<{ quota: Numbers }>("load-balancer", `/lbaas/quotas/${projectId}`);
  const found = Object.entries(BALANCER).map(async ([name, [path, key]]) => {
    const limit = answer.quota[name];
    if (limit === undefined || limit < 0 || path === "") return quota("load-balancer", name, limit);
    const used = await client.list("load-balancer", `/lbaas/${path}?project_id=${projectId}&fields=id`, key);
    return quota("load-balancer", name, limit, used.length);
  });
  return (await Promise.all(found)).flat();
};

const keyQuotas = async (client: OpenStackClient): Promise<readonly Quota[]> => {
  const { quotas } = await client.get<{ quotas: Numbers }>("key-manager", "/quotas");
  const found = ["secrets", "orders"].map(async (name) => {
    const limit = quotas[name];
    if (limit === undefined || limit < 0) return quota("key-manager", name, limit);
    const { total } = await client.get<{ total: number }>("key-manager", `/${name}?limit=1`);
    return quota("key-manager", name, limit, total);
  });
  return (await Promise.all(found)).flat();
};

const quota = (service: Service, name: string, limit: number | undefined, used?: number): readonly Quota[] =>
  limit === undefined ? [] : [{ service, name, limit, ...(used === undefined ? {} : { used }) }];
