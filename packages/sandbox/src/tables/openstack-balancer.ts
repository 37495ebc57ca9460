import { schema, secGroup, subnet } from "./openstack-common.ts";
import type { Reference, Row } from "./row.ts";

const COMMON = { region: "{region}", tenantId: "{project}" };

const reference = (path: string, name: "LoadBalancer" | "Listener" | "Pool", words: string): Reference => ({
  path,
  to: [{ type: `openstack:loadbalancer/${name.slice(0, 1).toLowerCase()}${name.slice(1)}:${name}`, by: "id" }],
  refusal: `404: ${words} {value} not found.`,
  onDelete: "refuse",
});

const balancerOf = reference("loadbalancerId", "LoadBalancer", "Load Balancer");
const listenerOf = reference("listenerId", "Listener", "Listener");
const poolOf = (onDelete: Reference["onDelete"]): Reference => ({ ...reference("poolId", "Pool", "Pool"), onDelete });

/** Load balancers of OpenStack. */
export const balancer: Readonly<Record<string, Row>> = {
  "openstack:loadbalancer/loadBalancer:LoadBalancer": {
    ...schema("openstack:loadbalancer/loadBalancer:LoadBalancer"),
    id: "{uuid}",
    naming: { property: "name" },
    outputs: {
      ...COMMON,
      loadbalancerProvider: "amphora",
      vipAddress: "{host:vipSubnetId>cidr:any|=10.51.0.30}",
      vipPortId: "{uuid}",
      securityGroupIds: [],
    },
    references: [subnet("vipSubnetId", "refuse"), secGroup("securityGroupIds.*", "refuse")],
    find: { by: "name", properties: ["name"] },
    inUse: "409: Cannot delete Load Balancer {id} - it has children",
  },
  "openstack:loadbalancer/listener:Listener": {
    ...schema("openstack:loadbalancer/listener:Listener"),
    id: "{uuid}",
    naming: { property: "name" },
    outputs: { ...COMMON, connectionLimit: -1 },
    references: [balancerOf],
    unique: [
      {
        by: ["loadbalancerId", "protocolPort", "protocol"],
        scope: "region",
        refusal: "409: Another Listener on this Load Balancer is already using protocol_port {protocolPort}",
      },
    ],
    find: { by: "name", properties: ["name", "loadbalancerId"] },
  },
  "openstack:loadbalancer/pool:Pool": {
    ...schema("openstack:loadbalancer/pool:Pool"),
    id: "{uuid}",
    naming: { property: "name" },
    outputs: COMMON,
    references: [balancerOf, { ...listenerOf, onDelete: "ignore" }], // a pool can do without a listener
    unique: [
      { by: ["listenerId"], scope: "region", refusal: "409: Listener {listenerId} already has a default pool." },
    ],
    find: { by: "name", properties: ["name", "listenerId", "loadbalancerId"] },
  },
  "openstack:loadbalancer/monitor:Monitor": {
    ...schema("openstack:loadbalancer/monitor:Monitor"),
    id: "{uuid}",
    naming: { property: "name" },
    outputs: { ...COMMON, maxRetriesDown: 3 },
    references: [poolOf("cascade")],
    unique: [{ by: ["poolId"], scope: "region", refusal: "409: This pool already has a health monitor" }],
    find: { by: "natural-key", properties: ["poolId"] },
  },
  "openstack:loadbalancer/member:Member": {
    ...schema("openstack:loadbalancer/member:Member"),
    id: "{uuid}",
    naming: { property: "name" },
    outputs: { ...COMMON, weight: 1 },
    references: [poolOf("cascade"), subnet("subnetId", "refuse")],
    unique: [
      {
        by: ["poolId", "address", "protocolPort"],
        scope: "region",
        refusal: "409: Another member on this pool is already using ip {address} on protocol_port {protocolPort}",
      },
    ],
    find: { by: "natural-key", properties: ["poolId", "address", "protocolPort"] },
  },
};
