import { all, type Claim, EMPTY, every, is, matches, never, none, put, some } from "../claim.ts";
import { type Estate, ofType } from "../estate.ts";
import type { Reader } from "../fact.ts";
import type { NETWORK } from "../network.facts.ts";
import { read } from "../path.ts";

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const ROUTES = "aws:ec2/routeTable:RouteTable";
const ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation";
const DEFAULT_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
const ALL_IN = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] };

/** How AWS keeps each guarantee. */
export const network: Reader<keyof typeof NETWORK> = ({ cidr, zones }) => ({
  range: every(VPC, "cidrBlock", is(cidr, "10.0.0.0/8", "52.16.0.0/16")),
  inside: every(SUBNET, "cidrBlock", {
    wanted: `inside ${cidr}`,
    ok: (found) => within(cidr, found),
    bad: ["10.99.0.0/22"],
  }),
  apart: distinct(SUBNET, "cidrBlock", 0),
  zones: distinct(SUBNET, "availabilityZone", zones),
  noPublicAddress: every(SUBNET, "mapPublicIpOnLaunch", is(false)),
  noIpv6: all(
    every(SUBNET, "assignIpv6AddressOnCreation", is(false)),
    never(VPC, "assignGeneratedIpv6CidrBlock", true),
    never(SUBNET, "ipv6CidrBlock", "2001:db8::/64"),
  ),
  noWayOut: all(
    every(ROUTES, "routes", EMPTY),
    never(ROUTES, "propagatingVgws", ["vgw-1"]),
    none(
      "aws:ec2/internetGateway:InternetGateway",
      "aws:ec2/egressOnlyInternetGateway:EgressOnlyInternetGateway",
      "aws:ec2/natGateway:NatGateway",
      "aws:ec2/vpnGateway:VpnGateway",
      "aws:ec2/vpcPeeringConnection:VpcPeeringConnection",
      "aws:ec2transitgateway/vpcAttachment:VpcAttachment",
      "aws:ec2/route:Route",
      "aws:ec2/eip:Eip",
    ),
  ),
  ownRoutes: associated,
  closed: all(some(DEFAULT_GROUP), never(DEFAULT_GROUP, "ingress", [ALL_IN]), never(DEFAULT_GROUP, "egress", [ALL_IN])),
  storage: all(
    every(ENDPOINT, "vpcEndpointType", is("Gateway", "Interface")),
    every(ENDPOINT, "serviceName", matches(/\.s3$/)),
  ),
  storageOwn: all(
    every(
      ENDPOINT,
      "policy/#json/Statement/Effect=Allow/Condition/StringEquals/aws:ResourceAccount",
      is(`\${aws:PrincipalAccount}`, "*"),
    ),
  ),
  names: all(every(VPC, "enableDnsSupport", is(true)), every(VPC, "enableDnsHostnames", is(true))),
});

const number = (address: string): number => address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);

const within = (cidr: string, found: unknown): boolean => {
  if (typeof found !== "string") return false;
  const [start = "", bits = ""] = cidr.split("/");
  const [from = "", own = ""] = found.split("/");
  const size = 2 ** (32 - Number(bits));
  const offset = number(from) - number(start);
  return offset >= 0 && offset + 2 ** (32 - Number(own)) <= size;
};

/** At least so many values, no two the same. */
const distinct = (type: string, path: string, fewest: number): Claim => {
  const values = (estate: Estate) => ofType(estate, type).flatMap(({ properties }) => read(properties, path));
  return {
    holds(estate) {
      const found = values(estate);
      const enough = found.length >= fewest && new Set(found).size === found.length;
      return enough || `${type} ${path}: wanted ${fewest || ""} different ones, found ${found.join(", ")}`;
    },
    breaks: (estate) => {
      const [first] = values(estate);
      return ofType(estate, type)
        .slice(1)
        .flatMap((row) => [first, ...(fewest > 0 ? [undefined] : [])].map((value) => put(estate, row, path, value)));
    },
  };
};

/** An association for each subnet: without one a subnet falls back to the main table, which others may change. */
const associated: Claim = {
  holds(estate) {
    const subnets = ofType(estate, SUBNET).length;
    const found = new Set(ofType(estate, ASSOCIATION).flatMap(({ properties }) => read(properties, "subnetId"))).size;
    return found >= subnets || `wanted ${subnets} subnets with routes of their own, found ${found}`;
  },
  breaks: (estate) =>
    ofType(estate, ASSOCIATION).flatMap((row) => [
      { what: `without ${row.name}`, estate: estate.filter((other) => other !== row) },
      put(estate, row, "subnetId", undefined),
    ]),
};
