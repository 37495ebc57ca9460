import { Component, type LayerArgs, type Override, type PostgresOutputs } from "@kasbah/component";
import {
  DEFAULT_RECOVERY,
  type Place,
  type PostgresSpec,
  postgresProblems,
  type Recovery,
  type ResolvedPostgres,
  resolvePostgres,
} from "@kasbah/core";
import { Volume, type VolumeArgs } from "@pulumi/openstack/blockstorage/volume.js";
import { Instance, type InstanceArgs } from "@pulumi/openstack/compute/instance.js";
import { VolumeAttach } from "@pulumi/openstack/compute/volumeAttach.js";
import { ApplicationCredential } from "@pulumi/openstack/identity/applicationCredential.js";
import { getImageOutput } from "@pulumi/openstack/images/getImage.js";
import { OrderV1 } from "@pulumi/openstack/keymanager/orderV1.js";
import { Port } from "@pulumi/openstack/networking/port.js";
import { SecGroup } from "@pulumi/openstack/networking/secGroup.js";
import { SecGroupRule } from "@pulumi/openstack/networking/secGroupRule.js";
import * as pulumi from "@pulumi/pulumi";
import { bootstrapArgs, generationOf, hourFrom, imageOf, ONCE, orderArgs } from "./bootstrap.ts";
import { type Boot, userData } from "./cloud-init.ts";
import { Cluster } from "./cluster/cluster.ts";
import type { Reports } from "./cluster/reports.ts";
import { PASSWORD_FILE } from "./guest/verifier.ts";
import { closed } from "./network.ts";
import {
  addressOf,
  backupVolumeArgs,
  bootOf,
  ingressArgs,
  instanceArgs,
  PORT,
  portArgs,
  type Server,
  volumeArgs,
} from "./postgres-args.ts";
import { postgresJoinedProblems, postgresPlaceProblems } from "./postgres-problems.ts";
import { settingsOf } from "./site.ts";

/** What a Postgres needs of its network: Kasbah's own, or one that was there before. */
export interface PostgresNetwork {
  readonly cidr: string;
  readonly networkId: pulumi.Input<string>;
  readonly subnetId: pulumi.Input<string>;
  /** A group that lets its members reach the mirror, the identity service and the key manager. */
  readonly servicesGroupId: pulumi.Input<string>;
}

/** Where a cluster keeps its backups: Kasbah's own vault, or one that was there before. */
export interface PostgresVault {
  readonly bucket: pulumi.Input<string>;
  /** S3 endpoint. */
  readonly endpoint: string;
  readonly region: string;
  /** Key-manager secret of the cluster's own place with JSON `{"access","secret"}`. */
  readonly keysRef: pulumi.Input<string>;
}

export interface PostgresArgs extends LayerArgs, PostgresSpec {
  readonly place: Place;
  readonly network: PostgresNetwork;
  /** Where the backups of a cluster go. Production needs at least one; a throwaway server uses none. @default - none */
  readonly vaults?: readonly PostgresVault[];
  /** What may be lost, and for how long it may be away. 0 minutes of loss: a commit waits. @default - by class */
  readonly recovery?: Recovery;
  /** Volume of a throwaway server's nightly backups in GiB; it can grow, never shrink. @default - three times `storageGiB` */
  readonly backupStorageGiB?: number;
  /**
   * Roles of the bootstrap credential, of those that the deploying user has. The key manager's own rules let no `reader`
   * read a payload (OpenStack Key Manager, policy `secret:decrypt`); the access rule allows one request and no other.
   * A change replaces the servers. @default ["member"]
   */
  readonly bootstrapRoles?: readonly string[];
  /** When the hour of a bootstrap credential begins. @default - when it is made */
  readonly now?: Date;
  /** Where a cluster's servers report. @default - their container; nobody in the sandbox */
  readonly reports?: Reports;
  /** Changes to the resources that this component makes. */
  readonly overrides?: {
    readonly data?: Override<VolumeArgs>;
    readonly backups?: Override<VolumeArgs>;
    readonly server?: Override<InstanceArgs>;
  };
}

/**
 * PostgreSQL 17 with pgvector from Debian 13's packages, inside its network only: TLS and SCRAM.
 *
 * **Production** is three servers with Patroni and etcd, each on a host of its own (anti-affinity, strict) and in the next
 * of the place's zones; a volume of its own each, PgBouncer, backups by pgBackRest in vaults.
 *
 * - Three zones: one may be lost, with the server that leads in it; what is left goes on within seconds. Two zones: the
 *   loss of the one with two servers stops the database until one of them is back, and nothing that was acknowledged
 *   with a second copy is lost. One zone, or none named: one host may be lost, and a zone is lost with everything in it
 *   but the backups.
 * - A dataset with `rpoMinutes: 0` makes every commit wait for a second copy; with one server left, nothing is written.
 *   Otherwise the server that is left goes on alone.
 * - **Settings** reach running servers without replacing them; see docs/decisions/0013-cluster-on-openstack.md. Another
 *   image name, size, zone, mirror, vault or version of Kasbah makes new servers, one after another, with the same
 *   volumes: `up` waits until the others are ready, and ends when the cluster has got what was declared.
 * - **The login** is `kasbah_<rotation>`; the one before works until the new one is in use.
 * - It needs a key manager and S3, and says so. Without a load balancer `host` is all members, to be joined with
 *   `target_session_attrs=read-write`.
 *
 * **Throwaway** is one server: while it or its host is down, so is the database. Its password is the role `kasbah`'s, made
 * by the key manager, or by the server where there is none; a whole backup every night to a second volume, kept
 * `retentionDays`. Another image name, zone, range, mirror, database, retention or version of Kasbah makes a new server;
 * another size resizes it. A lost data volume is filled again from the newest backup: at most a day is lost. The
 * certificate is made in the server, by an authority made there. `up` does not wait for it.
 *
 * The volumes are encrypted as the place encrypts: confidential data in production is refused where the place does not
 * declare `facts.encryptionAtRest`.
 */
