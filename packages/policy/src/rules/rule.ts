import type { Finding } from "@kasbah/core";
import type { Data } from "../facts/data.ts";
import { spotsOf } from "../facts/place.ts";
import type { Where } from "../facts/region.ts";
import { isFree, type Refusal, refusalOf } from "../judge.ts";
import { type Resource, shown } from "../resource.ts";
import type { Pending, Unclear, World } from "../world.ts";

/** What a rule says of one property: a complaint, or that it cannot be told before the end of the preview. */
export type Answer = (Refusal & { readonly kind: "complaint"; readonly path: string }) | Pending;

/** A rule: data, and one pure predicate. Nothing in the answer: the resource keeps the rule. */
export interface Rule {
  /** Verb first. */
  readonly name: string;
  readonly severity: Finding["severity"];
  readonly description: string;
  /** The article or control that it serves, where a finding has none of its own. */
  readonly serves: string;
  readonly remedy: string;
  readonly judge: (resource: Resource, world: World) => readonly Answer[];
}

/** A refusal because something could not be read. */
export const cannotDecide = (path: string, wanted: string, why: string, mend: string): Answer => ({
  kind: "complaint",
  path,
  wanted,
  found: `cannot decide: ${why}`,
  mend,
});

const READABLE =
  "Write it as a plain value, or refer to a resource of this program, so that it can be judged before it is made.";

/** Judges data in every place that something may be in, or go to. */
export const judgeWhere = (
  data: Exclude<Data, Unclear>,
  places: readonly Where[],
  path: string,
  { settings }: World,
): readonly Answer[] => {
  if (isFree(data, settings)) return [];
  const wanted =
    data.kind === "class" ? `a readable place for ${data.level} data` : `a readable place for ${named(data)}`;
  if (places.length === 0) return [cannotDecide(path, wanted, "it names no place", READABLE)];
  return places.flatMap((where): readonly Answer[] => {
    if (where.kind === "pending") return [where];
    if (where.kind === "unclear") return [cannotDecide(where.path || path, wanted, where.why, READABLE)];
    return spotsOf(where, settings).flatMap((spot): readonly Answer[] => {
      const refusal = refusalOf(data, spot, settings);
      return refusal === undefined ? [] : [{ kind: "complaint", path, ...refusal }];
    });
  });
};

const named = ({ names }: { readonly names: readonly string[] }): string => names.map(shown).join(", ");
