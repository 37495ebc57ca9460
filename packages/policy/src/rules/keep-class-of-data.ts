import { CLASSES, type Class, isClass, LABEL } from "@kasbah/core/judge";
import { dataOf } from "../facts/data.ts";
import { labelOf } from "../facts/label.ts";
import { resolve } from "../facts/reference.ts";
import type { MoveKind } from "../flows/flow.ts";
import { FLOWS, type Flow } from "../flows/index.ts";
import { type Resource, shown } from "../resource.ts";
import { ROWS } from "../tables/index.ts";
import type { Pending, World } from "../world.ts";
import { movesOf } from "./moves.ts";
import { type Answer, NOTHING, type Rule } from "./rule.ts";

const above = (one: Class, other: Class): boolean => CLASSES.indexOf(one) > CLASSES.indexOf(other);

const classOf = (resource: Resource, world: World): Class | undefined => {
  const level = labelOf(resource, world).class;
  return isClass(level) ? level : undefined;
};

export const keepClassOfDatasets: Rule = {
  name: "keep-class-of-datasets",
  severity: "high",
  description: "The class on a resource is not lower than that of any data set on its label.",
  serves: ["iso.labels"],
  remedy: `Raise the label ${LABEL.class}, or take the data set off the label.`,
  onlyCatches: "a bucket at home whose label calls restricted documents internal",
  asks: () => true,
  judge: (resource, world) => {
    const level = classOf(resource, world);
    const data = level === undefined ? undefined : dataOf(resource, world);
    if (level === undefined || data?.kind !== "datasets") return NOTHING;
    const declared = world.settings.declaration?.datasets ?? {};
    return data.names.flatMap((name): readonly Answer[] => {
      const wanted = declared[name]?.class;
      if (wanted === undefined || !above(wanted, level)) return NOTHING;
      return [complaint(labelOf(resource, world).path, `${wanted}, the class of ${shown(name)}`, level)];
    });
  },
};

/** Movements after which the data are somewhere else as they were. */
const COPIES: ReadonlySet<MoveKind> = new Set(["replicate", "backup"]);

export const keepClassOfCopies: Rule = {
  name: "keep-class-of-copies",
  severity: "high",
  description: "A copy has no lower class than what it copies.",
  serves: ["iso.labels"],
  remedy: `Raise the label ${LABEL.class} of the copy.`,
  onlyCatches: "a bucket at home, labelled public, that gets a replica of restricted objects",
  asks: (type) => FLOWS.get(type)?.some((row) => "read" in row || COPIES.has(row.kind)) === true,
  judge: (resource, world) =>
    movesOf(resource, world).flatMap(({ flow, sources }): readonly Answer[] => {
      if (!COPIES.has(flow.kind) || !Array.isArray(sources)) return NOTHING;
      const copies = holdersOf(flow, resource, world);
      if ("kind" in copies) return [copies];
      return copies.flatMap((copy) => sources.flatMap((source: Resource) => lowered(source, copy, flow, world)));
    }),
};

/** The resources that hold the copies. What is not of the program is left to the rule for places. */
const holdersOf = ({ target }: Flow, resource: Resource, world: World): readonly Resource[] | Pending => {
  if (target.to === "self") return [resource];
  if (target.to === "resource") return [target.resource];
  if (target.to !== "ref") return [];
  const found = resolve(target.ref, resource, world);
  if (found.kind === "found") return found.resources.filter(({ type }) => ROWS.get(type)?.holds === true);
  return found.kind === "pending" ? found : [];
};

const lowered = (source: Resource, copy: Resource, { path }: Flow, world: World): readonly Answer[] => {
  const wanted = classOf(source, world);
  const level = classOf(copy, world);
  if (source === copy || wanted === undefined || level === undefined || !above(wanted, level)) return NOTHING;
  return [complaint(path, `a copy that is ${wanted}, as ${shown(source.name)}`, `${level} on ${shown(copy.name)}`)];
};

const complaint = (path: string, wanted: string, found: string): Answer => ({
  kind: "complaint",
  path: path === "" ? LABEL.class : path,
  wanted,
  found,
  mend: `Raise the label ${LABEL.class}.`,
});
