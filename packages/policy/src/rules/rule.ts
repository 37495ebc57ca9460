import type { Finding } from "@kasbah/core";
import { type Clear, type Data, isClear } from "../facts/data.ts";
import { type Spot, spotsOf } from "../facts/place.ts";
import type { Where } from "../facts/region.ts";
import { isFree, type Refusal, refusalOf } from "../judge.ts";
import { type Resource, shown } from "../resource.ts";
import type { Pending, World } from "../world.ts";
import type { ControlId } from "./controls.ts";

/** What a rule says of one property: a complaint, or that it cannot be told before the end of the preview. */
export type Answer = (Refusal & { readonly kind: "complaint"; readonly path: string }) | Pending;

/** A rule: data, and one pure predicate. Nothing in the answer: the resource keeps the rule. */
export interface Rule {
  /** Verb first. */
  readonly name: string;
  readonly severity: Finding["severity"];
  readonly description: string;
  /** The articles and controls that it serves, where a finding has none of its own. */
  readonly serves: readonly ControlId[];
  readonly remedy: string;
  /** A breach that no other rule sees. */
  readonly onlyCatches: string;
  /** Whether it has anything to ask of a type. Asked once a type. */
  readonly asks: (type: string) => boolean;
  /** It complains of what is absent, so that it can only tell when everything has been seen. */
  readonly atEnd?: true;
  readonly judge: (resource: Resource, world: World) => readonly Answer[];
}

export const NOTHING: readonly Answer[] = [];

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
  data: Clear,
  places: readonly Where[],
  path: string,
  world: World,
  judge: (data: Clear, spot: Spot, world: World) => Refusal | undefined = refusalOf,
): readonly Answer[] => {
  if (isFree(data, world)) return NOTHING;
  const wanted =
    data.kind === "class" ? `a readable place for ${data.level} data` : `a readable place for ${named(data)}`;
  if (places.length === 0) return [cannotDecide(path, wanted, "it names no place", READABLE)];
  const answers: Answer[] = [];
  for (const where of places) {
    if (where.kind === "inside") continue;
    if (where.kind === "pending") answers.push(where);
    else if (where.kind === "unclear") answers.push(cannotDecide(where.path || path, wanted, where.why, READABLE));
    else {
      for (const spot of spotsOf(where, world)) {
        const refusal = judge(data, spot, world);
        if (refusal !== undefined) answers.push({ kind: "complaint", path, ...refusal });
      }
    }
  }
  return answers;
};

const named = ({ names }: { readonly names: readonly string[] }): string => names.map(shown).join(", ");

/** The data of a list that are known. */
export const clearOf = (data: readonly Data[]): readonly Clear[] => data.filter(isClear);
