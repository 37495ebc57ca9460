import type { EstateContext } from "../plain.ts";
import type { Resource } from "../resource.ts";

/** A small estate; the last resource is judged. */
export interface Sample {
  readonly why: string;
  readonly estate: readonly Resource[];
  /**
   * What it is judged with. `house`: the declaration of a retrieval application, whose documents and vectors may be in
   * `home` (openstack/RegionOne, MA) only, and whose product-docs anywhere. `labels`: nothing. `labels-home`: MA.
   * `labels-france`: FR.
   * @default "house"
   */
  readonly settings?: "house" | "labels" | "labels-home" | "labels-france";
  /** What the input cannot say. */
  readonly context?: EstateContext;
  /** Words that the finding must hold. */
  readonly says?: readonly string[];
}

/** What a rule lets pass and what it does not. Tested beside every rule. */
export interface Samples {
  readonly pass: readonly Sample[];
  readonly fail: readonly Sample[];
}

/** A resource of a sample. Its name is its physical name where the type has `name`, else only its own. */
export const made = (type: string, name: string, props: object, provider: object = {}): Resource => ({
  urn: `urn:pulumi:dev::samples::${type}::${name}`,
  type,
  name,
  props,
  provider: { type: `pulumi:providers:${type.split(":", 1).join()}`, props: provider },
});

/** The labels of a sample. */
export const labels = (level: string, datasets?: string): object => ({
  "kasbah-class": level,
  ...(datasets === undefined ? {} : { "kasbah-datasets": datasets }),
});

export const PARIS = { region: "eu-west-3" } as const;
export const HOME = { region: "RegionOne" } as const;
/** What the engine gives for a text that is not known before the end of a preview. */
export const NOT_KNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** An S3 bucket of a sample. */
export const bucket = (name: string, level: string, datasets?: string, region: string = PARIS.region): Resource =>
  made("aws:s3/bucket:Bucket", name, { bucket: name, region, tags: labels(level, datasets) });
