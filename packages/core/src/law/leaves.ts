import type { Condition } from "./condition.ts";

/** Every leaf of a condition. */
export function* leavesOf(condition: Condition): Generator<Condition> {
  if ("all" in condition) for (const part of condition.all) yield* leavesOf(part);
  else if ("any" in condition) for (const part of condition.any) yield* leavesOf(part);
  else if ("not" in condition) yield* leavesOf(condition.not);
  else yield condition;
}

/** The facts that a condition reads; facets as `place.facets.<facet>`. */
export const factsOf = (condition: Condition): readonly string[] => [
  ...new Set(
    [...leavesOf(condition)].flatMap((leaf) => {
      if ("facets" in leaf) return leaf.facets.map((facet) => `place.facets.${facet}`);
      return "fact" in leaf ? [leaf.fact] : [];
    }),
  ),
];

/** The `@list` names that a condition uses. */
export const listsOf = (condition: Condition): readonly string[] =>
  [...leavesOf(condition)].flatMap((leaf) => {
    const value: unknown = "value" in leaf ? leaf.value : undefined;
    const entries: readonly unknown[] = Array.isArray(value) ? value : [value];
    return entries
      .filter((entry) => typeof entry === "string" && entry.startsWith("@"))
      .map((entry) => String(entry).slice(1));
  });
