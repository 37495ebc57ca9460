import type { Obstacle, PlannedResource, Preflight, Target } from "@kasbah/core";
import type { OpenStackClient } from "../client.ts";
import { type Flavor, readFlavors } from "../cloud/compute.ts";
import { devicesOf } from "../cloud/devices.ts";
import { roomFor } from "../cloud/placement.ts";
import { type Quota, readQuotas, unsaid } from "../cloud/quotas.ts";
import { clientOf } from "../connect.ts";
import { OpenStackError, type OpenStackErrorKind } from "../errors.ts";
import { nameObstacles, serviceObstacles } from "./names.ts";
import { flavorOf, type Needs, needKey, needsOf } from "./needs.ts";

/** What would stop this plan, all of it at once. Makes nothing. */
export const preflight = async (target: Target, plan: readonly PlannedResource[]): Promise<Preflight> => {
  let client: OpenStackClient;
  try {
    client = await clientOf(target);
    (await client.catalogue()).checkRegion();
  } catch (error) {
    return { obstacles: [refusal(error)], unchecked: [] };
  }
  const services = await serviceObstacles(client, plan);
  if (services.length > 0) return { obstacles: services, unchecked: [] };
  const parts = await Promise.all([
    checkNames(client, target, plan),
    checkQuotas(client, plan),
    checkRoom(client, plan),
  ]);
  return {
    obstacles: parts.flatMap(({ obstacles }) => obstacles),
    unchecked: [...new Set(parts.flatMap(({ unchecked }) => unchecked))],
  };
};

/** Whose fault it is that there is no login: everything that is written down somewhere is the caller's. */
const FAULT: Readonly<Record<OpenStackErrorKind, Obstacle["fault"]>> = {
  settings: "settings",
  untrusted: "settings",
  "not-identity": "settings",
  credentials: "settings",
  project: "settings",
  region: "settings",
  service: "settings",
  unreachable: "cloud",
  answer: "cloud",
};

const refusal = (error: unknown): Obstacle => {
  if (!(error instanceof OpenStackError)) throw error;
  const { kind, said, mend } = error;
  return { fault: FAULT[kind], says: said, mend: mend ?? "Ask the operator of the cloud." };
};

const checkNames = (client: OpenStackClient, target: Target, plan: readonly PlannedResource[]) =>
  orUnchecked("names of flavors, images, zones and networks", async () => ({
    obstacles: await nameObstacles({
      client,
      plan,
      settings: target.settings ?? {},
      flavors: await flavorsFor(client, plan),
    }),
    unchecked: [],
  }));

const checkQuotas = (client: OpenStackClient, plan: readonly PlannedResource[]) =>
  orUnchecked("quotas", async () => {
    const needs = needsOf(plan, await flavorsFor(client, plan));
    if (needs.size === 0) return { obstacles: [], unchecked: [] };
    const { quotas, unchecked } = await readQuotas(client);
    return { obstacles: [...tooMuch(needs, quotas), ...tooLarge(plan, quotas)], unchecked };
  });

const flavorsFor = (client: OpenStackClient, plan: readonly PlannedResource[]): Promise<readonly Flavor[]> =>
  plan.some(({ type }) => type === INSTANCE) ? readFlavors(client) : Promise.resolve([]);

const INSTANCE = "openstack:compute/instance:Instance";

const tooMuch = (needs: Needs, quotas: readonly Quota[]): readonly Obstacle[] =>
  quotas.flatMap(({ service, name, limit, used = 0 }): readonly Obstacle[] => {
    const need = needs.get(needKey(service, name)) ?? 0;
    if (limit < 0 || need <= 0 || used + need <= limit) return [];
    const says = `the quota ${name} of ${service} leaves ${Math.max(0, limit - used)} of ${limit}, and ${need} more are needed`;
    const mend = `Ask the operator for at least ${used + need}, or declare less.`;
    return [{ fault: "cloud", says, mend }];
  });

/** A limit for each volume by itself. */
const tooLarge = (plan: readonly PlannedResource[], quotas: readonly Quota[]): readonly Obstacle[] => {
  const limit = quotas.find(({ name }) => name === "per_volume_gigabytes")?.limit ?? -1;
  const volumes = plan.filter(({ type }) => type === "openstack:blockstorage/volume:Volume");
  if (limit < 0) return [];
  return volumes
    .filter(({ inputs }) => Number(inputs["size"] ?? 0) > limit)
    .map(({ name, inputs }) => ({
      fault: "cloud",
      says: `a volume may have ${limit} GiB at most, and ${name} is declared with ${inputs["size"]}`,
      mend: "Ask the operator to raise per_volume_gigabytes, or declare less.",
    }));
};

/** Whether today's hosts have room for the new servers, as far as anybody is told. */
const checkRoom = (client: OpenStackClient, plan: readonly PlannedResource[]) =>
  orUnchecked("room on the hosts", async () => {
    const flavors = await flavorsFor(client, plan);
    const fresh = plan.filter(({ type, before }) => type === INSTANCE && before === undefined);
    const wanted = Map.groupBy(fresh, ({ inputs }) => flavorOf(inputs, flavors));
    const parts: Preflight[] = [];
    for (const [flavor, servers] of wanted) {
      if (flavor !== undefined) parts.push(await roomOf(client, flavor, servers.length));
    }
    return {
      obstacles: parts.flatMap(({ obstacles }) => obstacles),
      unchecked: parts.flatMap(({ unchecked }) => unchecked),
    };
  });

const roomOf = async (client: OpenStackClient, flavor: Flavor, count: number): Promise<Preflight> => {
  const unchecked = devicesOf(flavor)
    .filter(({ kind }) => kind === "alias")
    .map(
      ({ name }) =>
        `free devices ${name} for flavor ${flavor.name}: nova tells nobody before a server is made (kasbah verify tells after)`,
    );
  const room = await roomFor(client, flavor);
  if (room === undefined) {
    const why = `room on the hosts for flavor ${flavor.name}: this user may not ask placement`;
    return { obstacles: [], unchecked: [why, ...unchecked] };
  }
  if (room >= count) return { obstacles: [], unchecked };
  const says = `the hosts have room for ${room} more servers of flavor ${flavor.name} today, and ${count} are needed`;
  const mend = "Wait, choose a smaller size, or ask the operator for hosts.";
  return { obstacles: [{ fault: "cloud", says, mend }], unchecked };
};

/** What cannot be asked is said, and stops nothing. */
const orUnchecked = async (what: string, check: () => Promise<Preflight>): Promise<Preflight> => {
  try {
    return await check();
  } catch (error) {
    return { obstacles: [], unchecked: [`${what}: ${unsaid(error)}`] };
  }
};
