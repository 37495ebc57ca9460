/** Which letters a physical name may have. `dns`: `[a-z0-9-]`; `alphanumeric`: `[a-z0-9]`. */
export type Alphabet = "dns" | "alphanumeric";

/** Where a label sits on a resource. `none`: the resource cannot carry one; its parent's counts. */
export type LabelPlace = "tags" | "labels" | "userLabels" | "metadata" | "string-tags" | "none";

export interface KindName {
  /** The property that carries the physical name. */
  readonly property: string;
  readonly max: number;
  readonly alphabet: Alphabet;
  /** Within what it is unique. `global` names carry a hash of owner, project and stack. */
  readonly scope: "global" | "region" | "account" | "parent" | "none";
  /** What the name must start with, where the cloud asks for it. */
  readonly prefix?: string;
  /** Where the limits stand. */
  readonly source: string;
}

/** What Kasbah must know about a resource type, besides what its SDK says. */
export interface Kind {
  readonly label: LabelPlace;
  readonly name?: KindName;
  /** The tag that carries the physical name of a type without one: for people, and to find it again after a kill. */
  readonly nameTag?: "Name";
  /** It holds or moves data: its label names the datasets. */
  readonly holdsData?: true;
  /** Losing it loses data: protected in production. */
  readonly stateful?: true;
  /** A replacement beside the old one would collide. */
  readonly deleteBeforeReplace?: true;
}

export type Kinds = Readonly<Record<string, Kind>>;
