import { Component, type LayerArgs, type PostgresOutputs } from "@kasbah/component";
import { hash8, type Place, type Recovery, type ResolvedPostgres } from "@kasbah/core";
import type { Instance } from "@pulumi/openstack/compute/instance.js";
import { ServerGroup } from "@pulumi/openstack/compute/serverGroup.js";
import { getImageOutput } from "@pulumi/openstack/images/getImage.js";
import { SecGroup } from "@pulumi/openstack/networking/secGroup.js";
import { SecGroupRule } from "@pulumi/openstack/networking/secGroupRule.js";
import * as pulumi from "@pulumi/pulumi";
import { hourFrom } from "../bootstrap.ts";
import { LoadBalancer } from "../load-balancer.ts";
import { closed } from "../network.ts";
import type { PostgresArgs, PostgresVault } from "../postgres.ts";
import { settingsOf } from "../site.ts";
import { bootOf, settingsArgs } from "./cluster-args.ts";
import { POOLER_PORT, POSTGRES_PORT, rulesOf } from "./firewall.ts";
import { keysOf, PREVIEW_KEY } from "./keys.ts";
import { Mailbox, type Published } from "./mailbox.ts";
import { formOf, INSTANCE, Member, type Start } from "./member.ts";
import { type Reports, reportsIn } from "./reports.ts";
import { Rollout } from "./rollout.ts";
import { Secrets } from "./secrets.ts";

/** Three: the fewest of which one may be lost while the others still agree. */
const MEMBERS = [1, 2, 3] as const;

export interface ClusterArgs extends Omit<PostgresArgs, keyof ResolvedPostgres> {
  readonly spec: ResolvedPostgres;
  readonly vaults: readonly PostgresVault[];
  readonly recovery: Recovery;
}

/** What is common to all servers, before their turn. */
type Common = Omit<Start, "turn" | "after">;

/** The form of {@link Postgres} for production: three servers that stand in for each other. */
export class Cluster extends Component implements PostgresOutputs {
  readonly host: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  readonly database: string;
  readonly user: pulumi.Output<string>;
  readonly passwordRef: pulumi.Output<string>;
  readonly #name: string;
  readonly #args: ClusterArgs;
  readonly #layer: LayerArgs & { readonly place: Place };

