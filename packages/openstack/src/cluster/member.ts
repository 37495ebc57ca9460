import { Component, type LayerArgs, type Override } from "@kasbah/component";
import { hash8, type Place, type ResolvedPostgres } from "@kasbah/core";
import { Volume, type VolumeArgs } from "@pulumi/openstack/blockstorage/volume.js";
import { Instance, type InstanceArgs } from "@pulumi/openstack/compute/instance.js";
import { VolumeAttach } from "@pulumi/openstack/compute/volumeAttach.js";
import { ApplicationCredential } from "@pulumi/openstack/identity/applicationCredential.js";
import { Port } from "@pulumi/openstack/networking/port.js";
import type { SecGroup } from "@pulumi/openstack/networking/secGroup.js";
import * as pulumi from "@pulumi/pulumi";
import { bootstrapArgs, imageOf, ONCE } from "../bootstrap.ts";
import type { PostgresNetwork } from "../postgres.ts";
import { addressOf, instanceArgs, portArgs, volumeArgs } from "../postgres-args.ts";
import { settingsOf } from "../site.ts";
import type { BootRefs, MemberBoot, MemberMade } from "./boot.ts";
import { userData } from "./user-data.ts";

export const INSTANCE = "openstack:compute/instance:Instance";

export interface MemberArgs extends LayerArgs {
  readonly place: Place;
  readonly network: PostgresNetwork;
  readonly firewall: SecGroup;
  readonly storageGiB: number;
  /** Where its server and its volume are. `undefined`: the cloud chooses. */
  readonly zone: string | undefined;
  readonly overrides?: { readonly data?: Override<VolumeArgs>; readonly server?: Override<InstanceArgs> } | undefined;
}

/** What a server is started with. */
export interface Start {
  readonly boot: MemberBoot;
  readonly size: ResolvedPostgres["size"];
  /** Eight hex of what is known before: the name of the credential ends in it, so that a new server gets a new one. */
  readonly form: string;
  readonly generation: pulumi.Output<string>;
  readonly imageId: pulumi.Output<string>;
  readonly refs: pulumi.Output<BootRefs>;
  readonly publicKey: pulumi.Output<string>;
  readonly group: pulumi.Output<string>;
  readonly roles: readonly string[];
  /** Resolves when its turn has come, with the end of its credential's hour. */
  readonly turn: (generation: string) => Promise<string>;
  /** What has to be there before. */
  readonly after: pulumi.Resource[];
}

/** One of a cluster's servers: its address and its volume stay, the server itself is replaced. */
export class Member extends Component {
  /** Name of the server, and by which the others know it. */
  readonly server: string;
  readonly address: pulumi.Output<string>;
  readonly #args: MemberArgs;
  readonly #port: Port;
  readonly #data: Volume;

  constructor(name: string, args: MemberArgs, opts?: pulumi.ComponentResourceOptions) {
    super("openstack:PostgresMember", name, args, opts);
    const { place, storageGiB, zone, network, firewall, overrides } = args;
    this.#args = args;
    this.#port = this.child(Port, "port", portArgs(network, firewall));
    this.#data = this.child(Volume, "data", volumeArgs(place, storageGiB, zone), { override: overrides?.data });
    this.server = this.physicalName(INSTANCE, "");
    this.address = addressOf(this.#port);
  }

  /** Its credential, its server and the volume in it. The server waits for its turn with its credential. */
  start({ boot, size, form, generation, imageId, refs, group, roles, turn, after, ...more }: Start): Instance {
    const { place, zone, overrides } = this.#args;
    const opened = pulumi.all([refs, generation]).apply(async ([known, wanted]) => ({
      expiresAt: await turn(wanted),
      refs: [known.authority, known.seal, known.settingsKeys, known.cipher, ...known.vaults],
    }));
    const reads = bootstrapArgs({ refs: opened.refs, expiresAt: opened.expiresAt, roles }, imageId);
    const credential = this.child(ApplicationCredential, `bootstrap-${form}`, reads, {
      ignoreChanges: ONCE,
      dependsOn: after,
    });
    const settings = instanceArgs({ size }, settingsOf(place), {
      generation: form,
      imageId: imageOf(credential),
      port: this.#port,
      userData: this.#userData(boot, credential, { generation, refs, ...more }),
      zone,
      group,
    });
    const opts = { override: overrides?.server, nameRole: "", dependsOn: after };
    const server = this.child(Instance, "server", settings, opts);
    this.child(VolumeAttach, "data-attachment", { instanceId: server.id, volumeId: this.#data.id });
    this.registerOutputs({ address: this.address });
    return server;
  }

  #userData(
    boot: MemberBoot,
    { id, secret }: ApplicationCredential,
    made: Pick<Start, "generation" | "refs" | "publicKey">,
  ): pulumi.Output<string> {
    const member = { name: this.server, address: this.address, dataVolume: this.#data.id };
    return pulumi.output({ ...made, member, credential: { id, secret } }).apply((known) => userData(boot, known));
  }
}

const NOTHING_MADE: MemberMade = {
  generation: "",
  member: { name: "", address: "", dataVolume: "" },
  credential: { id: "", secret: "" },
  refs: { authority: "", seal: "", settingsKeys: "", cipher: "", vaults: [] },
  publicKey: "",
};

/** Eight hex of everything about a server that is known before anything is made. */
export const formOf = (boot: MemberBoot, ...more: readonly unknown[]): string =>
  hash8(JSON.stringify([userData(boot, NOTHING_MADE), ...more]));
