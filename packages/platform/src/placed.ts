import type { Cloud, Wired } from "@kasbah/component";
import type { CloudId, DeclaredPlace, Recovery, Workload } from "@kasbah/core";
import type { DesignedVault } from "./backups.ts";

/** The clouds that a program hands to its platform. */
export type Clouds = Readonly<Partial<Record<CloudId, Cloud>>>;

/** One workload in the place that was chosen for it. */
export interface Placed {
  readonly workload: Workload;
  readonly place: DeclaredPlace;
  readonly cloud: Cloud;
  readonly args: Wired<Workload>;
  /** What its datasets ask for. */
  readonly recovery: Recovery;
  /** Where its backups go. */
  readonly vaults: readonly DesignedVault[];
  /** Its cloud builds what `backups` name. */
  readonly copied: boolean;
}

/** A database stands in the network of its place, and so does the server that copies objects to vaults. */
export const needsNetwork = ({ layer }: Workload, vaults: readonly DesignedVault[]): boolean =>
  layer === "postgres" || vaults.length > 0;
