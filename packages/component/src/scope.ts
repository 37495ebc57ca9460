import type { Class, Preset } from "@kasbah/core";
import type * as pulumi from "@pulumi/pulumi";

/** To which platform, environment and owner a component belongs: names, labels and protection follow from it. */
export interface Scope {
  /** Name of the platform: the first part of every physical name. */
  readonly platform: string;
  /** Environment, as `dev`. */
  readonly env: string;
  /** The owner's domain, as `example.ma`. */
  readonly owner: string;
  /** How much is protected. @default "production" */
  readonly preset?: Preset;
  /**
   * The user's key, base64 of 32 random bytes, as `kasbah init` makes it: an Ed25519 seed that signs what servers are
   * told later. Always a secret. @default - none: layers that need one in production refuse
   */
  readonly signingKey?: pulumi.Input<string>;
}

/** What every layer component takes, beside its own specification. */
export interface LayerArgs {
  readonly scope: Scope;
  /** Sensitivity of what it holds: the highest class of its datasets. */
  readonly class: Class;
  /** Datasets that it holds. @default - none: it holds no data */
  readonly datasets?: readonly string[];
}

export const presetOf = ({ preset }: Scope): Preset => preset ?? "production";
