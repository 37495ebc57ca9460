import type { Class, Preset } from "@kasbah/core";

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
