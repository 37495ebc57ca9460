import type {
  BackupSpec,
  Class,
  IamSpec,
  NetworkSpec,
  ObjectStorageSpec,
  Place,
  PostgresSpec,
  Problem,
  Recovery,
} from "@kasbah/core";
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
  /** Where the keys of each `access` are kept, by its name: references into the cloud's own store. */
  readonly keysRefs?: Readonly<Record<string, pulumi.Output<string>>> | undefined;
  /** Where the key is kept with which whoever writes encrypts. */
  readonly keyRef?: pulumi.Output<string> | undefined;
}

/** What every cloud's backup layer gives back: one vault. */
export interface BackupOutputs {
  /** Name of the bucket, container or vault that copies go to. */
  readonly bucket: pulumi.Output<string>;
}

/** What every cloud's identity layer gives back. */
export interface IamOutputs {
  /** Where each machine's newest credential is kept: references into the cloud's own store. */
  readonly machines: Readonly<Record<string, pulumi.Output<string>>>;
  /** References of the keys that we hold. */
  readonly keys: Readonly<Record<string, pulumi.Output<string>>>;
}

/** What a network is told of what will be in it. */
export interface NetworkHolds {
  /** Highest class of the data in it: decides which ways out are refused. @default "critical" */
  readonly holds?: Class | undefined;
}

/** What an object storage gets beside its specification. */
export interface ObjectStorageJoined<Network, Vault> {
  /** Network of its place, for the server that makes the copies. Needed only with `vaults`. */
  readonly network?: Network | undefined;
  /** Where its copies go. @default - none */
  readonly vaults?: readonly Vault[] | undefined;
  /** What its datasets ask for. Needed only with `vaults`. */
  readonly recovery?: Recovery | undefined;
}

/** What a vault gets beside its specification. */
export interface BackupJoined {
  /**
   * Provider of the place whose servers write there: the vault's keys are kept in that place's key manager, where those
   * servers can read them. @default - the vault's own place
   */
  readonly keyStore?: pulumi.ProviderResource | undefined;
}

/** What every cloud's Postgres gives back. */
export interface PostgresOutputs {
  readonly host: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  readonly database: string;
  /** Login that owns the database, where the layer names it: it changes with the rotation of its password. */
  readonly user?: pulumi.Output<string>;
  /** Where the administrator's password is kept: a reference into the cloud's own store, never the password. */
  readonly passwordRef: pulumi.Output<string>;
}

/** What the platform gives to a layer: its specification, and the place it was put in. */
export type Wired<Spec> = LayerArgs & Spec & { readonly place: Place };

/** One layer of one cloud. `Joined`: what it gets of the layers that were made before it. */
export interface Layer<Args, Outputs, Joined = unknown> {
  /** What this cloud cannot do of what was asked, known before anything is made. */
  problems?(args: Args): Iterable<Problem>;
  /** Whether it needs `scope.signingKey` for this. Asked before anything is made. @default - it does not */
  needsSigningKey?(args: Args): boolean;
  /** Which vaults it writes to. @default - none, and `backups` in other places are refused */
  vaults?(args: Args): VaultUse;
  create(name: string, args: Args & Joined, opts: pulumi.ComponentResourceOptions): Outputs;
}

/** The vaults that a layer writes to. */
export interface VaultUse {
  /** One in its own place. */
  readonly own: boolean;
  /** One in each place that its `backups` name. Else they are judged, and nothing is written there. */
  readonly others: boolean;
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
  readonly network?: Layer<Wired<NetworkSpec> & NetworkHolds, Network>;
  readonly iam?: Layer<Wired<IamSpec> & { readonly now?: Date; readonly asOf?: Date }, IamOutputs>;
  readonly "object-storage"?: Layer<
    Wired<ObjectStorageSpec>,
    ObjectStorageOutputs,
    ObjectStorageJoined<Network, Vault>
  >;
  readonly backup?: Layer<Wired<BackupSpec>, Vault, BackupJoined>;
  readonly postgres?: Layer<Wired<PostgresSpec>, PostgresOutputs, PostgresJoined<Network, Vault>>;
}

/** What a cloud package offers. The program hands the clouds that it uses to the platform, which imports none. */
export interface Cloud<Network extends NetworkOutputs = NetworkOutputs, Vault extends BackupOutputs = BackupOutputs> {
  /** The provider for one place: all that is made there goes through it. */
  provider(name: string, place: Place, opts: pulumi.ResourceOptions): pulumi.ProviderResource;
  readonly layers: CloudLayers<Network, Vault>;
}
