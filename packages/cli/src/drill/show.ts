import type { DrillRecord, RestoreStage } from "@kasbah/core";

/** What is said as a stage begins. */
export const STAGES: Readonly<Record<RestoreStage, string>> = {
  clearing: "taking away what an earlier drill may have left",
  making: "making a server, a volume and an address for the copy",
  restoring: "the copy starts and takes the backup",
  answered: "the copy has answered; it is looked at",
  removing: "taking the copy away",
};

/** A record in a few lines, for a person. */
export const drillLines = (record: DrillRecord): readonly string[] => {
  const { source, measured, objectives, checks, left, outcome, reasons } = record;
  const { rpoSeconds, rpoBy, rtoSeconds, bytes } = measured;
  const size = bytes === undefined ? "" : `, ${(bytes / 1e6).toFixed(0)} MB`;
  return [
    `${record.workload} of ${record.platform}-${record.env} in ${record.place.name}, drill ${record.id} by ${record.by}`,
    `began ${record.startedAt}, ended ${record.endedAt}`,
    source === undefined ? "nothing was restored" : `restored from ${source.backup} in ${source.vault}${size}`,
    `recovery point: ${figure(rpoSeconds)}${rpoBy === undefined ? "" : ` (by ${rpoBy})`}, objective ${objectives.rpoMinutes} min`,
    `recovery time: ${figure(rtoSeconds)}, objective ${objectives.rtoMinutes} min`,
    ...checks.map(({ name, ok, says }) => `${ok ? "ok" : "FAILED"}  ${name}: ${says}`),
    ...left.map((what) => `left behind: ${what}`),
    [outcome === "met" ? "The objectives were met." : `${outcome}:`, ...reasons].join(" "),
  ].map((line) => line.replace(/[\p{Cc}\p{Bidi_Control}]+/gu, " "));
};

const figure = (seconds: number | undefined): string => {
  if (seconds === undefined) return "not measured";
  const whole = Math.round(seconds);
  return whole < 120 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
};
