import type { CloudId, FlowKind } from "@kasbah/core";
import type { Estate } from "../estate.ts";
import { type Condition, keeps, type Plain, placesOf, type Wanted } from "../facts/check.ts";
import { type Placed, type Resource, type Text, textOf, UNKNOWN } from "../resource.ts";

/** A property that means another resource: by name, ARN, path or id. */
export interface Ref {
  /** Dotted path; its first part is the property whose dependencies the engine tells. */
  readonly path: string;
  readonly value: Text;
  /** Types that it may mean. */
  readonly types: readonly string[];
  /** The value is made by the cloud and says nothing: every resource of these types that was seen is meant. */
  readonly opaque?: true;
}

/** Why data move: as in core, and to be delivered to whoever asks, from wherever that is near. */
export type MoveKind = FlowKind | "deliver";

/** Several regions of which the cloud picks one. `data-zone`: those of Azure around the resource's own. */
export type Area = "data-zone";

/** Where a flow goes. */
export type Target =
  | { readonly to: "self" }
  | { readonly to: "region"; readonly region: Text; readonly cloud?: CloudId }
  | { readonly to: "ref"; readonly ref: Ref }
  | { readonly to: "key"; readonly ref: Ref }
  | { readonly to: "resource"; readonly resource: Resource }
  /** The region that the cloud has paired with the resource's own. */
  | { readonly to: "pair" }
  /** A host or URL. `sure`: only where it is known to lead to another place. */
  | { readonly to: "endpoint"; readonly url: Text; readonly sure?: true }
  /** A model by its name or ARN: where it is served. */
  | { readonly to: "model"; readonly model: Text }
  /** Somewhere that has no single region, said in words. */
  | { readonly to: "elsewhere"; readonly words: string; readonly area?: Area; readonly cloud?: CloudId };

/** Whose data a flow moves: those of another resource, or all that the stack holds. */
export type Source = Ref | Resource | "stack";

/** Data that leaves its place, as one resource asks for it. */
export interface Flow {
  readonly kind: MoveKind;
  /** Property that asks for it. */
  readonly path: string;
  /** Whose data. @default - the resource's own */
  readonly from?: Source;
  readonly target: Target;
}

/** How a type moves data, as one property says it. */
export interface FlowRow {
  readonly kind: MoveKind;
  /** Dotted path; `*` is each member of a list. */
  readonly path: string;
  /** Only where other properties are so. */
  readonly when?: readonly Condition[];
  /** Whose data. `others`: of every resource of these types. @default - the resource's own */
  readonly from?: "stack" | { readonly path: string; readonly types: readonly string[]; readonly opaque?: true };
  /**
   * What the value means. `self`: another resource, whose data come to this one. `region`, `ref`, `endpoint`, `model`:
   * where the data go. `key`: the key that they are encrypted with. `pair`, `words`: a switch, which is on where the value is as `on` says.
   */
  readonly to:
    | "self"
    | "region"
    | "ref"
    | "key"
    | "endpoint"
    | "model"
    | "pair"
    | { readonly words: string; readonly area?: Area };
  /** Types that a reference may mean. */
  readonly types?: readonly string[];
  /** For references whose value the cloud makes: all resources of the types count. */
  readonly opaque?: true;
  /** The cloud that a region is of. @default - the resource's own */
  readonly cloud?: CloudId;
  /** When a switch is on. */
  readonly on?: Wanted;
  /** What the provider does when the property is absent. */
  readonly standard?: Plain;
  /** The same in words. */
  readonly absent: string;
  /** Where that and the property stand. */
  readonly source: string;
}

/** What a row cannot say: other resources of the estate have a part in it. */
export interface FlowReader {
  readonly read: (resource: Resource, estate: Estate) => readonly Flow[];
  /** Properties that it reads. */
  readonly paths: readonly string[];
  readonly absent: string;
  readonly source: string;
}

export type FlowReaders = Readonly<Record<string, readonly (FlowRow | FlowReader)[]>>;

export const isReader = (row: FlowRow | FlowReader): row is FlowReader => "read" in row;

export const isRef = (from: Source): from is Ref => typeof from === "object" && !("urn" in from);

/** The flows that one row finds in a resource. */
export const readRow = (row: FlowRow, { props }: Resource): readonly Flow[] => {
  const { path, when, kind } = row;
  const flows: Flow[] = [];
  for (const placed of placesOf(path, when, props)) {
    const target = targetOf(row, placed);
    if (target === undefined) continue;
    if (row.to === "self") {
      const from = refOf(row, placed.path, textOf(placed.value));
      flows.push({ kind, path: placed.path, from, target });
      continue;
    }
    const sources = sourcesOf(row, props);
    if (sources === undefined) flows.push({ kind, path: placed.path, target });
    else for (const from of sources) flows.push({ kind, path: placed.path, from, target });
  }
  return flows;
};

const sourcesOf = ({ from }: FlowRow, props: unknown): readonly Source[] | undefined => {
  if (from === undefined) return undefined;
  if (from === "stack") return ["stack"];
  const { path, types, opaque } = from;
  return placesOf(path, undefined, props).flatMap(({ path: place, value }): readonly Ref[] => {
    const said = textOf(value);
    if (said === undefined) return []; // the provider asks for it, or the data come from elsewhere
    return [{ path: place, value: said, types, ...(opaque === undefined ? {} : { opaque }) }];
  });
};

const refOf = ({ types = [], opaque }: FlowRow, path: string, value: Text): Ref => ({
  path,
  value,
  types,
  ...(opaque === undefined ? {} : { opaque }),
});

/** Where the data go; nothing when the property asks for no flow. */
const targetOf = (row: FlowRow, { path, value }: Placed): Target | undefined => {
  const { to, on, standard } = row;
  if (to === "pair" || typeof to === "object") {
    if (keeps(value, on ?? { set: true }, standard) === false) return undefined;
    return to === "pair"
      ? { to: "pair" }
      : { to: "elsewhere", ...to, ...(row.cloud === undefined ? {} : { cloud: row.cloud }) };
  }
  const said = textOf(value) ?? (typeof standard === "string" ? standard : undefined);
  if (said === undefined) return undefined;
  switch (to) {
    case "self":
      return { to: "self" };
    case "region":
      return { to: "region", region: said, ...(row.cloud === undefined ? {} : { cloud: row.cloud }) };
    case "endpoint":
      return { to: "endpoint", url: said };
    case "model":
      return { to: "model", model: said };
    case "ref":
    case "key":
      return { to, ref: refOf(row, path, said) };
  }
};

/** A flow for each region that is named. */
export const toRegions = (kind: MoveKind, path: string, regions: readonly Text[]): readonly Flow[] =>
  regions.map((region) => ({ kind, path, target: { to: "region", region } }));

/** A text, when it is one. */
export const word = (value: unknown): Text => (value === UNKNOWN ? UNKNOWN : textOf(value));
