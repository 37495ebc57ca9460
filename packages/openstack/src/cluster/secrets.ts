import { Component, type LayerArgs } from "@kasbah/component";
import { liveNumbers, type ResolvedPostgres } from "@kasbah/core";
import { OrderV1 } from "@pulumi/openstack/keymanager/orderV1.js";
import { SecretV1, type SecretV1Args } from "@pulumi/openstack/keymanager/secretV1.js";
import * as pulumi from "@pulumi/pulumi";
import { orderArgs } from "../bootstrap.ts";

import type { ClusterKeys } from "./keys.ts";

const SECRET = "openstack:keymanager/secretV1:SecretV1";

export interface SecretsArgs extends LayerArgs {
  readonly spec: Pick<ResolvedPostgres, "rotation" | "groups">;
  readonly keys: pulumi.Output<ClusterKeys>;
}

/** A password of the key manager, for a login of the database. */
interface Password {
  readonly passwordRef: pulumi.Output<string>;
}

/**
 * The keys and passwords of a cluster, in the key manager. All but one are made there and nobody here ever sees them; the
 * seal follows from the user's signing key, since it has to close here what is opened in a server.
 */
export class Secrets extends Component {
  /** Seed of the cluster's certificate authority. */
  readonly authority: pulumi.Output<string>;
  /** Passphrase of the backups. */
  readonly cipher: pulumi.Output<string>;
  readonly seal: pulumi.Output<string>;
  readonly login: Password & { readonly number: number };
  readonly groups: readonly (Password & { readonly name: string })[];

  constructor(name: string, { spec, keys, ...args }: SecretsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("openstack:PostgresSecrets", name, args, opts);
    this.authority = this.#order("authority");
    this.cipher = this.#order("cipher");
    this.seal = this.child(SecretV1, "seal", sealArgs(keys), { renewable: true }).secretRef;
    const passwords = liveNumbers(spec).map((number) => this.#password(`password-${number}`));
    this.login = { number: spec.rotation, passwordRef: passwords.at(-1) ?? pulumi.output("") };
    this.groups = spec.groups.map((group) => ({ name: group, passwordRef: this.#password(`group-${group}`) }));
    this.registerOutputs({ authority: this.authority, cipher: this.cipher, seal: this.seal });
  }

  /** Lost, it would take data along: protected. */
  #order(role: string): pulumi.Output<string> {
    return this.child(OrderV1, role, orderArgs(this.physicalName(SECRET, role))).secretRef;
  }

  #password(role: string): pulumi.Output<string> {
    return this.child(OrderV1, role, orderArgs(this.physicalName(SECRET, role)), { renewable: true }).secretRef;
  }
}

const sealArgs = (keys: pulumi.Output<ClusterKeys>): SecretV1Args => ({
  secretType: "opaque",
  payload: pulumi.secret(keys.apply(({ seal }) => seal)),
  payloadContentType: "text/plain",
});
