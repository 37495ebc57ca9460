import type { Ref } from "../flows/flow.ts";
import { type Resource, shown, UNKNOWN } from "../resource.ts";
import type { Pending, Unclear, World } from "../world.ts";
import { split } from "./check.ts";

/** The resources that a reference means. */
export interface Found {
  readonly kind: "found";
  readonly resources: readonly Resource[];
  /** Several of one type, of which nothing tells which one is meant. */
  readonly vague?: true;
}

/** Follows a reference by name, ARN or path among what was seen; one that is not known yet by the engine's own word. */
export const resolve = (ref: Ref, holder: Resource, world: World): Found | Pending | Unclear => {
  const { path, value, types } = ref;
  if (value === undefined) return { kind: "unclear", path, why: `${path} is absent` };
  if (value !== UNKNOWN) {
    const named = world.estate.find(value, types);
    if (named.length > 0) return { kind: "found", resources: named };
    if (ref.opaque !== true) {
      const why = `${path} names ${shown(value)}, which is no ${nouns(types)} that the program made before`;
      return { kind: "unclear", path, why };
    }
  } else if (world.follow === undefined) return { kind: "pending", path };
  const followed = world.follow?.(holder, split(path)[0] ?? path, types) ?? [];
  if (followed.length > 0) return { kind: "found", resources: followed };
  const all = ref.opaque === true ? types.flatMap((type) => world.estate.ofType(type)) : [];
  if (all.length > 0) return { kind: "found", resources: all, ...(all.length > 1 ? { vague: true } : {}) };
  const why =
    value === UNKNOWN
      ? `${path} is not known yet, and depends on no ${nouns(types)} of the program`
      : `${path} names ${shown(value)}, which is no ${nouns(types)} that the program made before`;
  return { kind: "unclear", path, why };
};

/** `aws:s3/bucket:Bucket` is a Bucket. */
const nouns = (types: readonly string[]): string =>
  types.includes("*")
    ? "resource"
    : [...new Set(types.map((type) => type.slice(type.lastIndexOf(":") + 1)))].slice(0, 4).join(" or ");
