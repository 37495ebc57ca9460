import type { Project } from "./project.ts";
import type { Session } from "./session.ts";

type Listed = readonly { readonly name?: string }[];

/** Lists of a project: service, path, key. */
const LISTS: Readonly<Record<string, readonly [service: string, path: string, key: string]>> = {
  networks: ["network", "/v2.0/networks?project_id=PROJECT", "networks"],
  subnets: ["network", "/v2.0/subnets?project_id=PROJECT", "subnets"],
  routers: ["network", "/v2.0/routers?project_id=PROJECT", "routers"],
  ports: ["network", "/v2.0/ports?project_id=PROJECT", "ports"],
  groups: ["network", "/v2.0/security-groups?project_id=PROJECT", "security_groups"],
  addresses: ["network", "/v2.0/floatingips?project_id=PROJECT", "floatingips"],
  servers: ["compute", "/servers", "servers"],
  serverGroups: ["compute", "/os-server-groups", "server_groups"],
  keypairs: ["compute", "/os-keypairs", "keypairs"],
  volumes: ["volumev3", "/volumes", "volumes"],
  containers: ["object-store", "?format=json", ""],
  secrets: ["key-manager", "/v1/secrets?limit=100", "secrets"],
  orders: ["key-manager", "/v1/orders?limit=100", "orders"],
  balancers: ["load-balancer", "/v2/lbaas/loadbalancers?project_id=PROJECT", "loadbalancers"],
  listeners: ["load-balancer", "/v2/lbaas/listeners?project_id=PROJECT", "listeners"],
  pools: ["load-balancer", "/v2/lbaas/pools?project_id=PROJECT", "pools"],
  monitors: ["load-balancer", "/v2/lbaas/healthmonitors?project_id=PROJECT", "healthmonitors"],
};

/** How many of each there are in a project, by its own API. */
export const census = async (
  { session }: Project,
  kinds: readonly string[] = Object.keys(LISTS),
): Promise<Readonly<Record<string, number>>> => {
  const counts: Record<string, number> = {};
  for (const [what, [service, path, key]] of Object.entries(LISTS)) {
    if (!kinds.includes(what)) continue;
    const answer = await session.call<unknown>(service, path.replace("PROJECT", session.projectId));
    const listed: unknown = key === "" ? answer : Reflect.get(Object(answer), key);
    counts[what] = Array.isArray(listed) ? listed.length : 0;
  }
  return counts;
};

/** Names below a prefix in one of the lists that are not a project's: users, projects, flavors. */
export const namesOf = async (
  session: Session,
  [service, path, key]: readonly [service: string, path: string, key: string],
  prefix: string,
): Promise<readonly string[]> => {
  const { [key]: listed = [] } = await session.call<Record<string, Listed>>(service, path);
  return listed.flatMap(({ name }) => (name?.startsWith(prefix) ? [name] : [])).sort();
};
