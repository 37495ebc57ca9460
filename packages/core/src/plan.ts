import type { Declaration } from "./declaration/parse.ts";
import { flowsOf } from "./flows.ts";
import { contextOf } from "./law/context-of.ts";
import { type JudgedFlow, judgeFlow } from "./law/flow.ts";
import { publicView } from "./law/public-view.ts";
import { permits } from "./law/verdict.ts";
import { choosePlaces } from "./placement/choose.ts";
import { formatUnmet } from "./placement/needs.ts";
import type { Option, Placement } from "./placement/option.ts";

/** Where everything goes, and what the law refuses. */
export interface Plan {
  readonly asOf: string;
  readonly placements: readonly Placement[];
  readonly flows: readonly JudgedFlow[];
  /** One sentence for each workload or flow that the law stops. Empty: everything may be built. */
  readonly refusals: readonly string[];
}

/**
 * Decides the place of every workload and judges every flow.
 * Pure; `asOf` is the day, `YYYY-MM-DD`. Verdicts come whole: `publicView` before they are shown.
 */
export const planOf = (declaration: Declaration, asOf: string): Plan => {
  const context = contextOf(declaration, asOf);
  const placements = choosePlaces(Object.values(declaration.workloads), Object.values(declaration.places), context);
  const flows = flowsOf(declaration, placements).map((flow) => judgeFlow(flow, context));
  return { asOf, placements, flows, refusals: [...refusalsOf(placements, flows)] };
};

const because = ({ verdicts }: { readonly verdicts: Placement["candidates"][number]["verdicts"] }): string =>
  verdicts
    .filter(({ outcome }) => !permits(outcome))
    .flatMap((verdict) =>
      publicView(verdict).decidedBy.map(
        ({ outcome, rule, instrument, article, change }) =>
          `${verdict.dataset}: ${outcome} by ${rule} (${instrument}, ${article})${change === undefined ? "" : `; ${change}`}`,
      ),
    )
    .join("; ");

function* refusalsOf(placements: readonly Placement[], flows: readonly JudgedFlow[]): Generator<string> {
  for (const placement of placements) {
    if (placement.place === undefined) yield `workloads.${placement.workload}${unplaced(placement)}`;
  }
  for (const { kind, path, from, to, verdict } of flows) {
    if (!permits(verdict.outcome)) yield `${path}: ${kind} from ${from} to ${to.name} is refused. ${because(verdict)}`;
  }
}

const unplaced = ({ pinned, candidates }: Placement): string => {
  const asked = candidates.filter(({ place }) => pinned === undefined || place === pinned);
  const reasons = asked.map((option) => `${option.place}: ${reasonsOf(option).join("; ")}`).join(" | ");
  if (pinned !== undefined) return `.pin: ${pinned} is refused. ${reasons}`;
  const lawful = candidates.some(({ outcome }) => permits(outcome));
  return `: ${lawful ? "no permitted place meets every need" : "no place is permitted"}. ${reasons}`;
};

const reasonsOf = (option: Option): readonly string[] => {
  const law = because(option);
  return [...(law === "" ? [] : [law]), ...option.unmet.map(formatUnmet)];
};
