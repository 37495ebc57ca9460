import { type Dataset, effectiveForm, FORMS, type Form, withImplied } from "../dataset.ts";
import { CLASSES, type Class } from "../label.ts";
import { own } from "./own.ts";
import type { Scheme } from "./regime.ts";
import { rankOf } from "./scheme.ts";

type Datasets = Readonly<Record<string, Dataset>>;

/** Every dataset with what it inherits. */
export const inheritAll = (datasets: Datasets, schemes: readonly Scheme[]): Datasets =>
  Object.fromEntries(Object.keys(datasets).map((name) => [name, inherit(name, datasets, schemes)]));

/**
 * A dataset with its sources' label: embeddings, prompts, caches, weights and backups are what they were made from.
 * Highest class, all categories, highest legal levels; not when it is reclassified on record.
 */
export const inherit = (name: string, datasets: Datasets, schemes: readonly Scheme[]): Dataset => {
  const self = own(datasets, name);
  if (self === undefined) throw new Error(`no dataset ${name}`);
  const sources = sourcesOf(name, datasets);
  if (sources.length === 0) return self;
  const { labels, ...rest } = { ...self, ...carried([self, ...sources], schemes) };
  const inherited = inheritedLabels(self, sources, schemes);
  return {
    ...rest,
    ...(Object.keys(inherited).length === 0 ? {} : { labels: inherited }),
    role: self.role ?? "derived",
  };
};

/** Everything that a dataset was made from, each once; a reclassified one stands for what it was made from. */
const sourcesOf = (name: string, datasets: Datasets): readonly Dataset[] => {
  const reached = new Map<string, Dataset>();
  const open = [name];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const dataset = own(datasets, next);
    if (dataset === undefined || reached.has(next)) continue;
    reached.set(next, dataset);
    if (dataset.reclassified === undefined) open.push(...(dataset.derivedFrom ?? []));
  }
  reached.delete(name);
  return [...reached.values()];
};

/**
 * The legal levels of derived data: the highest of its own and of what it comes from. What has sources itself may be
 * silent, since it carries theirs; where an origin is silent, nobody knows the level, whatever the others say.
 */
const inheritedLabels = (
  self: Dataset,
  sources: readonly Dataset[],
  schemes: readonly Scheme[],
): Readonly<Record<string, string>> => {
  const isOrigin = ({ derivedFrom, reclassified }: Dataset): boolean =>
    derivedFrom === undefined || reclassified !== undefined;
  const said = [self, ...sources];
  const declared = [...new Set(said.flatMap(({ labels }) => Object.keys(labels ?? {})))];
  const known = declared.filter((scheme) =>
    sources.every((source) => !isOrigin(source) || own(source.labels ?? {}, scheme) !== undefined),
  );
  return Object.fromEntries(
    known.flatMap((scheme) => {
      const levels = said.flatMap(({ labels }) => own(labels ?? {}, scheme) ?? []);
      return Object.entries(
        highestLabels(
          levels.map((level) => ({ [scheme]: level })),
          schemes,
        ),
      );
    }),
  );
};

/** The label of data that is joined: the highest of each part, the rawest form. */
export const joined = (parts: readonly Dataset[], schemes: readonly Scheme[]): Dataset => {
  const form = FORMS.find((candidate) => parts.some((part) => effectiveForm(part) === candidate)) ?? ("raw" as Form);
  const method = parts.find((part) => part.form === form)?.method;
  return { ...carried(parts, schemes), form, ...(method === undefined ? {} : { method }) };
};

const carried = (
  parts: readonly Dataset[],
  schemes: readonly Scheme[],
): Pick<Dataset, "class" | "categories" | "labels"> => {
  const labels = highestLabels(
    parts.map((part) => part.labels ?? {}),
    schemes,
  );
  return {
    class: CLASSES.findLast((level) => parts.some((part) => part.class === level)) ?? ("critical" as Class),
    categories: withImplied(parts.flatMap(({ categories }) => categories)),
    ...(Object.keys(labels).length === 0 ? {} : { labels }),
  };
};

/** The highest level in each scheme. Where one part is silent or cannot be ranked, the level is undeclared: unknown. */
export const highestLabels = (
  parts: readonly Readonly<Record<string, string>>[],
  schemes: readonly Scheme[],
): Readonly<Record<string, string>> => {
  const highest: Record<string, string> = {};
  for (const scheme of new Set(parts.flatMap((labels) => Object.keys(labels)))) {
    if (parts.some((labels) => own(labels, scheme) === undefined)) continue;
    const levels = [...new Set(parts.flatMap((labels) => own(labels, scheme) ?? []))];
    const known = schemes.find(({ id }) => id === scheme);
    const ranks = levels.map((level) => (known === undefined ? undefined : rankOf(known, level)));
    const [only] = levels;
    if (levels.length === 1 && only !== undefined) highest[scheme] = only;
    else if (known !== undefined && !ranks.includes(undefined)) {
      const top = Math.max(...ranks.map((rank) => rank ?? 0));
      const level = levels.find((candidate) => rankOf(known, candidate) === top);
      if (level !== undefined) highest[scheme] = level;
    }
  }
  return highest;
};
