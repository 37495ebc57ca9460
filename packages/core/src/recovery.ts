import { z } from "zod";
import { CLASSES, type Class } from "./label.ts";

export const recoverySchema = z.strictObject({
  rpoMinutes: z
    .int()
    .min(0)
    .max(10_080)
    .describe("Minutes of data that may be lost at most. 0: none; every commit waits for a second copy."),
  rtoMinutes: z.int().min(5).max(43_200).describe("Minutes until it is back, at most."),
});

/** What may be lost, and for how long it may be away. */
export interface Recovery {
  /** Recovery point objective in minutes. 0: nothing that was acknowledged. */
  readonly rpoMinutes: number;
  /** Recovery time objective in minutes. */
  readonly rtoMinutes: number;
}

/** Where a dataset says nothing. */
export const DEFAULT_RECOVERY: Readonly<Record<Class, Recovery>> = {
  public: { rpoMinutes: 1440, rtoMinutes: 2880 },
  internal: { rpoMinutes: 1440, rtoMinutes: 1440 },
  confidential: { rpoMinutes: 60, rtoMinutes: 480 },
  restricted: { rpoMinutes: 15, rtoMinutes: 240 },
  critical: { rpoMinutes: 5, rtoMinutes: 60 },
};

interface Recoverable {
  readonly class: Class;
  readonly recovery?: Recovery;
}

/** The strictest of what the datasets ask for, each with the default of its class. Of none: that of `critical`. */
export const recoveryOf = (datasets: readonly Recoverable[]): Recovery => {
  const asked = datasets.map(({ class: level, recovery }) => recovery ?? DEFAULT_RECOVERY[level]);
  if (asked.length === 0) return DEFAULT_RECOVERY[CLASSES[CLASSES.length - 1] ?? "critical"];
  return {
    rpoMinutes: Math.min(...asked.map(({ rpoMinutes }) => rpoMinutes)),
    rtoMinutes: Math.min(...asked.map(({ rtoMinutes }) => rtoMinutes)),
  };
};

/** How often copies are made, so that the objectives can be met. */
export interface BackupSchedule {
  /** Seconds after which changes leave the server even when little was written. */
  readonly logShippingSeconds: number;
  /** Days from one full copy to the next. */
  readonly fullEveryDays: number;
  /** Hours from one copy of what changed to the next. */
  readonly differentialEveryHours: number;
}

/**
 * Half of the recovery point, so that a late shipment still meets it: 30 seconds at least, 30 minutes at most. What is
 * copied between full copies is replayed at a restore, so a short recovery time asks for more of them.
 */
export const backupScheduleOf = ({ rpoMinutes, rtoMinutes }: Recovery): BackupSchedule => ({
  logShippingSeconds: Math.min(Math.max(rpoMinutes * 30, 30), 1800),
  fullEveryDays: 7,
  differentialEveryHours: rtoMinutes <= 60 ? 6 : 24,
});
