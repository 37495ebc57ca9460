import type { SecGroupRuleArgs } from "@pulumi/openstack/networking/secGroupRule.js";

export type RuleArgs = Omit<SecGroupRuleArgs, "securityGroupId">;

/** One rule of a security group, and the role by which it is known. */
export type Door = readonly [role: string, rule: RuleArgs];

type Protocol = "tcp" | "udp";

const rule = (direction: string, remoteIpPrefix: string, protocol: Protocol, port: number | undefined): RuleArgs => ({
  direction,
  ethertype: "IPv4",
  protocol,
  remoteIpPrefix,
  ...(port === undefined ? {} : { portRangeMin: port, portRangeMax: port }),
});

/** @throws {Error} when it would let in everybody: a fault of Kasbah's, not of the caller */
export const ingressFrom = (role: string, cidr: string, port: number, protocol: Protocol = "tcp"): Door => {
  if (isEverywhere(cidr)) throw new Error(`${role} would let in everybody`);
  return [role, rule("ingress", cidr, protocol, port)];
};

/** @param port all ports when it is left out */
export const egressTo = (role: string, cidr: string, port?: number, protocol: Protocol = "tcp"): Door => [
  role,
  rule("egress", cidr, protocol, port),
];

/** A range that holds public addresses of nobody in particular: shorter than /8 is no name of anything. */
export const isEverywhere = (cidr: string): boolean => !(Number(cidr.split("/")[1]) >= 8);