  constructor(name: string, args: ClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("openstack:PostgresCluster", name, args, opts);
    const { scope, class: level, datasets = [], place, spec } = args;
    this.#name = name;
    this.#args = args;
    this.#layer = { scope, class: level, datasets, place };

    const cluster = this.physicalName(INSTANCE, "");
    const keys = pulumi.output(scope.signingKey ?? PREVIEW_KEY).apply((key) => keysOf(key, cluster));
    const secrets = new Secrets(name, { ...this.#layer, spec, keys }, { parent: this });
    const mailbox = new Mailbox(name, { ...this.#layer, ...this.#reading() }, { parent: this });
    const members = this.#members();
    const start = this.#start(cluster, secrets, mailbox, pulumi.unsecret(keys.apply(({ publicKey }) => publicKey)));
    const settings = settingsArgs(args, { cluster, members, secrets, generation: start.generation });
    const published = mailbox.publish(settings, secrets, keys);
    const ready = this.#servers(members, start, published, mailbox);
    const { host, port } = this.#door(members);

    this.host = pulumi.all([host, ready]).apply(([address]) => address);
    this.port = pulumi.output(port);
    this.database = spec.database;
    this.user = ready.apply(() => `kasbah_${spec.rotation}`);
    this.passwordRef = pulumi.all([secrets.login.passwordRef, ready]).apply(([ref]) => ref);
    this.registerOutputs({ host: this.host, port: this.port, user: this.user, passwordRef: this.passwordRef });
  }

  /** Who may read secrets, and until when. */
  #reading() {
    const { bootstrapRoles: roles = ["member"], now } = this.#args;
    return { roles, hour: () => hourFrom(now) };
  }

  /** Addresses and volumes: they stay when servers go. */
  #members(): readonly Member[] {
    const { network, place, spec, vaults, overrides } = this.#args;
    const firewall = this.child(SecGroup, "firewall", closed("Postgres, inside its network only"));
    const endpoints = vaults.map(({ endpoint }) => endpoint);
    for (const [role, rule] of rulesOf(firewall, network.cidr, endpoints)) this.child(SecGroupRule, role, rule);
    const { availabilityZones: zones } = settingsOf(place);
    return MEMBERS.map((number, index) => {
      const zone = zones[index % zones.length];
      const args = { ...this.#layer, network, firewall, zone, storageGiB: spec.storageGiB, overrides };
      return new Member(`${this.#name}-${number}`, args, { parent: this });
    });
  }

  /** What every server is started with. Its generation is known when everything that it names is made. */
  #start(cluster: string, secrets: Secrets, mailbox: Mailbox, publicKey: pulumi.Output<string>): Common {
    const { place, spec, vaults } = this.#args;
    const { image, flavors, availabilityZones } = settingsOf(place);
    const { roles } = this.#reading();
    const boot = bootOf(place, cluster, mailbox);
    const form = formOf(boot, image, flavors[spec.size], availabilityZones, roles);
    const refs = pulumi.output({
      authority: secrets.authority,
      seal: secrets.seal,
      settingsKeys: mailbox.keysRef,
      cipher: secrets.cipher,
      vaults: vaults.map(({ keysRef }) => keysRef),
    });
    const generation = pulumi.all([refs, publicKey]).apply((known) => hash8(JSON.stringify([form, known])));
    const group = this.child(ServerGroup, "apart", { policies: ["anti-affinity"] }).id;
    const imageId = getImageOutput({ name: image, mostRecent: true }, { parent: this }).id;
    return { boot, size: spec.size, form, generation, imageId, refs, publicKey, group, roles };
  }

  /**
   * The servers, one after another, after the settings: a leader whose turn comes learns from them that it has to hand
   * over. The order is one of `dependsOn`, since a server that named another in its properties would go with it.
   * @returns resolves when the cluster has got what was declared
   */
  #servers(
    members: readonly Member[],
    start: Common,
    { object, version }: Published,
    mailbox: Mailbox,
  ): pulumi.Output<unknown> {
    const names = members.map(({ server }) => server);
    const rollout = new Rollout(this.#reports(mailbox), names, this);
    const { hour } = this.#reading();
    const servers: Instance[] = [];
    for (const member of members) {
      const before = servers.at(-1);
      const made = before === undefined ? Promise.resolve() : idOf(before);
      const turn = (generation: string) => rollout.turn(member.server, generation, made).then(hour);
      servers.push(member.start({ ...start, turn, after: before === undefined ? [object] : [object, before] }));
    }
    const login = this.#args.spec.rotation;
    return pulumi
      .all([start.generation, version, pulumi.all(servers.map(({ id }) => id))])
      .apply(([generation, wanted]) => rollout.settle({ generation, version: wanted, login }));
  }

  /** In the sandbox no server runs, so none reports. */
  #reports({ reports: container }: Mailbox): Reports | undefined {
    const { place, reports } = this.#args;
    return reports ?? (process.env["KASBAH_SANDBOX"] === undefined ? reportsIn(place, container) : undefined);
  }

  /** The load balancer where there is one; else the client's own choice among all members. */
  #door(members: readonly Member[]) {
    const { network, place } = this.#args;
    if (settingsOf(place).capabilities.loadBalancer !== true) {
      const addresses = pulumi.all(members.map(({ address }) => address));
      return { host: addresses.apply((known) => known.join(",")), port: POSTGRES_PORT };
    }
    const ports = [{ name: "pooler", port: POOLER_PORT }];
    const behind = members.map(({ address }, index) => ({ name: `${MEMBERS[index]}`, address }));
    const balancer = new LoadBalancer(
      this.#name,
      { ...this.#layer, network, ports, members: behind },
      { parent: this },
    );
    return { host: balancer.address, port: POOLER_PORT };
  }
}

/** When it is made. Not in a preview, where it may never be. */
const idOf = ({ id }: Instance): Promise<string> => new Promise((resolve) => void id.apply(resolve));
