import { type Data, dataOf } from "../facts/data.ts";
import { carriesLabels } from "../facts/data-types.ts";
import { labelOf } from "../facts/label.ts";
import { whereTo } from "../facts/region.ts";
import type { Flow } from "../flows/index.ts";
import type { Resource } from "../resource.ts";
import type { Pending, Unclear, World } from "../world.ts";
import { type Copy, copiesOf } from "./copies.ts";
import { isJudged } from "./keep-data-in-permitted-places.ts";
import { type Answer, cannotDecide, judgeWhere, type Rule } from "./rule.ts";

export const keepCopiesInPermittedPlaces: Rule = {
  name: "keep-copies-in-permitted-places",
  severity: "critical",
  description: "Replicas, snapshots and backup copies stay in places where the law permits the data that they copy.",
  serves: "the regimes of the declaration; without one, the class alone",
  remedy: "Copy to a permitted place, copy less, or put the formality that the law asks for on file.",
  judge: (resource, world) => copiesOf(resource, world).flatMap((copy) => judgeCopy(copy, resource, world)),
};

const MEND = "Refer to resources of this program, made before it, or give the copy a label of its own.";

const judgeCopy = ({ flow, sources }: Copy, resource: Resource, world: World): readonly Answer[] => {
  const known = isList(sources) ? sources : standIn(sources, resource, world);
  if (!isList(known)) {
    if (known.kind === "pending") return [known];
    return [cannotDecide(known.path, "a copy of data whose label can be read", known.why, MEND)];
  }
  return known.flatMap((source) => judgeSource(source, flow, resource, world));
};

/** A source that is not of this program: the copy's own label stands for it. */
const standIn = (sources: Pending | Unclear, resource: Resource, { estate }: World): Copy["sources"] => {
  if (sources.kind === "pending") return sources;
  const own = labelOf(resource, estate);
  return own.class === undefined && own.datasets === undefined ? sources : [resource];
};

const judgeSource = (source: Resource, flow: Flow, resource: Resource, world: World): readonly Answer[] => {
  const data = dataOf(source, world);
  // Already judged, or refused, by the rules for labels and places.
  if (flow.target.to === "self" && isJudged(resource, world) && isSame(data, dataOf(resource, world))) return [];
  if (data.kind === "unclear") {
    if (source === resource && carriesLabels(resource)) return [];
    return [cannotDecide(flow.path, "a copy of data whose label can be read", `of its source, ${data.why}`, MEND)];
  }
  return judgeWhere(data, whereTo(flow.target, resource, flow.path, world), flow.path, world);
};

const isList = (sources: Copy["sources"]): sources is readonly Resource[] => Array.isArray(sources);

const isSame = (one: Data, other: Data): boolean => JSON.stringify(one) === JSON.stringify(other);
