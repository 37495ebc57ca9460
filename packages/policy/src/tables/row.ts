import type { LabelPlace } from "@kasbah/core";

/** Where labels sit: a property, or a dotted path of properties. */
export type LabelPath = LabelPlace | "properties" | "resourceLabels" | `${string}.${string}`;

/** Another resource that this one is a part of: place and label come from it where it says nothing itself. */
export interface Part {
  readonly path: string;
  readonly types: readonly string[];
  /** The value is made by the cloud: every resource of the types is meant where nothing better is known. */
  readonly opaque?: true;
}

/** How a type says where it is, in a way of its own. The first path that says something counts. */
export interface OwnRegion {
  /** Dotted paths; `*` is each member of a list, and each of them counts. */
  readonly paths: readonly string[];
  /** The region when nothing is said. */
  readonly standard?: string;
  /** It has no single region when nothing is said, or when the property of `where` is set. */
  readonly words?: { readonly where?: string; readonly text: string };
  /** What stands in front of the region's name. */
  readonly prefix?: RegExp;
  readonly source: string;
}

/** What a type is, as far as places and labels ask. */
export interface Row {
  /** Where its label sits; `none` where it cannot carry one. @default - every place of its cloud is looked at */
  readonly label?: LabelPath;
  /** It stores data or copies of them: it must have a label, and its place is judged. */
  readonly holds?: true;
  /** It works on data: its place is judged when it has a label. */
  readonly runs?: true;
  readonly part?: Part;
  /** `flows`: where it stores is said by its flows alone. @default - `location`, `region`, `zone`, or the provider's */
  readonly region?: OwnRegion | "flows";
  /** It hides other resources: what they are cannot be read. In words. */
  readonly hides?: string;
}

export type Rows = Readonly<Record<string, Row>>;

/** The same row for several types. */
export const rows = (row: Row, types: readonly string[]): Rows => Object.fromEntries(types.map((type) => [type, row]));

/** Types that hold data and carry their label in a property. */
export const stores = (label: LabelPath, types: readonly string[]): Rows => rows({ label, holds: true }, types);

/** Types that work on data. */
export const workers = (label: LabelPath, types: readonly string[]): Rows => rows({ label, runs: true }, types);

/** Parts of another resource that hold some of its data. */
export const parts = (path: string, types: readonly string[], of: readonly string[], row: Row = {}): Rows =>
  rows({ label: "none", part: { path, types: of }, ...row }, types);
