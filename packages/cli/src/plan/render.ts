import {
  type Candidate,
  type Decision,
  type Declaration,
  formatUnmet,
  type Placement,
  publicView,
  type Verdict,
} from "@kasbah/core";
import Table from "cli-table3";
import { type Colors, painted } from "../law/tree.ts";
import type { CollectedResource } from "../program/protocol.ts";
import type { MadePlan } from "./make.ts";

/** The plan with nothing in it that betrays a status which a law keeps secret. */
export const publicPlan = <P extends MadePlan>(plan: P): P => {
  const shown = <C extends Candidate>(candidate: C): C => ({
    ...candidate,
    verdicts: candidate.verdicts.map((verdict) => ({ dataset: verdict.dataset, ...publicView(verdict) })),
  });
  const placements = plan.placements.map((one) => ({ ...one, candidates: one.candidates.map(shown) }));
  return { ...plan, placements, flows: plan.flows.map((flow) => ({ ...flow, verdict: shown(flow.verdict) })) };
};

/** The plan for a person: places with the deciding rules, then resources by place, then refusals. */
export const renderPlan = (plan: MadePlan, declaration: Declaration, colors: Colors): string =>
  [
    colors.bold(`Platform ${declaration.platform}, environment ${declaration.env}, ${declaration.preset}`),
    judgedBy(plan, declaration),
    "",
    placementTable(plan.placements, colors),
    ...flowLines(plan, colors),
    ...uncertainties(plan),
    "",
    ...(plan.resources === undefined ? [] : [resourceTable(plan.resources, declaration)]),
    ...(plan.refusals.length === 0
      ? []
      : [colors.red("Refused by law. Nothing is made."), ...plan.refusals.map((line) => `  ${line}`)]),
  ].join("\n");

/** By what was judged: how many regimes were asked, and which of them spoke, with their versions. */
const judgedBy = (plan: MadePlan, { regimes }: Declaration): string => {
  const spoke = new Map(
    verdictsOf(plan)
      .flatMap(({ decisions }) => decisions)
      .map(({ regime, version }) => [regime, `${regime} ${version}`]),
  );
  const which = spoke.size === 0 ? "none of them applies" : `${[...spoke.values()].sort().join(", ")} spoke`;
  return `Judged as of ${plan.asOf} under ${regimes.length} regimes (kasbah regimes): ${which}. Not legal advice.`;
};

/** Every verdict of a plan, on candidates and on flows. */
const verdictsOf = ({ placements, flows }: MadePlan): readonly Verdict[] =>
  [...placements.flatMap(({ candidates }) => candidates), ...flows.map(({ verdict }) => verdict)].flatMap(
    ({ verdicts }) => verdicts,
  );

const borderless = { head: [], border: [], compact: true };

const placementTable = (placements: readonly Placement[], colors: Colors): string => {
  const table = new Table({ head: ["workload", "place", "verdict", "deciding rule"], style: borderless });
  for (const { workload, place, pinned, candidates } of placements) {
    for (const [index, candidate] of candidates.entries()) {
      const chosen = candidate.place === place;
      const word = candidate.place === pinned ? `${candidate.place} (pinned)` : candidate.place;
      const name = chosen ? colors.bold(`→ ${word}`) : `  ${word}`;
      const unmet = candidate.unmet.map((need) => colors.red(`unmet: ${formatUnmet(need)}`));
      const why = [decidingRules(candidate), ...unmet].join("\n");
      table.push([index === 0 ? workload : "", name, painted(candidate.outcome, colors), why]);
    }
  }
  return table.toString();
};

/** The rules with the candidate's own outcome, each once. */
export const decidingRules = ({ outcome, verdicts }: Candidate): string => {
  const lines = verdicts
    .filter((verdict) => verdict.outcome === outcome)
    .flatMap(({ decidedBy }) => decidedBy.map((decision) => `${decision.rule}, ${articleOf(decision)}`));
  return lines.length === 0 ? "no regime applies" : [...new Set(lines)].join("\n");
};

const articleOf = ({ article, uncertain }: Decision): string =>
  `${article}${uncertain === undefined ? "" : " (uncertain)"}`;

function* flowLines({ flows }: MadePlan, colors: Colors): Generator<string> {
  for (const { kind, workload, from, to, verdict } of flows) {
    yield `flow: ${kind} ${workload} from ${from} to ${to.name}: ${painted(verdict.outcome, colors)}`;
  }
}

/** What is uncertain in a rule that was cited, once a rule. */
function* uncertainties(plan: MadePlan): Generator<string> {
  const decisions = verdictsOf(plan).flatMap(({ decidedBy }) => decidedBy);
  const notes = new Map(
    decisions.flatMap(({ rule, uncertain }) => (uncertain === undefined ? [] : [[rule, uncertain]])),
  );
  for (const [rule, note] of notes) yield `uncertain: ${rule}: ${note}`;
}

const resourceTable = (resources: readonly CollectedResource[], { places }: Declaration): string => {
  const table = new Table({
    head: ["place", "at", "resources", "of which"],
    style: borderless,
    colWidths: [null, null, null, 72],
    wordWrap: true,
  });
  const made = resources.filter(({ custom, type }) => custom && !type.startsWith("pulumi:"));
  for (const { name, cloud, region } of Object.values(places)) {
    const here = made.filter(({ provider }) => provider === name);
    if (here.length > 0) table.push([name, `${cloud}/${region}`, here.length, countedTypes(here)]);
  }
  const elsewhere = made.filter(({ provider }) => provider === undefined || places[provider] === undefined);
  if (elsewhere.length > 0) table.push(["(no declared place)", "", elsewhere.length, countedTypes(elsewhere)]);
  return table.toString();
};

const countedTypes = (resources: readonly CollectedResource[]): string => {
  const counts = new Map<string, number>();
  for (const { type } of resources) {
    const short = type.split(":").at(-1) ?? type;
    counts.set(short, (counts.get(short) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([type, count]) => (count === 1 ? type : `${count} ${type}`))
    .join(", ");
};
