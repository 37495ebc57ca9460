import { Component, type LayerArgs } from "@kasbah/component";
import { hash8, type Place } from "@kasbah/core";
import { ApplicationCredential } from "@pulumi/openstack/identity/applicationCredential.js";
import { Container, type ContainerArgs } from "@pulumi/openstack/objectstorage/container.js";
import { ContainerObject } from "@pulumi/openstack/objectstorage/containerObject.js";
import * as pulumi from "@pulumi/pulumi";
import { ONCE, readerArgs } from "../bootstrap.ts";
import { accessArgs, CONTAINER } from "../container-args.ts";
import { MachineUser } from "../machine-user.ts";
import { encryptionMark } from "../site.ts";
import { SETTINGS_OBJECT } from "./boot.ts";
import type { ClusterKeys } from "./keys.ts";
import type { Secrets } from "./secrets.ts";
import { type ClusterSettings, signedSettings } from "./settings.ts";

export interface MailboxArgs extends LayerArgs {
  readonly place: Place;
  readonly roles: readonly string[];
  /** When the hour of a credential that is made now is over. */
  readonly hour: () => string;
}

/** What is published: the object, and the version by which servers say that they have applied it. */
export interface Published {
  readonly object: ContainerObject;
  readonly version: pulumi.Output<string>;
}

/**
 * Two containers: what a cluster's servers are told, and what they report. A machine user of their own may read the one
 * and write the other. What is in them can be made again, so neither is kept when the cluster goes.
 */
export class Mailbox extends Component {
  /** Names of the containers. */
  readonly settings: string;
  readonly reports: string;
  /** Key-manager secret with the machine user's S3 keys. */
  readonly keysRef: pulumi.Output<string>;
  readonly #args: MailboxArgs;
  readonly #container: Container;

  constructor(name: string, args: MailboxArgs, opts?: pulumi.ComponentResourceOptions) {
    super("openstack:PostgresMailbox", name, args, opts);
    const { place, roles: _roles, hour: _hour, ...common } = args;
    this.#args = args;
    const machine = new MachineUser(`${name}-machine`, { ...common, place }, { parent: this });
    const access = (writers: readonly pulumi.Output<string>[]) => containerArgs(place, machine.principal, writers);
    this.#container = this.child(Container, "settings", access([]), { renewable: true, holdsNoData: true });
    this.child(Container, "reports", access([machine.principal]), { renewable: true, holdsNoData: true });
    this.settings = this.physicalName(CONTAINER, "settings");
    this.reports = this.physicalName(CONTAINER, "reports");
    this.keysRef = machine.keysRef;
  }

  /** Puts the settings where the servers look, with a sealed credential for the passwords that they name. */
  publish(
    settings: pulumi.Output<ClusterSettings>,
    { login, groups }: Secrets,
    keys: pulumi.Output<ClusterKeys>,
  ): Published {
    const { roles, hour } = this.#args;
    const refs = pulumi.all([login, ...groups].map(({ passwordRef }) => passwordRef));
    const which = hash8(JSON.stringify([login.number, groups.map(({ name }) => name)]));
    const settingsReader = readerArgs({ refs, roles, expiresAt: refs.apply(hour) });
    const opts = { ignoreChanges: ONCE };
    const { id, secret } = this.child(ApplicationCredential, `passwords-${which}`, settingsReader, opts);
    const signed = pulumi
      .all([settings, id, secret, keys])
      .apply(([known, credentialId, credentialSecret, opened]) =>
        signedSettings(known, { id: credentialId, secret: credentialSecret }, opened),
      );
    const content = pulumi.unsecret(signed.apply(({ envelope }) => JSON.stringify(envelope)));
    const object = this.child(ContainerObject, "settings-object", {
      containerName: this.#container.name,
      name: SETTINGS_OBJECT,
      content,
      contentType: "application/json",
    });
    this.registerOutputs({ keysRef: this.keysRef });
    return { object, version: pulumi.unsecret(signed.apply(({ version }) => version)) };
  }
}

const containerArgs = (
  place: Place,
  reader: pulumi.Output<string>,
  writers: readonly pulumi.Output<string>[],
): ContainerArgs => ({
  ...accessArgs([reader], writers),
  forceDestroy: true,
  metadata: encryptionMark(place),
});