export class Postgres extends Component implements PostgresOutputs {
  readonly host: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  readonly database: string;
  readonly user: pulumi.Output<string>;
  readonly passwordRef: pulumi.Output<string>;

  constructor(name: string, args: PostgresArgs, opts?: pulumi.ComponentResourceOptions) {
    super("openstack:Postgres", name, args, opts);
    const spec = resolvePostgres(args, this.preset);
    this.reject([
      ...postgresProblems(spec, this.preset),
      ...postgresPlaceProblems(args),
      ...postgresJoinedProblems(args, this.preset),
    ]);
    const made = this.preset === "throwaway" ? this.#server(args, spec) : this.#cluster(name, args, spec);

    this.host = made.host;
    this.port = made.port;
    this.database = spec.database;
    this.user = made.user;
    this.passwordRef = made.passwordRef;
    this.registerOutputs({ host: this.host, port: this.port, user: this.user, passwordRef: this.passwordRef });
  }

  #cluster(name: string, args: PostgresArgs, spec: ResolvedPostgres): Cluster {
    const { vaults = [], recovery = DEFAULT_RECOVERY[args.class] } = args;
    return new Cluster(name, { ...args, spec, vaults, recovery }, { parent: this });
  }

  #server(args: PostgresArgs, spec: ResolvedPostgres): Made {
    const { network, overrides, place } = args;
    for (const key of clusterOnly(spec)) {
      void pulumi.log.warn(`${key}: a throwaway server does without; a cluster in production has it`, this);
    }
    const firewall = this.child(SecGroup, "firewall", closed("Postgres, inside its network only"));
    this.child(SecGroupRule, "inside", ingressArgs(firewall, network.cidr));
    const port = this.child(Port, "port", portArgs(network, firewall));
    const kept = {
      data: volumeArgs(place, spec.storageGiB),
      backups: backupVolumeArgs(place, spec, args.backupStorageGiB),
    };
    const data = this.child(Volume, "data", kept.data, { override: overrides?.data });
    const backups = this.child(Volume, "backups", kept.backups, { override: overrides?.backups });
    const start = this.#start(args, bootOf(spec, place, network.cidr), { port, data, backups });
    const settings = instanceArgs(spec, settingsOf(place), { ...start, port });
    const server = this.child(Instance, "server", settings, { override: overrides?.server });
    const first = this.child(VolumeAttach, "data-attachment", { instanceId: server.id, volumeId: data.id });
    const second = { instanceId: server.id, volumeId: backups.id };
    this.child(VolumeAttach, "backups-attachment", second, { dependsOn: [first] });
    const host = pulumi.all([addressOf(port), server.id]).apply(([address]) => address);
    return { host, port: pulumi.output(PORT), user: pulumi.output("kasbah"), passwordRef: start.passwordRef };
  }

  /** The image, the password and the user data of one generation of the server. */
  #start(args: PostgresArgs, boot: Boot, { port, data, backups }: Around): Start {
    const settings = settingsOf(args.place);
    const generation = generationOf(boot, settings);
    const found = getImageOutput({ name: settings.image, mostRecent: true }, { parent: this });
    const address = addressOf(port);
    const keyed = boot.identity === undefined ? undefined : this.#keyed(args, generation, found.id);
    const passwordRef = keyed?.order.secretRef ?? pulumi.interpolate`file://${address}${PASSWORD_FILE}`;
    const made = pulumi.output({
      generation,
      address,
      dataVolumeId: data.id,
      backupVolumeId: backups.id,
      passwordRef,
      credentialId: keyed?.credential.id ?? "",
      credentialSecret: keyed?.credential.secret ?? "",
    });
    const imageId = keyed === undefined ? found.id : imageOf(keyed.credential);
    return { generation, imageId, passwordRef, userData: made.apply((known) => userData(boot, known)) };
  }

  #keyed(args: PostgresArgs, generation: string, imageId: pulumi.Output<string>) {
    const order = this.child(OrderV1, "password", orderArgs(this.physicalName(SECRET, "password")));
    const { bootstrapRoles: roles = ["member"], now } = args;
    const refs = order.secretRef.apply((ref) => [ref]);
    const settings = bootstrapArgs({ refs, roles, expiresAt: hourFrom(now) }, imageId);
    const credential = this.child(ApplicationCredential, `bootstrap-${generation}`, settings, { ignoreChanges: ONCE });
    return { order, credential };
  }
}

/** What was asked for and one server does not do. */
const clusterOnly = ({ groups, parameters, rotation }: ResolvedPostgres): readonly string[] => [
  ...(groups.length > 0 ? ["groups"] : []),
  ...(Object.keys(parameters).length > 0 ? ["parameters"] : []),
  ...(rotation > 1 ? ["rotation"] : []),
];

type Made = Omit<Required<PostgresOutputs>, "database">;

interface Around {
  readonly port: Port;
  readonly data: Volume;
  readonly backups: Volume;
}

interface Start extends Omit<Server, "port"> {
  readonly passwordRef: pulumi.Output<string>;
}

const SECRET = "openstack:keymanager/secretV1:SecretV1";
