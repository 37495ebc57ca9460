import { resolve } from "../facts/reference.ts";
import { isRef } from "../flows/flow.ts";
import { type Flow, flowsOf } from "../flows/index.ts";
import type { Resource } from "../resource.ts";
import type { Pending, Unclear, World } from "../world.ts";

/** A copy that a resource asks for, with the resources whose data it copies as far as they can be told. */
export interface Copy {
  readonly flow: Flow;
  readonly sources: readonly Resource[] | Pending | Unclear;
}

/** The copies that a resource asks for. */
export const copiesOf = (resource: Resource, world: World): readonly Copy[] =>
  flowsOf(resource, world.estate).map((flow) => ({ flow, sources: sourcesOf(flow, resource, world) }));

const sourcesOf = ({ from }: Flow, resource: Resource, world: World): Copy["sources"] => {
  if (from === undefined) return [resource];
  if (!isRef(from)) return [from];
  const found = resolve(from, resource, world);
  return found.kind === "found" ? found.resources : found;
};
