import type { Finding, KnownResource } from "@kasbah/core";
import { broken, type Checked, gone, impaired, ofType, read, replaceIt } from "./finding.ts";

interface Node {
  readonly id: string;
  readonly name?: string;
  readonly provisioning_status: string;
  readonly operating_status: string;
}

interface Pool extends Node {
  readonly members?: readonly (Node & { readonly address?: string })[];
  readonly health_monitor?: Node;
}

interface Tree extends Node {
  readonly listeners?: readonly (Node & { readonly pools?: readonly Pool[] })[];
  readonly pools?: readonly Pool[];
}

/** Everything below each load balancer, also what no state knows: a member in ERROR is not kept in it. */
export const balancerFindings = async (checked: Checked): Promise<readonly Finding[]> => {
  const { client, resources } = checked;
  const known = new Map(resources.map((resource) => [resource.id, resource]));
  const found = ofType(checked, "openstack:loadbalancer/loadBalancer:LoadBalancer").map(async (resource) => {
    const path = `/lbaas/loadbalancers/${resource.id}/status`;
    const statuses = await read<{ loadbalancer: Tree }>(client, "load-balancer", path, "statuses");
    if (statuses === undefined) return [gone(resource)];
    return [...treeFindings(statuses.loadbalancer, resource, known)];
  });
  return (await Promise.all(found)).flat();
};

function* treeFindings(
  tree: Tree,
  balancer: KnownResource,
  known: ReadonlyMap<string, KnownResource>,
): Generator<Finding> {
  yield* inError(tree, "load balancer", balancer, known);
  for (const listener of tree.listeners ?? []) yield* inError(listener, "listener", balancer, known);
  for (const pool of poolsOf(tree)) {
    yield* inError(pool, "pool", balancer, known);
    for (const member of pool.members ?? []) yield* inError(member, "member", balancer, known, pool.id);
    yield* unserved(pool, known.get(pool.id) ?? balancer);
  }
}

const poolsOf = ({ pools = [], listeners = [] }: Tree): readonly Pool[] => [
  ...new Map(
    [...pools, ...listeners.flatMap((listener) => listener.pools ?? [])].map((pool) => [pool.id, pool]),
  ).values(),
];

/** What octavia could not bring about. */
function* inError(
  { id, name, provisioning_status: status }: Node,
  what: string,
  balancer: KnownResource,
  known: ReadonlyMap<string, KnownResource>,
  pool?: string,
): Generator<Finding> {
  if (status !== "ERROR") return;
  const own = known.get(id);
  const stray = `No state knows it, and the next up would fail at it: openstack loadbalancer ${pool === undefined ? what : `member delete ${pool}`} ${id}`;
  yield broken(own ?? balancer, {
    path: "provisioning_status",
    wanted: "ACTIVE",
    found: `ERROR (${what} ${name || id}); octavia gives no reason, its operator's log has it`,
    mend: own === undefined ? stray : replaceIt(own),
  });
}

const SERVES = ["ONLINE", "NO_MONITOR", "DEGRADED", "DRAINING"];

/** Members that fail their health check are no fault by themselves: of a database only the leader passes. None at all is. */
function* unserved(pool: Pool, resource: KnownResource): Generator<Finding> {
  const members = (pool.members ?? []).filter((member) => member.provisioning_status === "ACTIVE");
  if (members.length === 0 || members.some((member) => SERVES.includes(member.operating_status))) return;
  const found = members.map((member) => `${member.name || member.address || member.id} ${member.operating_status}`);
  const mend = "Look at the servers behind it: none passes the health check.";
  yield impaired(resource, { path: "members", wanted: "one that serves", found: found.join(", "), mend });
}
