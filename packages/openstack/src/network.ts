import { Component, type LayerArgs, type NetworkOutputs, type Override } from "@kasbah/component";
import {
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
import { SecGroupRule, type SecGroupRuleArgs } from "@pulumi/openstack/networking/secGroupRule.js";
import { Subnet, type SubnetArgs } from "@pulumi/openstack/networking/subnet.js";
import type * as pulumi from "@pulumi/pulumi";
import { serviceCidrs, settingsOf } from "./site.ts";

export interface NetworkArgs extends LayerArgs, NetworkSpec {
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
 * It has no gateway and no router, and so no way out, unless the place names an `externalNetwork`. Then a router leads
 * there, and the group `services` lets its members reach the declared services and resolvers only. No floating
 * address is ever made. A port that somebody makes beside Kasbah has the project's own groups, not these.
 */
export class Network extends Component implements NetworkOutputs {
  readonly cidr: string;
  readonly networkId: pulumi.Output<string>;
  readonly subnetId: pulumi.Output<string>;
  /** A server that has to reach the place's services joins this group. */
  readonly servicesGroupId: pulumi.Output<string>;

  constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("openstack:Network", name, args, opts);
    const { overrides, place } = args;
    const spec = resolveNetwork(args, this.preset);
    this.reject(networkProblems(spec, this.preset));
    const settings = settingsOf(place);

    const network = this.child(CloudNetwork, "network", NETWORK, { override: overrides?.network, nameRole: "" });
    const within = subnetArgs(spec.cidr, network, settings);
    const subnet = this.child(Subnet, "subnet", within, { override: overrides?.subnet, nameRole: "" });
    this.#wayOut(subnet, settings.externalNetwork, overrides?.router);
    const services = this.child(SecGroup, "services", closed("The place's own services, and nothing else outside"));
    for (const [role, rule] of egressRules(settings)) {
      this.child(SecGroupRule, role, { ...rule, securityGroupId: services.id });
    }

    this.cidr = spec.cidr;
    this.networkId = network.id;
    this.subnetId = subnet.id;
    this.servicesGroupId = services.id;
    this.registerOutputs({ cidr: this.cidr, networkId: network.id, subnetId: subnet.id, servicesGroupId: services.id });
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

type RuleArgs = Omit<SecGroupRuleArgs, "securityGroupId">;

/** The role carries the address, so that a range that is taken away takes its own rule along and no other. */
const egressRules = (settings: OpenstackSettings): readonly (readonly [role: string, rule: RuleArgs])[] => [
  ...serviceCidrs(settings).map((cidr) => [`to-${slug(cidr)}`, egress(cidr, "tcp")] as const),
  ...settings.dnsServers.flatMap((server) =>
    (["udp", "tcp"] as const).map(
      (protocol) =>
        [`to-${slug(server)}-dns-${protocol}`, { ...egress(`${server}/32`, protocol), ...DNS_PORT }] as const,
    ),
  ),
];

const DNS_PORT = { portRangeMin: 53, portRangeMax: 53 } as const;

const egress = (remoteIpPrefix: string, protocol: "tcp" | "udp"): RuleArgs => ({
  direction: "egress",
  ethertype: "IPv4",
  protocol,
  remoteIpPrefix,
});
