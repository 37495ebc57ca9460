import { createHash } from "node:crypto";
import { slug } from "./slug.ts";

/** Sensitivity classes, closed, from the least to the most sensitive. */
export const CLASSES = ["public", "internal", "confidential", "restricted", "critical"] as const;
export type Class = (typeof CLASSES)[number];

export const isClass = (value: unknown): value is Class => (CLASSES as readonly unknown[]).includes(value);

/** Keys of the four labels that every resource carries. */
export const LABEL = {
  class: "kasbah-class",
  datasets: "kasbah-datasets",
  owner: "kasbah-owner",
  env: "kasbah-env",
} as const;

export type Labels = Readonly<Record<string, string>>;

/** Label values are valid on every cloud and in Kubernetes: `[a-z0-9-]` joined by `_`, at most 63 characters. */
export const MAX_LABEL = 63;

export interface LabelSource {
  readonly class: Class;
  readonly datasets: readonly string[];
  /** The owner's domain. */
  readonly owner: string;
  readonly env: string;
}

/** The labels of a resource. Only what holds or moves data names its datasets. */
export const labelsOf = ({ class: level, datasets, owner, env }: LabelSource, holdsData: boolean): Labels => ({
  [LABEL.class]: level,
  ...(holdsData && datasets.length > 0 ? { [LABEL.datasets]: datasetsLabel(datasets) } : {}),
  [LABEL.owner]: slug(owner).slice(0, MAX_LABEL),
  [LABEL.env]: slug(env).slice(0, MAX_LABEL),
});

/** Dataset names joined by `_`, sorted; more than fit become `set-<8 hex>`, which the declaration resolves. */
export const datasetsLabel = (datasets: readonly string[]): string => {
  const joined = [...new Set(datasets)].sort().join("_");
  return joined.length <= MAX_LABEL ? joined : `set-${hash8(joined)}`;
};

/** Eight hex digits that tell names apart (of SHA-256). Not a secret. */
export const hash8 = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 8);

/**
 * The datasets that a label names.
 * @param sets the dataset lists of the declared workloads, among which a `set-<8 hex>` label is looked up
 * @returns `undefined` for a `set-` label that belongs to none of them
 */
export const datasetsOfLabel = (value: string, sets: Iterable<readonly string[]>): readonly string[] | undefined =>
  value.startsWith("set-") ? [...sets].find((names) => datasetsLabel(names) === value) : value.split("_");
