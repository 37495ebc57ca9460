import { Component, type LayerArgs, type Override, type PostgresOutputs } from "@kasbah/component";
import { type Place, type PostgresSpec, postgresProblems, resolvePostgres } from "@kasbah/core";
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
import { credentialArgs, generationOf, imageOf, ONCE, orderArgs } from "./bootstrap.ts";
import { type Boot, userData } from "./cloud-init.ts";
import { PASSWORD_FILE } from "./guest/verifier.ts";
import { closed } from "./network.ts";
import {
  backupVolumeArgs,
  bootOf,
  ingressArgs,
  instanceArgs,
  PORT,
  portArgs,
  type Server,
  volumeArgs,
} from "./postgres-args.ts";
import { postgresPlaceProblems } from "./postgres-problems.ts";
import { settingsOf } from "./site.ts";

/** What a Postgres needs of its network: Kasbah's own, or one that was there before. */
export interface PostgresNetwork {
  readonly cidr: string;
  readonly networkId: pulumi.Input<string>;
  readonly subnetId: pulumi.Input<string>;
  /** A group that lets its members reach the mirror, the identity service and the key manager. */
  readonly servicesGroupId: pulumi.Input<string>;
}

export interface PostgresArgs extends LayerArgs, PostgresSpec {
  readonly place: Place;
  readonly network: PostgresNetwork;
  /** Volume of the nightly backups in GiB; it can grow, never shrink. @default - three times `storageGiB` */
  readonly backupStorageGiB?: number;
  /**
   * Roles of the bootstrap credential, of those that the deploying user has. The key manager's own rules let no `reader`
   * read a payload (OpenStack Key Manager, policy `secret:decrypt`); the access rule allows one request and no other.
   * A change replaces the server. @default ["member"]
   */
  readonly bootstrapRoles?: readonly string[];
  /** When the hour of the bootstrap credential begins. @default - now */
  readonly now?: Date;
  /** Changes to the resources that this component makes. */
  readonly overrides?: {
    readonly data?: Override<VolumeArgs>;
    readonly backups?: Override<VolumeArgs>;
    readonly server?: Override<InstanceArgs>;
  };
}

/**
 * PostgreSQL 17 with pgvector from Debian 13's packages, on one virtual machine without a way in but port 5432 of its own
 * network: TLS and SCRAM only, data on a volume of its own, a whole backup every night to a second volume, kept
 * `retentionDays`. Also in production it is **one server**: while the server or its host is down, so is the database.
 * A standby comes with a later version.
 *
 * - **The password** of the role `kasbah`, which owns the database, is the hexadecimal form of 32 bytes that the key
 *   manager makes; `passwordRef` is that secret. The server reads it with a credential that may do this one request, for
 *   an hour, and hands PostgreSQL a SCRAM verifier. Production without a key manager is refused. A throwaway server
 *   without one makes the password itself and keeps it in a file that root alone can read; `passwordRef` names that file.
 * - **A new server, same data.** Another image name, zone, range, mirror, database, retention or version of Kasbah makes
 *   a new server and a new credential; the volumes are attached again. Another size resizes the server.
 * - **A lost data volume** is filled again from the newest backup when its server starts: at most a day is lost.
 * - **The certificate** is made in the server, by an authority made there; both last on the data volume. Clients get the
 *   authority's certificate by `openssl s_client -starttls postgres -connect <host>:5432 -showcerts`, from inside the
 *   network. It is the first step: one authority for the platform, its key in the key manager, comes later.
 *
 * The volumes are encrypted as the place encrypts: confidential data in production is refused where the place does not
 * declare `facts.encryptionAtRest`. A server that has been made answers after its packages are installed, in a minute or
 * two; `up` does not wait for it.
 */
export class Postgres extends Component implements PostgresOutputs {
  readonly host: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  readonly database: string;
  readonly passwordRef: pulumi.Output<string>;

  constructor(name: string, args: PostgresArgs, opts?: pulumi.ComponentResourceOptions) {
    super("openstack:Postgres", name, args, opts);
    const { network, overrides, place } = args;
    const spec = resolvePostgres(args, this.preset);
    this.reject([...postgresProblems(spec, this.preset), ...postgresPlaceProblems(args)]);

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

    this.host = pulumi.all([addressOf(port), server.id]).apply(([address]) => address);
    this.port = pulumi.output(PORT);
    this.database = spec.database;
    this.passwordRef = start.passwordRef;
    this.registerOutputs({ host: this.host, port: this.port, database: this.database, passwordRef: this.passwordRef });
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
    const { bootstrapRoles: roles = ["member"], now = new Date() } = args;
    const settings = credentialArgs({ order, imageId, roles, now });
    const credential = this.child(ApplicationCredential, `bootstrap-${generation}`, settings, { ignoreChanges: ONCE });
    return { order, credential };
  }
}

interface Around {
  readonly port: Port;
  readonly data: Volume;
  readonly backups: Volume;
}

interface Start extends Omit<Server, "port"> {
  readonly passwordRef: pulumi.Output<string>;
}

const SECRET = "openstack:keymanager/secretV1:SecretV1";

const addressOf = ({ allFixedIps }: Port): pulumi.Output<string> => allFixedIps.apply(([address]) => address ?? "");
