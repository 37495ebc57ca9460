/** How much is protected. Loosening is a word in the declaration, never five booleans. */
export type Preset = "production" | "throwaway";

export interface Protection {
  /** The engine and the cloud refuse to delete what holds data. */
  readonly deletionProtection: boolean;
  /** A last snapshot is taken when a database is deleted. */
  readonly finalSnapshot: boolean;
  /** A standby in a second zone where the layer has one. */
  readonly secondZone: boolean;
  /** Fewest days that backups and old versions are kept. */
  readonly minRetentionDays: number;
  /** Days that backups and old versions are kept when the declaration is silent. */
  readonly defaultRetentionDays: number;
}

export const PROTECTION: Readonly<Record<Preset, Protection>> = {
  production: {
    deletionProtection: true,
    finalSnapshot: true,
    secondZone: true,
    minRetentionDays: 7,
    defaultRetentionDays: 30,
  },
  throwaway: {
    deletionProtection: false,
    finalSnapshot: false,
    secondZone: false,
    minRetentionDays: 1,
    defaultRetentionDays: 7,
  },
};
