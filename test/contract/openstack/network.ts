import { all, type Claim, every, is, never, none, oneOf, waived } from "../claim.ts";
import { ofType } from "../estate.ts";
import type { Reader } from "../fact.ts";
import type { NETWORK } from "../network.facts.ts";

const NET = "openstack:networking/network:Network";
const SUBNET = "openstack:networking/subnet:Subnet";
const GROUP = "openstack:networking/secGroup:SecGroup";
const RULE = "openstack:networking/secGroupRule:SecGroupRule";
const ROUTER = "openstack:networking/router:Router";
const ONE_SUBNET = "an OpenStack network spans the zones of its region: its one subnet is the range";
const ENDPOINT = "object storage is an endpoint of the place, reached as a declared service";

/** What the place of the contract declares as its mirror, its identity service and its resolver. */
const DECLARED = ["10.0.0.6/32", "10.0.0.5/32", "10.0.0.53/32"];

/** A router with the name and the labels of our own, so that nothing but the router is wrong. */
const noRouter: Claim = {
  holds: (estate) => ofType(estate, ROUTER).length === 0 || `wanted no ${ROUTER}`,
  breaks: (estate) =>
    ofType(estate, NET).map((row) => ({ what: "a router is added", estate: [...estate, { ...row, type: ROUTER }] })),
};

/** How OpenStack keeps each guarantee. */
export const network: Reader<keyof typeof NETWORK> = ({ cidr }) => ({
  range: every(SUBNET, "cidr", is(cidr, "10.0.0.0/8", "52.16.0.0/16")),
  inside: waived(ONE_SUBNET),
  apart: waived(ONE_SUBNET),
  zones: waived(ONE_SUBNET),
  noPublicAddress: all(
    never(NET, "external", true),
    none(
      "openstack:networking/floatingIp:FloatingIp",
      "openstack:networking/floatingIpAssociate:FloatingIpAssociate",
      "openstack:compute/floatingIp:FloatingIp",
    ),
  ),
  noIpv6: all(every(SUBNET, "ipVersion", is(4)), never(SUBNET, "ipv6AddressMode", "slaac")),
  noWayOut: all(
    every(SUBNET, "noGateway", is(true)),
    never(SUBNET, "gatewayIp", "10.40.0.1"),
    noRouter,
    none("openstack:networking/routerInterface:RouterInterface", "openstack:networking/trunk:Trunk"),
    every(NET, "shared", is(false)),
    every(GROUP, "deleteDefaultRules", is(true)),
    every(RULE, "direction", is("egress", "ingress")),
    every(RULE, "remoteIpPrefix", oneOf(DECLARED, "0.0.0.0/0", "192.0.2.1/32")),
  ),
  ownRoutes: all(
    never(SUBNET, "hostRoutes", [{ destinationCidr: "0.0.0.0/0", nextHop: "10.40.0.1" }]),
    none("openstack:networking/subnetRoute:SubnetRoute", "openstack:networking/routerRoute:RouterRoute"),
  ),
  // A port without a group lets nothing pass. One whose maker leaves the list out gets the project's own group.
  closed: every(NET, "portSecurityEnabled", is(true)),
  storage: waived(ENDPOINT),
  storageOwn: waived(ENDPOINT),
  names: every(SUBNET, "dnsNameservers/*", is("10.0.0.53", "9.9.9.9")),
});
