import { Component, type LayerArgs, type Override, type PostgresOutputs } from "@kasbah/component";
import { type Place, type PostgresSpec, postgresProblems, resolvePostgres } from "@kasbah/core";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { Alias } from "@pulumi/aws/kms/alias.js";
import { Key, type KeyArgs } from "@pulumi/aws/kms/key.js";
import { Instance, type InstanceArgs } from "@pulumi/aws/rds/instance.js";
import { ParameterGroup, type ParameterGroupArgs } from "@pulumi/aws/rds/parameterGroup.js";
import { SubnetGroup, type SubnetGroupArgs } from "@pulumi/aws/rds/subnetGroup.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import type * as pulumi from "@pulumi/pulumi";
import { aliasArgs, keyArgs } from "./key.ts";
import { ingressArgs, instanceArgs, parameterArgs } from "./postgres-args.ts";

/** What a Postgres needs of its network: Kasbah's own, or one that was there before. */
export interface PostgresNetwork {
  readonly cidr: string;
  readonly vpcId: pulumi.Input<string>;
  /** Private subnets in two zones at least. A change of the network replaces the server. */
  readonly subnetIds: readonly pulumi.Input<string>[];
}

export interface PostgresArgs extends LayerArgs, PostgresSpec {
  readonly place: Place;
  readonly network: PostgresNetwork;
  /** Changes to the resources that this component makes. */
  readonly overrides?: {
    readonly key?: Override<KeyArgs>;
    readonly subnets?: Override<SubnetGroupArgs>;
    readonly parameters?: Override<ParameterGroupArgs>;
    readonly instance?: Override<InstanceArgs>;
  };
}

/**
 * PostgreSQL on Amazon RDS: private, under a key of its own, TLS and SCRAM only, with a standby in production. RDS
 * makes the administrator's password and turns it; it lies in Secrets Manager and is never seen here. The pgvector
 * extension is available on the server and is not created here.
 */
export class Postgres extends Component implements PostgresOutputs {
  readonly host: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  readonly database: string;
  /** ARN of the administrator's secret in Secrets Manager. */
  readonly passwordRef: pulumi.Output<string>;

  constructor(name: string, args: PostgresArgs, opts?: pulumi.ComponentResourceOptions) {
    super("aws:Postgres", name, args, opts);
    const { network, overrides } = args;
    const spec = resolvePostgres(args, this.preset);
    this.reject([...postgresProblems(spec, this.preset), ...subnetProblems(network)]);

    const own = keyArgs(this.preset, `Database of ${name}`);
    const key = this.child(Key, "key", own, { override: overrides?.key });
    this.child(Alias, "alias", aliasArgs(key), { nameRole: "key" });
    const within = { subnetIds: [...network.subnetIds], description: DESCRIPTION };
    const subnets = this.child(SubnetGroup, "subnets", within, { override: overrides?.subnets });
    const parameters = this.child(ParameterGroup, "parameters", parameterArgs(), { override: overrides?.parameters });
    const firewall = this.child(SecurityGroup, "firewall", { vpcId: network.vpcId, description: DESCRIPTION });
    this.child(SecurityGroupIngressRule, "inside", ingressArgs(firewall, network.cidr));
    const server = instanceArgs(spec, { key, subnets, parameters, firewall }, this.preset, this.#finalSnapshot());
    const instance = this.child(Instance, "server", server, { override: overrides?.instance });

    this.host = instance.address;
    this.port = instance.port;
    this.database = spec.database;
    this.passwordRef = instance.masterUserSecrets.apply(([secret]) => secret?.secretArn ?? "");
    this.registerOutputs({ host: this.host, port: this.port, database: this.database, passwordRef: this.passwordRef });
  }

  /** Before a second deletion the snapshot of the first has to be renamed or copied: names are exact. */
  #finalSnapshot(): string {
    return this.physicalName("aws:rds/instance:Instance", "final");
  }
}

const DESCRIPTION = "Postgres, inside its network only";

function* subnetProblems({ subnetIds }: PostgresNetwork) {
  if (subnetIds.length < 2) {
    const mend = "give a network with subnets in two zones";
    yield { path: "network.subnetIds", expected: "at least 2", got: subnetIds.length, mend };
  }
}
