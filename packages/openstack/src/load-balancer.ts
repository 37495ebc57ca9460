import { Component, type LayerArgs, type Override } from "@kasbah/component";
import type { Place } from "@kasbah/core";
import { Listener } from "@pulumi/openstack/loadbalancer/listener.js";
import {
  LoadBalancer as CloudBalancer,
  type LoadBalancerArgs as CloudBalancerArgs,
} from "@pulumi/openstack/loadbalancer/loadBalancer.js";
import { Member } from "@pulumi/openstack/loadbalancer/member.js";
import { Monitor, type MonitorArgs } from "@pulumi/openstack/loadbalancer/monitor.js";
import { Pool } from "@pulumi/openstack/loadbalancer/pool.js";
import { SecGroup } from "@pulumi/openstack/networking/secGroup.js";
import { SecGroupRule } from "@pulumi/openstack/networking/secGroupRule.js";
import type * as pulumi from "@pulumi/pulumi";
import { lacks } from "./capabilities.ts";
import { closed } from "./network.ts";
import { type Door, egressTo, ingressFrom } from "./rules.ts";

/** One port that is spread over the members, connection by connection: TLS ends in the member. */
export interface BalancedPort {
  readonly name: string;
  readonly port: number;
  /**
   * How a member shows that it wants connections. `TCP`: its `port` accepts one. `HTTP`: `path` answers 200.
   * @default - TCP on the balanced port itself
   */
  readonly monitor?: { readonly type: "TCP" | "HTTP"; readonly port?: number; readonly path?: string };
}

export interface LoadBalancerArgs extends LayerArgs {
  readonly place: Place;
  readonly network: { readonly cidr: string; readonly subnetId: pulumi.Input<string> };
  readonly ports: readonly BalancedPort[];
  readonly members: readonly { readonly name: string; readonly address: pulumi.Input<string> }[];
  /** Changes to the resources that this component makes. */
  readonly overrides?: { readonly balancer?: Override<CloudBalancerArgs> };
}

/**
 * One address inside a network for several servers (Octavia). It has no floating address, and takes connections of its
 * own network only. Refused where the place does not declare `capabilities.loadBalancer`.
 */
export class LoadBalancer extends Component {
  /** The address that clients use. */
  readonly address: pulumi.Output<string>;

  constructor(name: string, args: LoadBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("openstack:LoadBalancer", name, args, opts);
    const { network, overrides, place, ports } = args;
    this.reject(lacks(place, "network", "loadBalancer"));

    const firewall = this.child(SecGroup, "balancer-group", closed("Load balancer, inside its network only"));
    for (const [role, rule] of doors(ports, network.cidr)) {
      this.child(SecGroupRule, role, { ...rule, securityGroupId: firewall.id });
    }
    const vip = { vipSubnetId: network.subnetId, securityGroupIds: [firewall.id], adminStateUp: true };
    const balancer = this.child(CloudBalancer, "balancer", vip, { override: overrides?.balancer });
    for (const port of ports) this.#balance(port, balancer, args);

    this.address = balancer.vipAddress;
    this.registerOutputs({ address: this.address });
  }

  #balance(
    { name, port, monitor }: BalancedPort,
    balancer: CloudBalancer,
    { network, members }: LoadBalancerArgs,
  ): void {
    const listener = this.child(Listener, `${name}-listener`, {
      loadbalancerId: balancer.id,
      protocol: "TCP",
      protocolPort: port,
      allowedCidrs: [network.cidr],
    });
    const pool = this.child(Pool, `${name}-pool`, {
      listenerId: listener.id,
      protocol: "TCP",
      lbMethod: "LEAST_CONNECTIONS",
    });
    const watch = this.child(Monitor, `${name}-monitor`, monitorArgs(pool, monitor));
    for (const { name: member, address } of members) {
      const settings = { poolId: pool.id, address, protocolPort: port, subnetId: network.subnetId };
      const at = monitor?.port === undefined ? {} : { monitorPort: monitor.port };
      this.child(Member, `${name}-${member}`, { ...settings, ...at }, { dependsOn: [watch] });
    }
  }
}

/** A member is out after ten seconds, and in again after ten. */
const monitorArgs = (pool: Pool, { type, path }: Partial<NonNullable<BalancedPort["monitor"]>> = {}): MonitorArgs => ({
  poolId: pool.id,
  type: type ?? "TCP",
  delay: 5,
  timeout: 4,
  maxRetries: 2,
  maxRetriesDown: 2,
  ...(type === "HTTP" ? { httpMethod: "GET", urlPath: path ?? "/", expectedCodes: "200" } : {}),
});

/** In from the network to the balanced ports, out to the members on these and on what is watched. */
const doors = (ports: readonly BalancedPort[], cidr: string): readonly Door[] => {
  const watched = ports.flatMap(({ monitor }) => monitor?.port ?? []);
  const out = [...new Set([...ports.map(({ port }) => port), ...watched])];
  return [
    ...ports.map(({ name, port }) => ingressFrom(`from-clients-${name}`, cidr, port)),
    ...out.map((port) => egressTo(`to-members-${port}`, cidr, port)),
  ];
};
