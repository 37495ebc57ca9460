import { isClass, LABEL } from "@kasbah/core/judge";
import { cloudOf, isInCluster } from "../cloud.ts";
import type { EstateContext } from "../plain.ts";
import { at, items, type Provider, type Resource, type Text, text, UNKNOWN, under } from "../resource.ts";
import { isKind, ROWS } from "../tables/index.ts";
import type { World } from "../world.ts";
import { split } from "./check.ts";
import { resolve } from "./reference.ts";

/** A resource's label as it was read, and where. */
export interface Label {
  readonly class: Text;
  readonly datasets: Text;
  /** Property that carries it, for messages. */
  readonly path: string;
  /** Property that has to be followed first, at the end of the preview. */
  readonly pending?: string;
}

/** The most holders that are asked; a component is rarely deeper than four. */
const MAX_HOLDERS = 16;

const NO_LABEL: Label = { class: undefined, datasets: undefined, path: "" };

/** The label of a resource; one that has none of its own takes that of what it is a part of, or of its nearest parent. */
export const labelOf = (resource: Resource, world: World): Label => {
  const known = world.memory.labels.get(resource);
  if (known !== undefined) return known;
  const label = holderLabel(resource, world, MAX_HOLDERS);
  world.memory.labels.set(resource, label);
  return label;
};

const holderLabel = (resource: Resource, world: World, left: number): Label => {
  const paths = labelPaths(resource);
  const own = paths === undefined || paths.length === 0 ? undefined : readLabel(resource, paths, world);
  if (own?.class !== undefined || own?.datasets !== undefined) return own;
  const inherited = left === 0 ? NO_LABEL : fromHolders(resource, world, left - 1, own === undefined);
  if (inherited.class !== undefined || inherited.datasets !== undefined || inherited.pending !== undefined) {
    return inherited;
  }
  return own ?? NO_LABEL;
};

/** What it is a part of, its namespace, its parent, its stack: the first that says something. */
const fromHolders = (resource: Resource, world: World, left: number, bare: boolean): Label => {
  const { estate } = world;
  const part = ROWS.get(resource.type)?.part;
  if (part !== undefined) {
    const value = text(resource.props, ...split(part.path));
    const found = value === undefined ? undefined : resolve({ ...part, value }, resource, world);
    if (found?.kind === "pending") return { ...NO_LABEL, pending: found.path };
    for (const holder of found?.kind === "found" && found.vague !== true ? found.resources : []) {
      if (holder === resource) continue;
      const label = holderLabel(holder, world, left);
      if (label.class !== undefined || label.datasets !== undefined) return label;
    }
  }
  const namespace = isInCluster(resource) ? namespaceOf(resource, world) : undefined;
  if (namespace !== undefined) {
    const label = readLabel(namespace, ["metadata.labels"], world);
    if (label.class !== undefined || label.datasets !== undefined) return label;
  }
  const parent =
    resource.parent === undefined || !(bare || isInCluster(resource)) ? undefined : estate.get(resource.parent);
  if (parent !== undefined && parent !== resource) {
    const label = holderLabel(parent, world, left);
    if (label.class !== undefined || label.datasets !== undefined) return label;
  }
  const stack = resource.stack === undefined ? undefined : estate.context.stacks?.[resource.stack];
  if (stack?.class === undefined && stack?.datasets === undefined) return NO_LABEL;
  return { class: stack.class, datasets: stack.datasets?.join("_"), path: "" };
};

const NAMESPACE = ["kubernetes:core/v1:Namespace"] as const;

/** The namespace of a Kubernetes resource, where the program makes it. */
const namespaceOf = (resource: Resource, world: World): Resource | undefined => {
  if (resource.type === NAMESPACE[0]) return undefined;
  const value = text(resource.props, "metadata", "namespace") ?? text(resource.props, "namespace") ?? "default";
  const path = "metadata.namespace";
  if (value === UNKNOWN) {
    const found = resolve({ path, value, types: NAMESPACE }, resource, world);
    return found.kind === "found" ? found.resources[0] : undefined;
  }
  return world.estate.find(value, NAMESPACE).find(({ stack }) => stack === resource.stack);
};

