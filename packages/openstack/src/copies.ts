import { Component, type LayerArgs } from "@kasbah/component";
import { hash8, type Place, type Recovery, slug } from "@kasbah/core";
import { Instance, type InstanceArgs } from "@pulumi/openstack/compute/instance.js";
import { ApplicationCredential } from "@pulumi/openstack/identity/applicationCredential.js";
import { getImageOutput } from "@pulumi/openstack/images/getImage.js";
import { Port } from "@pulumi/openstack/networking/port.js";
import { SecGroup } from "@pulumi/openstack/networking/secGroup.js";
import { SecGroupRule } from "@pulumi/openstack/networking/secGroupRule.js";
import { Container } from "@pulumi/openstack/objectstorage/container.js";
import * as pulumi from "@pulumi/pulumi";
import { bootstrapArgs, hourFrom, imageOf, ONCE } from "./bootstrap.ts";
import { accessArgs, CONTAINER } from "./container-args.ts";
import { type CopyBoot, type CopyMade, copyUserData } from "./copies/user-data.ts";
import { recoveryProblems } from "./copies-problems.ts";
import type { MachineUser } from "./machine-user.ts";
import { closed, type Network } from "./network.ts";
import { instanceArgs, portArgs } from "./postgres-args.ts";
import { type Door, egressTo } from "./rules.ts";
import { encryptionMark, identityUrl, isAddress, mirrorsOf, settingsOf } from "./site.ts";
import type { Vault } from "./vault.ts";

/** What the server that makes copies needs of its network, and of a vault. */
export type CopyNetwork = Pick<Network, "cidr" | "networkId" | "subnetId" | "servicesGroupId">;
export type CopyVault = Pick<Vault, "bucket" | "endpoint" | "region" | "keysRef" | "caCertificate">;

export interface CopiesArgs extends LayerArgs {
  readonly place: Place;
  /** Name of the container that is copied. */
  readonly bucket: string;
  /** Who may read it. */
  readonly reader: MachineUser;
  readonly network: CopyNetwork;
  readonly vaults: readonly CopyVault[];
  readonly recovery: Recovery;
  /** Roles of the bootstrap credential. @default ["member"] */
  readonly bootstrapRoles?: readonly string[];
  /** When the hour of the bootstrap credential begins. @default - now */
  readonly now?: Date;
}

/**
 * A small server in the network of the source that copies every object of a container to each vault, with rclone of
 * Debian 13. It has nothing to lose: no volume, keys that read the source and write the vaults, no way in at all.
 *
 * - It starts a pass at half of `rpoMinutes`, one minute at least. What is lost at most is that and the time of a pass.
 *   An `rpoMinutes` of 0 is refused: copies are made afterwards.
 * - A vault holds what the source holds now. What was deleted or overwritten in the source is, after the next pass, in
 *   the vault's history. Old versions in the source are not copied.
 * - After each pass it writes `<server>.json` into the container `reports`: when, how many objects, or what failed.
 */
export class Copies extends Component {
  /** Container of the reports. */
  readonly reports: pulumi.Output<string>;

  constructor(name: string, args: CopiesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("openstack:Copies", name, args, opts);
    const { network, place, reader, recovery, vaults } = args;
    this.reject(recoveryProblems(recovery));
    const boot = this.#boot(args);

    const access = accessArgs([reader.principal], [reader.principal]);
    const held = { ...access, metadata: encryptionMark(place), forceDestroy: true };
    const reports = this.child(Container, "reports", held, { renewable: true, holdsNoData: true });
    const firewall = this.child(SecGroup, "firewall", closed("Copies: to the vaults, and no way in"));
    for (const [role, rule] of doorsOf(vaults)) {
      this.child(SecGroupRule, role, { ...rule, securityGroupId: firewall.id });
    }
    const port = this.child(Port, "port", portArgs(network, firewall));
    this.#server(args, boot, port, reports);

    this.reports = reports.name;
    this.registerOutputs({ reports: this.reports });
  }

  #boot({ bucket, place, recovery, vaults }: CopiesArgs): CopyBoot {
    const settings = settingsOf(place);
    const authorities = [settings.caCertificate, ...vaults.map(({ caCertificate }) => caCertificate)];
    return {
      identity: identityUrl(settings) ?? "",
      mirrors: mirrorsOf(settings),
      caCertificates: [...new Set(authorities.filter((text) => text !== undefined))],
      everyMinutes: everyMinutes(recovery),
      source: { endpoint: settings.capabilities.s3 ?? "", region: place.region, bucket },
      vaults: vaults.map(({ endpoint, region }) => ({ endpoint, region })),
      reports: this.physicalName(CONTAINER, "reports"),
      server: this.physicalName(INSTANCE, "server"),
    };
  }

  /** Server and bootstrap credential share a generation: both are replaced together, or neither. */
  #server(args: CopiesArgs, boot: CopyBoot, port: Port, reports: Container): Instance {
    const { bootstrapRoles: roles = ["member"], now, place, reader, vaults } = args;
    const settings = settingsOf(place);
    const generation = hash8(
      JSON.stringify([settings.image, settings.availabilityZones[0], copyUserData(boot, NOTHING_MADE)]),
    );
    const found = getImageOutput({ name: settings.image, mostRecent: true }, { parent: this });
    const refs = { source: reader.keysRef, vaults: vaults.map(({ keysRef }) => keysRef) };
    const readable = pulumi.output(refs).apply((known) => [known.source, ...known.vaults]);
    const reads = bootstrapArgs({ refs: readable, roles, expiresAt: hourFrom(now) }, found.id);
    const role = `bootstrap-${generation}`;
    const credential = this.child(ApplicationCredential, role, reads, { ignoreChanges: ONCE });
    const { id, secret } = credential;
    const buckets = vaults.map(({ bucket }) => bucket);
    const userData = pulumi
      .output({ generation, buckets, refs, credential: { id, secret } })
      .apply((made) => copyUserData(boot, made));
    const server: InstanceArgs = instanceArgs({ size: "small" }, settings, {
      generation,
      imageId: imageOf(credential),
      port,
      userData,
    });
    return this.child(Instance, "server", server, { dependsOn: [reports] });
  }
}

const INSTANCE = "openstack:compute/instance:Instance";

const NOTHING_MADE: CopyMade = {
  generation: "",
  buckets: [],
  refs: { source: "", vaults: [] },
  credential: { id: "", secret: "" },
};

const everyMinutes = ({ rpoMinutes }: Recovery): number => Math.min(Math.max(Math.floor(rpoMinutes / 2), 1), 720);

/** What goes by a name is reached through the declared services. */
const doorsOf = (vaults: readonly CopyVault[]): readonly Door[] => {
  const urls = [...new Set(vaults.map(({ endpoint }) => new URL(endpoint).origin))].map((origin) => new URL(origin));
  return urls
    .filter(({ hostname }) => isAddress(hostname))
    .map(({ hostname, port }) =>
      egressTo(`to-${slug(hostname)}-${port || 443}`, `${hostname}/32`, Number(port || 443)),
    );
};
