import type { BackupSpec, NetworkSpec, ObjectStorageSpec, Place, PostgresSpec, Problem, Recovery } from "@kasbah/core";
import type * as pulumi from "@pulumi/pulumi";
import type { LayerArgs } from "./scope.ts";

/** What every cloud's network gives back. */
export interface NetworkOutputs {
  /** The private range. */
  readonly cidr: string;
}

/** What every cloud's object storage gives back. */
export interface ObjectStorageOutputs {
  /** Name of the bucket or container. */
  readonly bucket: pulumi.Output<string>;
}

/** What every cloud's backup layer gives back: one vault. */
export interface BackupOutputs {
  /** Name of the bucket, container or vault that copies go to. */
  readonly bucket: pulumi.Output<string>;
}

/** What every cloud's Postgres gives back. */
export interface PostgresOutputs {
  readonly host: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  readonly database: string;
  /** Where the administrator's password is kept: a reference into the cloud's own store, never the password. */
  readonly passwordRef: pulumi.Output<string>;
}

/** What the platform gives to a layer: its specification, and the place it was put in. */
export type Wired<Spec> = LayerArgs & Spec & { readonly place: Place };

/** One layer of one cloud. `Joined`: what it gets of the layers that were made before it. */
export interface Layer<Args, Outputs, Joined = unknown> {
  /** What this cloud cannot do of what was asked, known before anything is made. */
  problems?(args: Args): Iterable<Problem>;
  create(name: string, args: Args & Joined, opts: pulumi.ComponentResourceOptions): Outputs;
}

/** What a Postgres gets beside its specification. */
export interface PostgresJoined<Network, Vault> {
  readonly network: Network;
  /** Where its backups go, its own place first. Empty: the layer keeps them in its own way. */
  readonly vaults: readonly Vault[];
  /** What its datasets ask for. */
  readonly recovery: Recovery;
}

/** The layers that a cloud has. A missing one is missing here, and a declaration that asks for it gets a problem. */
export interface CloudLayers<
  Network extends NetworkOutputs = NetworkOutputs,
  Vault extends BackupOutputs = BackupOutputs,
> {
  readonly network?: Layer<Wired<NetworkSpec>, Network>;
  readonly "object-storage"?: Layer<Wired<ObjectStorageSpec>, ObjectStorageOutputs>;
  readonly backup?: Layer<Wired<BackupSpec>, Vault>;
  readonly postgres?: Layer<Wired<PostgresSpec>, PostgresOutputs, PostgresJoined<Network, Vault>>;
}

/** What a cloud package offers. The program hands the clouds that it uses to the platform, which imports none. */
export interface Cloud<Network extends NetworkOutputs = NetworkOutputs, Vault extends BackupOutputs = BackupOutputs> {
  /** The provider for one place: all that is made there goes through it. */
  provider(name: string, place: Place, opts: pulumi.ResourceOptions): pulumi.ProviderResource;
  readonly layers: CloudLayers<Network, Vault>;
}
