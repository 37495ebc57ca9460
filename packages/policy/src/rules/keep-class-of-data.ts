import { CLASSES, type Class, isClass, LABEL } from "@kasbah/core";
import { dataOf } from "../facts/data.ts";
import { labelOf } from "../facts/label.ts";
import { resolve } from "../facts/reference.ts";
import type { Flow } from "../flows/index.ts";
import { type Resource, shown } from "../resource.ts";
import type { Pending, World } from "../world.ts";
import { copiesOf } from "./copies.ts";
import type { Answer, Rule } from "./rule.ts";

const above = (one: Class, other: Class): boolean => CLASSES.indexOf(one) > CLASSES.indexOf(other);

const classOf = (resource: Resource, { estate }: World): Class | undefined => {
  const level = labelOf(resource, estate).class;
  return isClass(level) ? level : undefined;
};

export const keepClassOfDatasets: Rule = {
  name: "keep-class-of-datasets",
  severity: "high",
  description: "The class on a resource is not lower than that of any data set on its label.",
  serves: "FINOS CCC: data classification tagging; ISO/IEC 27001 A.5.13 labelling of information",
  remedy: `Raise the label ${LABEL.class}, or take the data set off the label.`,
  judge: (resource, world) => {
    const level = classOf(resource, world);
    const data = dataOf(resource, world);
    if (level === undefined || data.kind !== "datasets") return [];
    const declared = world.settings.declaration?.datasets ?? {};
    return data.names.flatMap((name): readonly Answer[] => {
      const wanted = declared[name]?.class;
      if (wanted === undefined || !above(wanted, level)) return [];
      return [complaint(labelOf(resource, world.estate).path, `${wanted}, the class of ${shown(name)}`, level)];
    });
  },
};

export const keepClassOfCopies: Rule = {
  name: "keep-class-of-copies",
  severity: "high",
  description: "A copy has no lower class than what it copies.",
  serves: "FINOS CCC: data classification tagging; ISO/IEC 27001 A.5.13 labelling of information",
  remedy: `Raise the label ${LABEL.class} of the copy.`,
  judge: (resource, world) =>
    copiesOf(resource, world).flatMap(({ flow, sources }): readonly Answer[] => {
      if (!Array.isArray(sources)) return [];
      const copies = holdersOf(flow, resource, world);
      if ("kind" in copies) return [copies];
      return copies.flatMap((copy) => sources.flatMap((source) => lowered(source, copy, flow, world)));
    }),
};

/** The resources that hold the copies. What is not of the program is left to the rule for places. */
const holdersOf = ({ target }: Flow, resource: Resource, world: World): readonly Resource[] | Pending => {
  if (target.to === "self") return [resource];
  if (target.to === "resource") return [target.resource];
  if (target.to !== "ref") return [];
  const found = resolve(target.ref, resource, world);
  if (found.kind === "found") return found.resources;
  return found.kind === "pending" ? found : [];
};

const lowered = (source: Resource, copy: Resource, { path }: Flow, world: World): readonly Answer[] => {
  const wanted = classOf(source, world);
  const level = classOf(copy, world);
  if (wanted === undefined || level === undefined || !above(wanted, level)) return [];
  return [complaint(path, `a copy that is ${wanted}, as ${shown(source.name)}`, `${level} on ${shown(copy.name)}`)];
};

const complaint = (path: string, wanted: string, found: string): Answer => ({
  kind: "complaint",
  path: path === "" ? LABEL.class : path,
  wanted,
  found,
  mend: `Raise the label ${LABEL.class}.`,
});
