import type { Country, Declaration } from "@kasbah/core";
import type { Estate } from "./estate.ts";
import type { Memory } from "./memory.ts";
import type { Resource } from "./resource.ts";

/** What the rules are told beside the resources. */
export interface Settings {
  /** The day for which the law is asked, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** Without it only labels and the country of a public region are known. */
  readonly declaration?: Declaration;
  /** Where data of a class that names no data sets may be. */
  readonly homeCountries: readonly Country[];
}

/** Everything that a rule may look at. */
export interface World {
  readonly settings: Settings;
  readonly estate: Estate;
  /**
   * The resources of some types that a property of a resource depends on, the nearest ones, when the engine tells: at
   * the end of a preview. Without it, a reference that is not known yet stays open.
   */
  readonly follow?: (resource: Resource, property: string, types: readonly string[]) => readonly Resource[];
  /** What was found out already, as long as the estate does not change. */
  readonly memory: Memory;
}

/** Cannot be told now: a reference that is not known before the end of the preview. */
export interface Pending {
  readonly kind: "pending";
  readonly path: string;
}

/** Cannot be told at all, and why. */
export interface Unclear {
  readonly kind: "unclear";
  readonly path: string;
  readonly why: string;
}
