import type { FlowKind } from "@kasbah/core";
import type { Estate } from "../estate.ts";
import type { Resource, Text } from "../resource.ts";

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

/** Where a flow goes. */
export type Target =
  | { readonly to: "self" }
  | { readonly to: "region"; readonly region: Text }
  | { readonly to: "ref"; readonly ref: Ref }
  | { readonly to: "resource"; readonly resource: Resource }
  /** The region that the cloud has paired with the resource's own. */
  | { readonly to: "pair" }
  /** Somewhere that has no single region, said in words. */
  | { readonly to: "elsewhere"; readonly words: string };

/** Data that leaves its place, as one resource asks for it. */
export interface Flow {
  readonly kind: FlowKind;
  /** Property that asks for it. */
  readonly path: string;
  /** Whose data. @default - the resource's own */
  readonly from?: Ref | Resource;
  readonly target: Target;
}

/** How the flows of a type are read. */
export interface FlowReader {
  readonly read: (resource: Resource, estate: Estate) => readonly Flow[];
  /** What the provider does when the property is absent, where that means something. */
  readonly absent: string;
  /** Where that and the property stand. */
  readonly source: string;
}

export type FlowReaders = Readonly<Record<string, FlowReader>>;

export const isRef = (from: Ref | Resource): from is Ref => !("urn" in from);

/** A flow for each region that is named. */
export const toRegions = (kind: FlowKind, path: string, regions: readonly Text[]): readonly Flow[] =>
  regions.map((region) => ({ kind, path, target: { to: "region", region } }));

/** A copy that is the resource itself: its source's data come to its own place. None without a source. */
export const copyOf = (kind: FlowKind, from: Ref): readonly Flow[] =>
  from.value === undefined ? [] : [{ kind, path: from.path, from, target: { to: "self" } }];
