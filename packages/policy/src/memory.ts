import type { Context, Judged, Site } from "@kasbah/core";
import type { Data } from "./facts/data.ts";
import type { Label } from "./facts/label.ts";
import type { Spot } from "./facts/place.ts";
import type { Where } from "./facts/region.ts";
import type { Refusal } from "./judge.ts";
import type { Resource } from "./resource.ts";
import type { Move } from "./rules/moves.ts";

/** What one pass over an estate finds out and asks again. Labels and places hold until a resource joins. */
export interface Memory {
  readonly labels: Map<Resource, Label>;
  readonly places: Map<Resource, readonly Where[]>;
  readonly moves: Map<Resource, readonly Move[]>;
  readonly stacks: Map<string, readonly Data[]>;
  /** What the companions of a type mean. */
  readonly companions: Map<string, ReadonlySet<Resource>>;
  /** Of the settings alone: these hold as long as the settings. */
  readonly providers: WeakMap<object, readonly unknown[]>;
  readonly spots: Map<string, readonly Spot[]>;
  readonly refusals: Map<string, Refusal | undefined>;
  court?: { readonly context: Context; readonly judge: (names: readonly string[]) => (site: Site) => Judged };
}

export const newMemory = (): Memory => ({
  labels: new Map(),
  places: new Map(),
  moves: new Map(),
  stacks: new Map(),
  companions: new Map(),
  providers: new WeakMap(),
  spots: new Map(),
  refusals: new Map(),
});

/** A resource joined: what was read off the others may look different now. */
export const forgetEstate = ({ labels, places, moves, stacks, companions }: Memory): void => {
  labels.clear();
  places.clear();
  moves.clear();
  stacks.clear();
  companions.clear();
};
