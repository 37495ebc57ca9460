import { CLASSES, type Declaration, isClass, LABEL } from "@kasbah/core/judge";
import { split } from "./facts/check.ts";
import { PODS } from "./facts/containers.ts";
import { labelPaths } from "./facts/label.ts";
import { items, type Resource, text, UNKNOWN, under } from "./resource.ts";
import { imageIs, TELEMETRY } from "./rules/egress.ts";

/**
 * Mends what is safe to mend, in place: a class that is missing or lower than that of the data sets named beside it; a
 * telemetry switch that is not set. Everything else is for people.
 * @returns whether anything was changed
 */
export const mend = (resource: Resource, declaration: Declaration | undefined): boolean => {
  const labels = mendLabel(resource, declaration);
  return mendTelemetry(resource) || labels;
};

const mendLabel = (resource: Resource, declaration: Declaration | undefined): boolean => {
  if (declaration === undefined) return false;
  let changed = false;
  for (const path of labelPaths(resource) ?? []) {
    const holder = under(resource.props, split(path));
    if (typeof holder !== "object" || holder === null || Array.isArray(holder)) continue;
    const named = text(holder, LABEL.datasets);
    const wanted = typeof named === "string" ? highest(named, declaration) : undefined;
    const said = text(holder, LABEL.class);
    if (wanted === undefined || said === UNKNOWN) continue;
    const level = isClass(said) ? CLASSES.indexOf(said) : -1;
    if (said !== undefined && level < 0) continue; // a word that somebody chose
    if (level >= CLASSES.indexOf(wanted)) continue;
    changed = Reflect.set(holder, LABEL.class, wanted) || changed;
  }
  return changed;
};

const highest = (named: string, { datasets }: Declaration) => {
  const levels = named.split("_").map((name) => CLASSES.indexOf(datasets[name]?.class ?? "public"));
  return named.split("_").every((name) => Object.hasOwn(datasets, name)) ? CLASSES[Math.max(...levels)] : undefined;
};

const mendTelemetry = ({ type, props }: Resource): boolean => {
  const prefix = PODS.get(type);
  if (prefix === undefined) return false;
  let changed = false;
  for (const list of ["initContainers", "containers"]) {
    for (const container of items(props, ...split(prefix), list)) {
      const image = container === UNKNOWN ? undefined : text(container, "image");
      if (typeof image !== "string" || typeof container !== "object" || container === null) continue;
      for (const service of TELEMETRY) {
        if (service.optional === true || !imageIs(image, service)) continue;
        changed = silence(container, service.env) || changed;
      }
    }
  }
  return changed;
};

/** Sets the first switch, unless one of them is there already, whatever it says. */
const silence = (container: object, switches: Readonly<Record<string, readonly string[]>>): boolean => {
  const [first] = Object.entries(switches);
  const env = under(container, ["env"]);
  if (first === undefined || env === UNKNOWN) return false;
  if (
    items(env).some(
      (one) => typeof text(one, "name") === "string" && Object.hasOwn(switches, String(text(one, "name"))),
    )
  ) {
    return false;
  }
  const entry = { name: first[0], value: first[1][0] ?? "1" };
  if (Array.isArray(env)) return env.push(entry) > 0;
  return Reflect.set(container, "env", [entry]);
};
