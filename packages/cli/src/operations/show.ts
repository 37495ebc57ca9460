import { type Finding, formatFinding, type Obstacle } from "@kasbah/core";
import { EXIT, type ExitCode } from "../error.ts";
import type { screenColors } from "../output.ts";
import { nameIn } from "./target.ts";

type Colors = ReturnType<typeof screenColors>;

/** Text of a cloud on one line, without what a terminal could take for something else. */
const plain = (text: string): string => text.replace(/[\p{Cc}\p{Bidi_Control}]+/gu, " ");

export const obstacleLine = ({ says, mend }: Obstacle): string => plain(`${says.replace(/\.$/, "")}. ${mend}`);

/** What is written wrong comes before what a cloud refuses: only the one can be mended here. */
export const obstacleExit = (obstacles: readonly Obstacle[]): ExitCode => {
  if (obstacles.length === 0) return EXIT.done;
  return obstacles.some(({ fault }) => fault === "settings") ? EXIT.badInput : EXIT.engineOrCloud;
};

export const findingLine = (finding: Finding, colors: Colors): string => {
  const paint = finding.severity === "critical" || finding.severity === "high" ? colors.red : colors.yellow;
  return `${paint(finding.severity)} ${nameIn(finding.resource)}: ${plain(formatFinding(finding))}`;
};
