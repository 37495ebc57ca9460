import { router, schema, secGroup, subnet, network as toNetwork } from "./openstack-common.ts";
import type { Row } from "./row.ts";

const COMMON = { region: "{region}", tenantId: "{project}" };
const TAGGED = { ...COMMON, allTags: "{tags}" };

const NEUTRON = "https://github.com/openstack/neutron-lib/blob";
const IN_USE = `in use: ${NEUTRON}/108a598252a20c9c7f4f3b87ffdc603b5de31697/neutron_lib/exceptions/__init__.py`;
const ROUTER_IN_USE = `in use: ${NEUTRON}/176c09fa192df4b42570d1478039607108fad6d1/neutron_lib/exceptions/l3.py`;

const RULE_KEY = [
  "securityGroupId",
  "direction",
  "ethertype",
  "protocol",
  "portRangeMin",
  "portRangeMax",
  "remoteIpPrefix",
  "remoteGroupId",
];

/** Networks of OpenStack. */
export const network: Readonly<Record<string, Row>> = {
  "openstack:networking/network:Network": {
    ...schema(
      "openstack:networking/network:Network",
      {
        adminStateUp: true,
        external: false,
        shared: false,
        portSecurityEnabled: true,
        transparentVlan: false,
        mtu: 1450,
      },
      IN_USE,
    ),
    id: "{uuid}",
    naming: { property: "name" },
    outputs: TAGGED,
    find: { by: "name", properties: ["name"] },
    inUse: "409 NetworkInUse: Unable to complete operation on network {id}. There are one or more ports still in use.",
  },
  "openstack:networking/subnet:Subnet": {
    ...schema("openstack:networking/subnet:Subnet", {}, IN_USE),
    id: "{uuid}",
    naming: { property: "name" },
    outputs: {
      ...TAGGED,
      gatewayIp: "{!noGateway}{host:cidr:1}",
      allocationPools: [{ start: "{host:cidr:2}", end: "{host:cidr:-2}" }],
    },
    references: [toNetwork("networkId", "cascade")],
    unique: [
      {
        by: ["networkId", "cidr"],
        scope: "region",
        refusal:
          "400 Invalid input: Requested subnet with cidr: {cidr} for network: {networkId} overlaps with another.",
      },
    ],
    find: { by: "name", properties: ["name", "networkId"] },
    inUse:
      "409 SubnetInUse: Unable to complete operation on subnet {id}: One or more ports have an IP allocation from it.",
  },
  "openstack:networking/router:Router": {
    ...schema("openstack:networking/router:Router", { adminStateUp: true, distributed: false }, ROUTER_IN_USE),
    id: "{uuid}",
    naming: { property: "name" },
    outputs: { ...TAGGED, externalGateway: "{externalNetworkId}", externalFixedIps: [] },
    references: [toNetwork("externalNetworkId", "refuse")],
    find: { by: "name", properties: ["name"] },
    inUse: "409 RouterInUse: Router {id} still has ports",
  },
  "openstack:networking/routerInterface:RouterInterface": {
    ...schema("openstack:networking/routerInterface:RouterInterface"),
    id: "{portId|uuid}",
    outputs: { region: "{region}", portId: "{id}" },
    references: [router("routerId", "refuse"), subnet("subnetId", "refuse")],
    unique: [
      {
        by: ["subnetId", "routerId"],
        scope: "region",
        refusal: "400 BadRequest: Bad router request: Router already has a port on subnet {subnetId}.",
      },
    ],
    find: { by: "natural-key", properties: ["routerId", "subnetId"] },
  },
  "openstack:networking/secGroup:SecGroup": {
    ...schema("openstack:networking/secGroup:SecGroup", { description: "" }),
    id: "{uuid}",
    naming: { property: "name" },
    outputs: TAGGED,
    find: { by: "name", properties: ["name"] },
    inUse: "409 SecurityGroupInUse: Security Group {id} in use.",
  },
  "openstack:networking/secGroupRule:SecGroupRule": {
    ...schema("openstack:networking/secGroupRule:SecGroupRule"),
    id: "{uuid}",
    outputs: COMMON,
    references: [secGroup("securityGroupId", "cascade"), secGroup("remoteGroupId", "refuse")],
    unique: [
      {
        by: RULE_KEY,
        scope: "region",
        refusal: "409 SecurityGroupRuleExists: Security group rule already exists in {securityGroupId}.",
      },
    ],
    find: { by: "natural-key", properties: RULE_KEY },
  },
  "openstack:networking/port:Port": {
    ...schema("openstack:networking/port:Port", { adminStateUp: true, portSecurityEnabled: true }),
    id: "{uuid}",
    naming: { property: "name" },
    outputs: {
      ...TAGGED,
      macAddress: "fa:16:3e:{digits:2}:{digits:2}:{digits:2}",
      allFixedIps: ["{fixedIps.0.ipAddress|host:fixedIps.0.subnetId>cidr:any|=10.51.0.10}"],
      allSecurityGroupIds: "{securityGroupIds}",
      dnsAssignments: [],
    },
    references: [
      toNetwork("networkId", "refuse"),
      subnet("fixedIps.*.subnetId", "refuse"),
      secGroup("securityGroupIds.*", "refuse"),
    ],
    find: { by: "name", properties: ["name", "networkId"] },
    inUse: "409 Conflict: Port {id} is still in use.",
  },
};
