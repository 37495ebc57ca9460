import { api, createOnly, routeTable, securityGroup, subnet, TAGGED, upstream, vpc } from "./aws-common.ts";
import type { Row } from "./row.ts";

const EC2 = "ec2 2016-11-15";
const DELETION = api("deletion", EC2);

const arn = (kind: string) => `arn:aws:ec2:{region}:{account}:${kind}/{id}`;

const RULE_KEY = [
  "securityGroupId",
  "ipProtocol",
  "fromPort",
  "toPort",
  "cidrIpv4",
  "cidrIpv6",
  "prefixListId",
  "referencedSecurityGroupId",
];

// A change from one kind of source to another makes another rule, which a list of paths cannot say.
const rule = (type: string): Row => ({
  ...createOnly(type),
  id: "sgr-{hex:17}",
  outputs: { ...TAGGED, securityGroupRuleId: "{id}", arn: arn("security-group-rule") },
  references: [securityGroup("securityGroupId", "cascade"), securityGroup("referencedSecurityGroupId", "refuse")],
  unique: [
    {
      by: RULE_KEY,
      scope: "region",
      refusal: "InvalidPermission.Duplicate: the specified rule already exists in {securityGroupId}",
    },
  ],
  find: { by: "natural-key", properties: RULE_KEY },
});

/** Networks of AWS. */
export const network: Readonly<Record<string, Row>> = {
  "aws:ec2/vpc:Vpc": {
    ...createOnly("aws:ec2/vpc:Vpc", DELETION),
    id: "vpc-{hex:17}",
    defaults: {
      enableDnsSupport: true,
      enableDnsHostnames: false,
      instanceTenancy: "default",
      enableNetworkAddressUsageMetrics: false,
      assignGeneratedIpv6CidrBlock: false,
    },
    outputs: {
      ...TAGGED,
      arn: arn("vpc"),
      ownerId: "{account}",
      defaultSecurityGroupId: "sg-{hex:17}",
      defaultRouteTableId: "rtb-{hex:17}",
      mainRouteTableId: "{defaultRouteTableId}",
      defaultNetworkAclId: "acl-{hex:17}",
      dhcpOptionsId: "dopt-{hex:17}",
    },
    find: { by: "tag", tags: "tags", and: ["cidrBlock"] },
    inUse: "DependencyViolation: The vpc '{id}' has dependencies and cannot be deleted.",
  },
  "aws:ec2/subnet:Subnet": {
    ...createOnly("aws:ec2/subnet:Subnet", api("CIDR and deletion", EC2)),
    id: "subnet-{hex:17}",
    defaults: {
      mapPublicIpOnLaunch: false,
      assignIpv6AddressOnCreation: false,
      enableDns64: false,
      ipv6Native: false,
      enableResourceNameDnsARecordOnLaunch: false,
      enableResourceNameDnsAaaaRecordOnLaunch: false,
    },
    outputs: {
      ...TAGGED,
      arn: arn("subnet"),
      ownerId: "{account}",
      availabilityZone: "{region}a",
      privateDnsHostnameTypeOnLaunch: "ip-name",
    },
    references: [vpc("vpcId", "refuse")],
    unique: [
      {
        by: ["vpcId", "cidrBlock"],
        scope: "region",
        refusal: "InvalidSubnet.Conflict: The CIDR '{cidrBlock}' conflicts with another subnet",
      },
    ],
    find: { by: "natural-key", properties: ["vpcId", "cidrBlock"] },
    inUse: "DependencyViolation: The subnet '{id}' has dependencies and cannot be deleted.",
  },
  "aws:ec2/routeTable:RouteTable": {
    ...createOnly("aws:ec2/routeTable:RouteTable"),
    id: "rtb-{hex:17}",
    outputs: { ...TAGGED, arn: arn("route-table"), ownerId: "{account}", routes: [], propagatingVgws: [] },
    references: [vpc("vpcId", "refuse")],
    find: { by: "tag", tags: "tags", and: ["vpcId"] },
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    ...createOnly("aws:ec2/routeTableAssociation:RouteTableAssociation"),
    id: "rtbassoc-{hex:17}",
    outputs: { region: "{region}" },
    // The provider takes the associations off a route table before it deletes it.
    references: [subnet("subnetId", "refuse"), routeTable("routeTableId", "cascade")],
    unique: [
      {
        by: ["subnetId"],
        scope: "region",
        refusal: "Resource.AlreadyAssociated: the specified association for {subnetId} conflicts with an existing one",
      },
    ],
    find: { by: "natural-key", properties: ["subnetId"] },
  },
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
    ...upstream(
      "01f431114674c27cf790fafb67ac274bf8f765e1/internal/service/ec2/vpc_default_security_group.go",
      ["vpcId"],
      DELETION,
    ),
    id: "{vpcId>defaultSecurityGroupId}",
    outputs: {
      ...TAGGED,
      arn: arn("security-group"),
      name: "default",
      description: "default VPC security group",
      ownerId: "{account}",
    },
    references: [vpc("vpcId", "cascade")],
    overwrites: true,
    find: { by: "natural-key", properties: ["vpcId"] },
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    ...createOnly("aws:ec2/vpcEndpoint:VpcEndpoint"),
    id: "vpce-{hex:17}",
    defaults: { vpcEndpointType: "Gateway" },
    outputs: {
      ...TAGGED,
      arn: arn("vpc-endpoint"),
      ownerId: "{account}",
      state: "available",
      requesterManaged: false,
      prefixListId: "pl-{hex:8}",
      cidrBlocks: [],
      dnsEntries: [],
      networkInterfaceIds: [],
    },
    references: [
      vpc("vpcId", "refuse"),
      routeTable("routeTableIds.*", "ignore"),
      subnet("subnetIds.*", "refuse"),
      securityGroup("securityGroupIds.*", "refuse"),
    ],
    find: { by: "natural-key", properties: ["vpcId", "serviceName"] },
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    ...createOnly(
      "aws:ec2/securityGroup:SecurityGroup",
      "unique name: https://docs.aws.amazon.com/goto/WebAPI/ec2/CreateSecurityGroup",
      DELETION,
    ),
    id: "sg-{hex:17}",
    naming: { property: "name", prefix: "namePrefix" },
    defaults: { description: "Managed by Pulumi", revokeRulesOnDelete: false },
    outputs: { ...TAGGED, arn: arn("security-group"), ownerId: "{account}", ingress: [], egress: [] },
    references: [vpc("vpcId", "refuse")],
    unique: [
      {
        by: ["name", "vpcId"],
        scope: "region",
        refusal: "InvalidGroup.Duplicate: The security group '{name}' already exists for VPC '{vpcId}'",
      },
    ],
    find: { by: "name", properties: ["name", "vpcId"] },
    inUse: "DependencyViolation: resource {id} has a dependent object",
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": rule(
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  ),
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": rule(
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  ),
};
