import { type Decision, type Outcome, permits, type Verdict } from "@kasbah/core";
import type pc from "picocolors";

export type Colors = ReturnType<typeof pc.createColors>;

/** One colour for each outcome, the same in every table. */
export const painted = (outcome: Outcome, { green, yellow, red }: Colors): string => {
  if (outcome === "allowed") return green(outcome);
  return permits(outcome) ? yellow(outcome) : red(outcome);
};

/** A verdict as a short tree: the outcome, then each rule that spoke, with its article and what would change it. */
export const verdictTree = (title: string, verdict: Verdict, colors: Colors): string => {
  const lines =
    verdict.decisions.length === 0
      ? ["no regime applies"]
      : verdict.decisions.map((decision) => branch(decision, colors));
  const duties = verdict.duties.map((duty) => `duty: ${duty}`);
  const derogations = verdict.derogations.map(({ rule, lifts }) => `derogation: ${rule} lifts ${lifts.join(", ")}`);
  const all = [...lines, ...derogations, ...duties];
  return [
    `${title}: ${painted(verdict.outcome, colors)}`,
    ...all.map((line, index) => hung(line, index === all.length - 1)),
  ].join("\n");
};

const branch = (decision: Decision, colors: Colors): string => {
  const { outcome, rule, title, instrument, article, seen, uncertain, change, derogatedBy, lifted } = decision;
  const more = [
    `${instrument}, ${article} (${seen})`,
    ...(derogatedBy === undefined ? [] : [`lifted by ${derogatedBy}; it would say ${lifted}`]),
    ...(change === undefined ? [] : [`to change it: ${change}`]),
    ...(uncertain === undefined ? [] : [`uncertain: ${uncertain}`]),
  ];
  return [`${painted(outcome, colors)} ${rule}: ${title}`, ...more.map((line) => `  ${line}`)].join("\n");
};

const hung = (text: string, last: boolean): string => {
  const [first = "", ...rest] = text.split("\n");
  return [`${last ? "└─" : "├─"} ${first}`, ...rest.map((line) => `${last ? "  " : "│ "} ${line}`)].join("\n");
};
