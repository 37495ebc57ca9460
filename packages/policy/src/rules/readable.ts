import { CLASSES, isClass, LABEL } from "@kasbah/core/judge";
import { isReadPackage, packageOf } from "../cloud.ts";
import { atLeast, isClear, stackData } from "../facts/data.ts";
import { labelOf } from "../facts/label.ts";
import { isFree } from "../judge.ts";
import { type Resource, shown, text, UNKNOWN } from "../resource.ts";
import { ROWS } from "../tables/index.ts";
import type { World } from "../world.ts";
import { type Answer, NOTHING, type Rule } from "./rule.ts";

const MEND = "Write its resources out as typed ones, so that they can be judged; or have it waived until then.";
const WANTED = "resources that can be read";

/** Types that are made of others which the engine shows beside them. */
const COMPONENTS = /^kubernetes:(helm\.sh\/v[34]:Chart|yaml\/|kustomize\/)/;

const complaint = (path: string, found: string): Answer => ({
  kind: "complaint",
  path,
  wanted: WANTED,
  found,
  mend: MEND,
});

/** Whether what it hides may be data that are not free to be anywhere. What nothing is known of may be. */
const mayHide = (resource: Resource, world: World): boolean => {
  const label = labelOf(resource, world);
  if (isClass(label.class)) return atLeast(label.class, "confidential");
  if (label.class === UNKNOWN || label.datasets !== undefined) return true;
  const held = stackData(resource, world);
  const others = held.length > 0 ? held : allData(resource, world);
  return others.length === 0 || others.some((data) => !isClear(data) || !isFree(data, world));
};

/** What the stack holds on any cloud. */
const allData = (resource: Resource, world: World) => {
  for (const other of world.estate.all()) {
    if (other.stack !== resource.stack || ROWS.get(other.type)?.holds !== true) continue;
    const data = stackData(other, world);
    if (data.some((one) => !isClear(one) || !isFree(one, world))) return data;
  }
  return [];
};

const judgeHidden = (resource: Resource, world: World): readonly Answer[] => {
  const hides = ROWS.get(resource.type)?.hides;
  if (hides === undefined) return NOTHING;
  if (COMPONENTS.test(resource.type) && [...world.estate.all()].some(({ parent }) => parent === resource.urn))
    return NOTHING;
  if (!mayHide(resource, world)) return NOTHING;
  const chart = text(resource.props, "chart");
  const words =
    typeof chart === "string" ? `the chart ${shown(chart)}, which hides ${hides}` : `something that hides ${hides}`;
  return [complaint(chart === undefined ? "" : "chart", words)];
};

/** A package that nobody reads: only what is labelled, or stands beside restricted data, matters. */
const judgeStranger = (resource: Resource, world: World): readonly Answer[] => {
  if (isReadPackage(resource.type) || resource.provider === undefined) return NOTHING;
  const own = ["tags", "labels", "metadata"].some((key) => text(resource.props, key, LABEL.class) !== undefined);
  const classOf = text(resource.props, "tags", LABEL.class) ?? text(resource.props, "labels", LABEL.class);
  if (own && isClass(classOf) && CLASSES.indexOf(classOf) < CLASSES.indexOf("confidential")) return NOTHING;
  if (!own && !holdsSecrets(resource, world)) return NOTHING;
  return [complaint("", `a resource of ${shown(packageOf(resource.type))}, which nothing here can read`)];
};

/** Whether the stack holds restricted data anywhere. */
const holdsSecrets = (resource: Resource, world: World): boolean =>
  allData(resource, world).some((data) => (data.kind === "class" ? atLeast(data.level, "restricted") : isClear(data)));

export const requireReadableResources: Rule = {
  name: "require-readable-resources",
  severity: "high",
  description: "What may hold restricted data can be read: no chart, template or package hides it.",
  serves: ["ccc.regions", "gdpr.security"],
  remedy: MEND,
  onlyCatches: "a Helm release in a namespace of restricted data",
  asks: (type) => ROWS.get(type)?.hides !== undefined || (!isReadPackage(type) && packageOf(type) !== ""),
  atEnd: true,
  judge: (resource, world) => [...judgeHidden(resource, world), ...judgeStranger(resource, world)],
};
