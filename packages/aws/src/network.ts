import { Component, type LayerArgs, type NetworkOutputs, type Override } from "@kasbah/component";
import { type NetworkSpec, networkProblems, type Place, type Problem, resolveNetwork, subnetCidr } from "@kasbah/core";
import { DefaultSecurityGroup } from "@pulumi/aws/ec2/defaultSecurityGroup.js";
import { RouteTable } from "@pulumi/aws/ec2/routeTable.js";
import { RouteTableAssociation } from "@pulumi/aws/ec2/routeTableAssociation.js";
import { Subnet, type SubnetArgs } from "@pulumi/aws/ec2/subnet.js";
import { Vpc, type VpcArgs } from "@pulumi/aws/ec2/vpc.js";
import { VpcEndpoint, type VpcEndpointArgs } from "@pulumi/aws/ec2/vpcEndpoint.js";
import type * as pulumi from "@pulumi/pulumi";

const LETTERS = ["a", "b", "c"] as const;

/** A DB subnet group covers two zones at least (Amazon RDS User Guide, working with a DB instance in a VPC). */
const FEWEST_ZONES = 2;

export interface NetworkArgs extends LayerArgs, NetworkSpec {
  readonly place: Place;
  /** Zones to use, in order, for the accounts whose region has no `a` or `b`. @default - `<region>a`, `b`, `c` */
  readonly availabilityZones?: readonly string[];
  /** Changes to the resources that this component makes. */
  readonly overrides?: {
    readonly vpc?: Override<VpcArgs>;
    readonly subnet?: Override<SubnetArgs>;
    readonly endpoint?: Override<VpcEndpointArgs>;
  };
}

/**
 * A private VPC: no public address, no gateway and no route out of it. Object storage is reached through a gateway
 * endpoint, which opens buckets of the own account only. It has two zones at least, whatever the preset: databases ask
 * for them, and a subnet costs nothing.
 */
export class Network extends Component implements NetworkOutputs {
  readonly cidr: string;
  readonly vpcId: pulumi.Output<string>;
  /** One private subnet a zone. */
  readonly subnetIds: readonly pulumi.Output<string>[];

  constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("aws:Network", name, args, opts);
    const { overrides } = args;
    const spec = resolveNetwork(args, this.preset);
    const zones = zonesOf(args, Math.max(spec.zones, FEWEST_ZONES));
    this.reject([...networkProblems(spec, this.preset), ...zoneProblems(args, spec.zones)]);

    const vpc = this.child(Vpc, "vpc", vpcArgs(spec.cidr), { override: overrides?.vpc });
    const routes = this.child(RouteTable, "routes", { vpcId: vpc.id, routes: [] });
    const subnets = zones.map((availabilityZone, index) => {
      const role = `subnet-${index + 1}`;
      const cidrBlock = subnetCidr(spec.cidr, index);
      const subnetArgs = { vpcId: vpc.id, cidrBlock, availabilityZone, ...PRIVATE };
      const subnet = this.child(Subnet, role, subnetArgs, { override: overrides?.subnet });
      this.child(RouteTableAssociation, `${role}-routes`, { routeTableId: routes.id, subnetId: subnet.id });
      return subnet;
    });
    this.child(DefaultSecurityGroup, "closed", { vpcId: vpc.id, ...CLOSED });
    const storage = storageEndpointArgs(args.place.region, vpc, routes);
    this.child(VpcEndpoint, "storage", storage, { override: overrides?.endpoint });

    this.cidr = spec.cidr;
    this.vpcId = vpc.id;
    this.subnetIds = subnets.map(({ id }) => id);
    this.registerOutputs({ cidr: this.cidr, vpcId: this.vpcId, subnetIds: this.subnetIds });
  }
}

const PRIVATE = { mapPublicIpOnLaunch: false, assignIpv6AddressOnCreation: false };

/** The group that AWS gives to whatever names none: it lets nothing in or out. */
const CLOSED = { ingress: [], egress: [] };

const zonesOf = ({ availabilityZones, place }: NetworkArgs, count: number): readonly string[] =>
  (availabilityZones ?? LETTERS.map((letter) => `${place.region}${letter}`)).slice(0, count);

function* zoneProblems({ availabilityZones }: NetworkArgs, wanted: number): Generator<Problem> {
  const fewest = Math.max(wanted, FEWEST_ZONES);
  if (availabilityZones !== undefined && new Set(availabilityZones).size < fewest) {
    const mend = "name more zones of the region, each once";
    yield { path: "availabilityZones", expected: `at least ${fewest}`, got: availabilityZones, mend };
  }
}

const vpcArgs = (cidrBlock: string): VpcArgs => ({ cidrBlock, enableDnsSupport: true, enableDnsHostnames: true });

const storageEndpointArgs = (region: string, vpc: Vpc, routes: RouteTable): VpcEndpointArgs => ({
  vpcId: vpc.id,
  vpcEndpointType: "Gateway",
  serviceName: `com.amazonaws.${region}.s3`,
  routeTableIds: [routes.id],
  policy: JSON.stringify(OWN_ACCOUNT_ONLY),
});

/** Without it the endpoint would be a way out to every bucket of the region (AWS: `aws:ResourceAccount`). */
const OWN_ACCOUNT_ONLY = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: "*",
      Action: "s3:*",
      Resource: "*",
      Condition: { StringEquals: { "aws:ResourceAccount": `\${aws:PrincipalAccount}` } },
    },
  ],
};
