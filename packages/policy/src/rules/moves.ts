import { type Data, dataOf, isClear, isUnlabelled, stackData } from "../facts/data.ts";
import { carriesLabels, labelOf } from "../facts/label.ts";
import { spotsOf } from "../facts/place.ts";
import { resolve } from "../facts/reference.ts";
import { whereOf, whereTo } from "../facts/region.ts";
import { isRef, type MoveKind } from "../flows/flow.ts";
import { FLOWS, type Flow, flowsOf } from "../flows/index.ts";
import { refusalOfKeys } from "../judge.ts";
import type { Resource } from "../resource.ts";
import type { Pending, Unclear, World } from "../world.ts";
import { isJudged } from "./keep-data-in-permitted-places.ts";
import { type Answer, cannotDecide, judgeWhere, NOTHING, type Rule } from "./rule.ts";

/** A movement that a resource asks for, with the resources whose data it moves as far as they can be told. */
export interface Move {
  readonly flow: Flow;
  readonly sources: readonly Resource[] | "stack" | Pending | Unclear;
}

/** The movements that a resource asks for. */
export const movesOf = (resource: Resource, world: World): readonly Move[] => {
  const known = world.memory.moves.get(resource);
  if (known !== undefined) return known;
  const moves = flowsOf(resource, world.estate).map((flow) => ({ flow, sources: sourcesOf(flow, resource, world) }));
  world.memory.moves.set(resource, moves);
  return moves;
};

const sourcesOf = ({ from }: Flow, resource: Resource, world: World): Move["sources"] => {
  if (from === undefined) return [resource];
  if (from === "stack") return from;
  if (!isRef(from)) return [from];
  const found = resolve(from, resource, world);
  return found.kind === "found" ? found.resources : found;
};

const MEND = "Refer to resources of this program, made before it, or give the copy a label of its own.";

/** A rule over some kinds of movement. */
export const moveRule = (kinds: readonly MoveKind[], rule: Omit<Rule, "asks" | "judge" | "severity">): Rule => {
  const concerned: ReadonlySet<MoveKind> = new Set(kinds);
  return {
    ...rule,
    severity: "critical",
    asks: (type) => FLOWS.get(type)?.some((row) => "read" in row || concerned.has(row.kind)) === true,
    judge: (resource, world) => {
      const moves = movesOf(resource, world);
      if (moves.length === 0) return NOTHING;
      return moves.flatMap((move) => (concerned.has(move.flow.kind) ? judgeMove(move, resource, world) : NOTHING));
    },
  };
};

const judgeMove = ({ flow, sources }: Move, resource: Resource, world: World): readonly Answer[] => {
  if (sources === "stack") return judgeStack(flow, resource, world);
  const known = isList(sources) ? sources : standIn(sources, resource, world);
  if (!isList(known)) {
    if (known.kind === "pending") return [known];
    return [cannotDecide(known.path, "a copy of data whose label can be read", known.why, MEND)];
  }
  return known.flatMap((source) => judgeSource(source, flow, resource, world));
};

/** A source that is not of this program: the copy's own label stands for it. */
const standIn = (
  sources: Pending | Unclear,
  resource: Resource,
  world: World,
): readonly Resource[] | Pending | Unclear => {
  if (sources.kind === "pending") return sources;
  return isUnlabelled(resource, world) ? sources : [resource];
};

const judgeSource = (source: Resource, flow: Flow, resource: Resource, world: World): readonly Answer[] => {
  const data = dataOf(source, world);
  // Already judged, or refused, by the rules for labels and places.
  if (flow.target.to === "self" && isJudged(resource, world) && isSame(data, dataOf(resource, world))) return NOTHING;
  if (data.kind === "pending") return [data];
  if (data.kind === "unclear") {
    if (isUnlabelled(source, world) && !(source === resource && carriesLabels(resource))) {
      return judgeStack(flow, resource, world);
    }
    if (source === resource && carriesLabels(resource)) return NOTHING;
    return [cannotDecide(flow.path, "a copy of data whose label can be read", `of its source, ${data.why}`, MEND)];
  }
  return judgeData(data, flow, resource, world);
};

/** Nothing says whose data it is: all that the stack holds on that cloud. What is not seen yet is asked for again. */
const judgeStack = (flow: Flow, resource: Resource, world: World): readonly Answer[] => {
  const own = labelOf(resource, world);
  const mine = own.class === undefined && own.datasets === undefined ? undefined : dataOf(resource, world);
  const data = mine === undefined || !isClear(mine) ? stackData(resource, world) : [mine];
  const answers = data.flatMap((one) => (isClear(one) ? judgeData(one, flow, resource, world) : NOTHING));
  return world.follow === undefined && mine === undefined
    ? [...answers, { kind: "pending", path: flow.path }]
    : answers;
};

const judgeData = (
  data: Extract<Data, { kind: "class" | "datasets" }>,
  flow: Flow,
  resource: Resource,
  world: World,
): readonly Answer[] => {
  const places = whereTo(flow.target, resource, flow.path, world);
  if (flow.kind !== "hold-keys") return judgeWhere(data, places, flow.path, world);
  const homes = whereOf(resource, world).flatMap((where) =>
    where.kind === "pending" || where.kind === "unclear" || where.kind === "inside" ? [] : spotsOf(where, world),
  );
  return judgeWhere(data, places, flow.path, world, (one, spot) => {
    if (homes.some((home) => home.key === spot.key)) return undefined; // beside the data
    const [home] = homes;
    return home === undefined ? undefined : refusalOfKeys(one, home, spot, world);
  });
};

const isList = (sources: Move["sources"] | readonly Resource[] | Pending | Unclear): sources is readonly Resource[] =>
  Array.isArray(sources);

const isSame = (one: Data, other: Data): boolean => JSON.stringify(one) === JSON.stringify(other);
