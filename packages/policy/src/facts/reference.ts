import type { Ref } from "../flows/flow.ts";
import { type Resource, shown, UNKNOWN } from "../resource.ts";
import type { Pending, Unclear, World } from "../world.ts";

/** The resources that a reference means. */
export interface Found {
  readonly kind: "found";
  readonly resources: readonly Resource[];
}

/** Follows a reference by name, ARN or path among what was seen; one that is not known yet by the engine's own word. */
export const resolve = (ref: Ref, holder: Resource, world: World): Found | Pending | Unclear => {
  const { path, value, types } = ref;
  if (value === undefined) return { kind: "unclear", path, why: `${path} is absent` };
  if (value === UNKNOWN) {
    if (world.follow === undefined) return { kind: "pending", path };
    const property = path.split(".", 1).join();
    const resources = world.follow(holder, property, types);
    if (resources.length > 0) return { kind: "found", resources };
    return { kind: "unclear", path, why: `${path} is not known yet, and depends on no ${nouns(types)} of the program` };
  }
  const resources = ref.opaque ? ofTypes(types, world) : world.estate.find(value, types);
  if (resources.length > 0) return { kind: "found", resources };
  const why = `${path} names ${shown(value)}, which is no ${nouns(types)} that the program made before`;
  return { kind: "unclear", path, why };
};

const ofTypes = (types: readonly string[], { estate }: World): readonly Resource[] =>
  [...estate.all()].filter(({ type }) => types.includes(type));

/** `aws:s3/bucket:Bucket` is a Bucket. */
const nouns = (types: readonly string[]): string =>
  [...new Set(types.map((type) => type.slice(type.lastIndexOf(":") + 1)))].join(" or ");
