import { LABEL } from "@kasbah/core";
import type { Estate } from "../estate.ts";
import { at, entries, items, type Resource, type Text, text, UNKNOWN } from "../resource.ts";
import { labelPaths } from "./data-types.ts";

/** A resource's label as it was read, and where. */
export interface Label {
  readonly class: Text;
  readonly datasets: Text;
  /** Property that carries it, for messages. */
  readonly path: string;
}

/** The most parents that are asked; a component is rarely deeper than four. */
const MAX_PARENTS = 16;

/** The label of a resource; a type that cannot carry one takes its nearest parent's. */
export const labelOf = (resource: Resource, estate: Estate): Label => {
  let holder: Resource | undefined = resource;
  for (let steps = 0; holder !== undefined && steps < MAX_PARENTS; steps += 1) {
    const paths = labelPaths(holder);
    if (paths !== undefined && paths.length > 0) return readLabel(holder, paths);
    holder = holder.parent === undefined ? undefined : estate.get(holder.parent);
  }
  return { class: undefined, datasets: undefined, path: "" };
};

const readLabel = (resource: Resource, paths: readonly string[]): Label => {
  const value = (key: string): Text =>
    firstOf([
      ...paths.map((path) => () => tag(at(resource.props, ...path.split(".")), key)),
      ...providerMaps(resource).map((map) => () => tag(map, key)),
    ]);
  const present = paths.find((path) => at(resource.props, ...path.split(".")) !== undefined);
  return { class: value(LABEL.class), datasets: value(LABEL.datasets), path: present ?? paths[0] ?? "" };
};

const firstOf = (readers: readonly (() => Text)[]): Text => {
  for (const read of readers) {
    const found = read();
    if (found !== undefined) return found;
  }
  return undefined;
};

/** Labels that the provider puts on everything: `defaultTags` of AWS, `defaultLabels` of Google. */
const providerMaps = ({ provider }: Resource): readonly unknown[] => [
  at(decoded(at(provider?.props, "defaultTags")), "tags"),
  decoded(at(provider?.props, "defaultLabels")),
];

/** Providers get nested configuration as JSON text. */
const decoded = (value: unknown): unknown => {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
};

/** One label out of a map, of `key=value` texts, or of `{ key, value }` pairs. */
const tag = (holder: unknown, key: string): Text => {
  if (holder === UNKNOWN) return UNKNOWN;
  if (!Array.isArray(holder)) {
    const map = entries(holder);
    return map === UNKNOWN ? UNKNOWN : map.find(([name]) => name === key)?.[1];
  }
  let unknown = false;
  for (const item of items(holder)) {
    if (item === UNKNOWN) unknown = true;
    else if (typeof item === "string" && item.startsWith(`${key}=`)) return item.slice(key.length + 1);
    else if (at(item, "key") === key) return text(item, "value");
  }
  return unknown ? UNKNOWN : undefined;
};
