import { CLASSES, type Class, datasetsOfLabel, isClass } from "@kasbah/core/judge";
import { cloudOf, isInCluster } from "../cloud.ts";
import { type Resource, shown, UNKNOWN } from "../resource.ts";
import { ROWS } from "../tables/index.ts";
import type { Pending, Unclear, World } from "../world.ts";
import { type Label, labelOf } from "./label.ts";

/** Which data a resource holds, by its label: data sets of the declaration, or a class alone. */
export type Data =
  | { readonly kind: "datasets"; readonly names: readonly string[] }
  | { readonly kind: "class"; readonly level: Class }
  | Pending
  | Unclear;

/** Data of which it is known what they are. */
export type Clear = Exclude<Data, Unclear | Pending>;

export const isClear = (data: Data): data is Clear => data.kind === "datasets" || data.kind === "class";

/** Reads the data of a resource off its label. Names that the declaration does not know are unclear. */
export const dataOf = (resource: Resource, world: World): Data => readData(labelOf(resource, world), world);

const readData = (label: Label, world: World): Data => {
  if (label.pending !== undefined) return { kind: "pending", path: label.pending };
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

/** Whether a label says nothing at all, so that what the stack holds may stand for it. */
export const isUnlabelled = (resource: Resource, world: World): boolean => {
  const label = labelOf(resource, world);
  return label.class === undefined && label.datasets === undefined && label.pending === undefined;
};

/** All that a stack holds on the resource's cloud: its data sets, and the highest class of what names none. */
export const stackData = (resource: Resource, world: World): readonly Data[] => {
  const home = homeOf(resource);
  const key = `${resource.stack ?? ""} ${home}`;
  const known = world.memory.stacks.get(key);
  if (known !== undefined) return known;
  const names = new Set<string>();
  let highest = -1;
  for (const other of world.estate.all()) {
    if (other.stack !== resource.stack || homeOf(other) !== home) continue;
    if (ROWS.get(other.type)?.holds !== true) continue;
    const data = dataOf(other, world);
    if (data.kind === "datasets") for (const name of data.names) names.add(name);
    else if (data.kind === "class") highest = Math.max(highest, CLASSES.indexOf(data.level));
  }
  const level = CLASSES[highest];
  const found: readonly Data[] = [
    ...(names.size === 0 ? [] : [{ kind: "datasets", names: [...names].sort() } as const]),
    ...(level === undefined ? [] : [{ kind: "class", level } as const]),
  ];
  world.memory.stacks.set(key, found);
  return found;
};

const homeOf = (resource: Resource): string =>
  isInCluster(resource)
    ? `kubernetes ${resource.provider?.urn ?? resource.provider?.name ?? ""}`
    : (cloudOf(resource) ?? "");

/** The class that rules about protection go by: the highest of the data sets, or what the label says. */
export const levelOf = (resource: Resource, world: World): Class | undefined => {
  const data = dataOf(resource, world);
  if (data.kind === "class") return data.level;
  if (data.kind === "datasets") {
    const declared = world.settings.declaration?.datasets ?? {};
    const levels = data.names.map((name) => CLASSES.indexOf(declared[name]?.class ?? "critical"));
    return CLASSES[Math.max(...levels)];
  }
  const { class: said } = labelOf(resource, world);
  return isClass(said) ? said : undefined;
};

export const atLeast = (level: Class, least: Class): boolean => CLASSES.indexOf(level) >= CLASSES.indexOf(least);
