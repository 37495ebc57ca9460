import { Component, type LayerArgs, type NetworkHolds, type NetworkOutputs, type Override } from "@kasbah/component";
import {
  type Egress,
  type NetworkSpec,
  networkProblems,
  type OpenstackSettings,
  type Place,
  resolveNetwork,
  slug,
} from "@kasbah/core";
import { getNetworkOutput } from "@pulumi/openstack/networking/getNetwork.js";
import { Network as CloudNetwork, type NetworkArgs as CloudNetworkArgs } from "@pulumi/openstack/networking/network.js";
import { Router, type RouterArgs } from "@pulumi/openstack/networking/router.js";
import { RouterInterface } from "@pulumi/openstack/networking/routerInterface.js";
import { SecGroup } from "@pulumi/openstack/networking/secGroup.js";
import { SecGroupRule } from "@pulumi/openstack/networking/secGroupRule.js";
import { Subnet, type SubnetArgs } from "@pulumi/openstack/networking/subnet.js";
import type * as pulumi from "@pulumi/pulumi";
import { networkPlaceProblems } from "./network-problems.ts";
import { type Door, egressTo } from "./rules.ts";
import { serviceCidrs, settingsOf } from "./site.ts";

export interface NetworkArgs extends LayerArgs, NetworkSpec, NetworkHolds {
  readonly place: Place;
  /** Changes to the resources that this component makes. */
  readonly overrides?: {
    readonly network?: Override<CloudNetworkArgs>;
    readonly subnet?: Override<SubnetArgs>;
    readonly router?: Override<RouterArgs>;
  };
}

/**
 * A private network with one subnet: an OpenStack network spans the zones of its region, so `zones` changes nothing.
 * Nothing leads in: no floating address is ever made, and no rule lets in anybody from outside the network.
 *
 * **The ways out have names.** Without an `externalNetwork` there is no gateway and no router, and so none. With one, a
 * router leads to it, and what may pass stands in security groups, which are closed by default: the group `services`
 * lets its members reach the place's own services and resolvers, and each `egress` of the place has a group of its own.
 * A server without any of them reaches its own network at most.
 *
 * A port that somebody makes beside Kasbah has the project's own group `default`, which lets everything out: it is not
 * ours, and none of our ports carries it.
 */
export class Network extends Component implements NetworkOutputs {
  readonly cidr: string;
  readonly networkId: pulumi.Output<string>;
  readonly subnetId: pulumi.Output<string>;
  /** A server that has to reach the place's services joins this group. */
  readonly servicesGroupId: pulumi.Output<string>;
  /** A server that has to leave by a named way joins its group. By name of the `egress`. */
  readonly egressGroupIds: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("openstack:Network", name, args, opts);
    const { overrides, place } = args;
    const spec = resolveNetwork(args, this.preset);
    this.reject([...networkProblems(spec, this.preset), ...networkPlaceProblems(args)]);
    const settings = settingsOf(place);

    const network = this.child(CloudNetwork, "network", NETWORK, { override: overrides?.network, nameRole: "" });
    const within = subnetArgs(spec.cidr, network, settings);
    const subnet = this.child(Subnet, "subnet", within, { override: overrides?.subnet, nameRole: "" });
    this.#wayOut(subnet, settings.externalNetwork, overrides?.router);
    const services = this.#group(
      "services",
      "The place's own services, and nothing else outside",
      servicesOf(settings),
    );
    const ways = settings.egress.map(
      (way) => [way.name, this.#group(`egress-${way.name}`, way.name, doorsOf(way)).id] as const,
    );

    this.cidr = spec.cidr;
    this.networkId = network.id;
    this.subnetId = subnet.id;
    this.servicesGroupId = services.id;
    this.egressGroupIds = Object.fromEntries(ways);
    this.registerOutputs({ cidr: this.cidr, networkId: network.id, subnetId: subnet.id, servicesGroupId: services.id });
  }

  #group(role: string, description: string, doors: readonly Door[]): SecGroup {
    const group = this.child(SecGroup, role, closed(description));
    for (const [door, rule] of doors) this.child(SecGroupRule, door, { ...rule, securityGroupId: group.id });
    return group;
  }

  #wayOut(subnet: Subnet, externalNetwork: string | undefined, override: Override<RouterArgs> | undefined): void {
    if (externalNetwork === undefined) return;
    const outside = getNetworkOutput({ name: externalNetwork, external: true }, { parent: this });
    const router = this.child(Router, "router", { adminStateUp: true, externalNetworkId: outside.id }, { override });
    this.child(RouterInterface, "router-interface", { routerId: router.id, subnetId: subnet.id });
  }
}

const NETWORK: CloudNetworkArgs = { adminStateUp: true, portSecurityEnabled: true, shared: false };

const subnetArgs = (cidr: string, network: CloudNetwork, settings: OpenstackSettings): SubnetArgs => ({
  networkId: network.id,
  cidr,
  ipVersion: 4,
  enableDhcp: true,
  ...(settings.externalNetwork === undefined ? { noGateway: true } : {}),
  ...(settings.dnsServers.length > 0 ? { dnsNameservers: settings.dnsServers } : {}),
});

/** A group without the two rules that let everything out. */
export const closed = (description: string) => ({ description, deleteDefaultRules: true });

/** The role carries the address, so that a range that is taken away takes its own rule along and no other. */
const servicesOf = (settings: OpenstackSettings): readonly Door[] => [
  ...serviceCidrs(settings).map((cidr) => egressTo(`to-${slug(cidr)}`, cidr)),
  ...settings.dnsServers.flatMap((server) =>
    (["udp", "tcp"] as const).map((protocol) =>
      egressTo(`to-${slug(server)}-dns-${protocol}`, `${server}/32`, 53, protocol),
    ),
  ),
];

const doorsOf = ({ name, cidr, ports, protocol }: Egress): readonly Door[] =>
  ports.map((port) => egressTo(`egress-${name}-${slug(cidr)}-${port}-${protocol}`, cidr, port, protocol));
