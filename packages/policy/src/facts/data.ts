import { type Class, datasetsOfLabel, isClass } from "@kasbah/core";
import { type Resource, shown, UNKNOWN } from "../resource.ts";
import type { Unclear, World } from "../world.ts";
import { labelOf } from "./label.ts";

/** Which data a resource holds, by its label: data sets of the declaration, or a class alone. */
export type Data =
  | { readonly kind: "datasets"; readonly names: readonly string[] }
  | { readonly kind: "class"; readonly level: Class }
  | Unclear;

/** Reads the data of a resource off its label. Names that the declaration does not know are unclear. */
export const dataOf = (resource: Resource, world: World): Data => {
  const label = labelOf(resource, world.estate);
  const path = (key: string): string => (label.path === "" ? key : `${label.path}.${key}`);
  const { declaration } = world.settings;
  if (declaration !== undefined && label.datasets !== undefined) {
    const where = path("kasbah-datasets");
    if (label.datasets === UNKNOWN) return { kind: "unclear", path: where, why: `${where} is not known yet` };
    const sets = Object.values(declaration.workloads).map(({ datasets }) => datasets);
    const names = datasetsOfLabel(label.datasets, sets);
    if (names === undefined) {
      return { kind: "unclear", path: where, why: `${shown(label.datasets)} is no set of the declared workloads` };
    }
    const strange = names.filter((name) => !Object.hasOwn(declaration.datasets, name));
    if (strange.length === 0) return { kind: "datasets", names };
    return { kind: "unclear", path: where, why: `the declaration has no dataset ${strange.map(shown).join(", ")}` };
  }
  const where = path("kasbah-class");
  if (isClass(label.class)) return { kind: "class", level: label.class };
  if (label.class === UNKNOWN) return { kind: "unclear", path: where, why: `${where} is not known yet` };
  const why = label.class === undefined ? `${where} is absent` : `${shown(label.class)} is no class`;
  return { kind: "unclear", path: where, why };
};