const readLabel = (resource: Resource, paths: readonly string[], { estate, memory }: World): Label => {
  const { context } = estate;
  const holders = paths.map((path) => under(resource.props, split(path)));
  const value = (key: string, others: readonly string[] | undefined): Text => {
    for (const name of others === undefined ? [key] : [key, ...others]) {
      for (const holder of holders) {
        const found = tag(holder, name);
        if (found !== undefined) return found;
      }
      for (const map of providerMaps(resource.provider, memory.providers)) {
        const found = tag(map, name);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  };
  const present = holders.findIndex((holder) => holder !== undefined);
  return {
    class: classWord(value(LABEL.class, context.labelKeys?.class), context),
    datasets: datasetWord(value(LABEL.datasets, context.labelKeys?.datasets), context),
    path: paths[Math.max(0, present)] ?? "",
  };
};

/** A house's own word for a class. */
const classWord = (word: Text, { classWords }: EstateContext): Text => {
  if (typeof word !== "string" || classWords === undefined || isClass(word)) return word;
  return Object.hasOwn(classWords, word) ? classWords[word] : word;
};

/** Other houses separate names by commas or blanks. */
const datasetWord = (word: Text, { labelKeys }: EstateContext): Text =>
  typeof word !== "string" || labelKeys?.datasets === undefined
    ? word
    : word
        .split(/[\s,;|_]+/)
        .filter(Boolean)
        .join("_");

/** Labels that the provider puts on everything: `defaultTags` of AWS, `defaultLabels` of Google. */
const providerMaps = (
  provider: Provider | undefined,
  known: WeakMap<object, readonly unknown[]>,
): readonly unknown[] => {
  if (provider === undefined) return [];
  const { props } = provider;
  if (typeof props !== "object" || props === null) return [];
  const found = known.get(props);
  if (found !== undefined) return found;
  const maps = [at(decoded(at(props, "defaultTags")), "tags"), decoded(at(props, "defaultLabels"))].filter(
    (map) => map !== undefined,
  );
  known.set(props, maps);
  return maps;
};

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
  if (holder === undefined) return undefined;
  if (holder === UNKNOWN) return UNKNOWN;
  if (!Array.isArray(holder)) return text(holder, key);
  let unknown = false;
  for (const item of items(holder)) {
    if (item === UNKNOWN) unknown = true;
    else if (typeof item === "string" && item.startsWith(`${key}=`)) return item.slice(key.length + 1);
    else if (at(item, "key") === key) return text(item, "value");
  }
  return unknown ? UNKNOWN : undefined;
};

/** Where labels may sit on a type without a row, by cloud: all of them are looked at. */
export const GUESSES: Readonly<Record<string, readonly string[]>> = {
  aws: ["tags"],
  azure: ["tags", "metadata"],
  gcp: [
    "labels",
    "userLabels",
    "settings.userLabels",
    "resourceLabels",
    "snapshotSchedulePolicy.snapshotProperties.labels",
  ],
  openstack: ["metadata", "tags", "properties"],
  kubernetes: ["metadata.labels"],
};
const LISTS = new Map<string, readonly string[]>();

/** The properties that carry a resource's labels; none for a type that cannot carry any, `undefined` for one of no cloud. */
export const labelPaths = (resource: Resource): readonly string[] | undefined => {
  const path = ROWS.get(resource.type)?.label;
  if (path === "none") return [];
  if (path !== undefined) {
    const known = LISTS.get(path);
    if (known !== undefined) return known;
    const list = [path];
    LISTS.set(path, list);
    return list;
  }
  const cloud = isInCluster(resource) ? "kubernetes" : cloudOf(resource);
  return cloud === undefined ? undefined : GUESSES[cloud];
};

/** Whether a label is one of Kasbah's own that names no data set: what carries it holds none, and can be made again. */
export const holdsNoDataset = (resource: Resource, world: World): boolean => {
  if (labelOf(resource, world).datasets !== undefined) return false;
  return (labelPaths(resource) ?? []).some(
    (path) => tag(under(resource.props, split(path)), LABEL.owner) !== undefined,
  );
};

/** Whether the type is known to carry labels, or this one shows that it can. */
export const carriesLabels = (resource: Resource): boolean => {
  const row = ROWS.get(resource.type);
  const paths = labelPaths(resource) ?? [];
  if (isKind(resource.type) || row?.holds === true) return paths.length > 0;
  if (isInCluster(resource)) return false;
  return paths.some((path) => under(resource.props, split(path)) !== undefined);
};

/** Whether the type holds or copies data, so that its place matters. */
export const holdsData = ({ type }: Resource): boolean => ROWS.get(type)?.holds === true;
