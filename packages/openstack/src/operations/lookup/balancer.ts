import type { FoundResource } from "@kasbah/core";
import {
  type Asked,
  byName,
  judged,
  type Listed,
  natural,
  optionalText,
  projectOf,
  query,
  type Row,
  type Rows,
  settled,
  text,
} from "./row.ts";

interface Part extends Listed {
  readonly provisioning_status: string;
  readonly loadbalancers?: readonly Listed[];
  readonly listeners?: readonly Listed[];
  readonly pools?: readonly Listed[];
}

interface Member extends Part {
  readonly address: string;
  readonly protocol_port: number;
  readonly subnet_id: string | null;
}

/** Octavia works on one part after the other and says PENDING_* meanwhile. */
const parts = <T extends Part>(asked: Asked, path: string, key: string, meant: (one: T) => boolean) =>
  settled(
    async () => (await asked.client.list<T>("load-balancer", `/lbaas/${path}`, key)).filter(meant),
    ({ provisioning_status }) => provisioning_status.startsWith("PENDING_"),
  );

const found = (one: Part, by: FoundResource["by"]): FoundResource =>
  judged({ id: one.id, by }, one.provisioning_status === "ERROR" ? "it is in ERROR" : undefined);

const holds = (within: readonly Listed[] | undefined, id: string | undefined): boolean =>
  id === undefined || (within ?? []).some((one) => one.id === id);

const byNameIn =
  (kind: string, within: (one: Part, asked: Asked) => boolean): Row =>
  async (asked) => {
    const name = text(asked, "name");
    const path = `${kind}${query({ name, project_id: await projectOf(asked) })}`;
    const all = await parts<Part>(asked, path, kind, (one) => within(one, asked));
    return byName(all, name).map((one) => found(one, "name"));
  };

/** A member has a name that may be empty; its pool has one member for each address and port. */
const member: Row = async (asked) => {
  const port = text(asked, "protocolPort");
  const address = text(asked, "address");
  const meant = (one: Member) => one.address === address && String(one.protocol_port) === port;
  const all = await parts<Member>(asked, `pools/${text(asked, "poolId")}/members`, "members", meant);
  return all.map((one) => found(one, "natural-key"));
};

/** A pool has one monitor at most. */
const monitor: Row = async (asked) => {
  const pool = text(asked, "poolId");
  const all = await parts<Part>(asked, "healthmonitors", "healthmonitors", (one) => holds(one.pools, pool));
  return all.map((one) => found(one, "natural-key"));
};

export const balancerRows: Rows = {
  "openstack:loadbalancer/loadBalancer:LoadBalancer": byNameIn("loadbalancers", () => true),
  "openstack:loadbalancer/listener:Listener": byNameIn("listeners", (one, asked) =>
    holds(one.loadbalancers, text(asked, "loadbalancerId")),
  ),
  "openstack:loadbalancer/pool:Pool": byNameIn(
    "pools",
    (one, asked) =>
      holds(one.listeners, optionalText(asked, "listenerId")) &&
      holds(one.loadbalancers, optionalText(asked, "loadbalancerId")),
  ),
  "openstack:loadbalancer/member:Member": member,
  "openstack:loadbalancer/members:Members": async (asked) => natural(text(asked, "poolId")),
  "openstack:loadbalancer/monitor:Monitor": monitor,
};
