import type { Members, Shapes } from "./tables/row.ts";
import { bare, isRecord, join, type Properties, type Value } from "./values.ts";

/** A property that the SDK does not declare, or that cannot be what it is. */
export interface Failure {
  readonly path: string;
  readonly reason: string;
}

/** Unknown properties of a resource's inputs, at any depth, each with the names that are known there. */
export function unknownProperties(shapes: Shapes, type: string, inputs: Properties): readonly Failure[] {
  const members = shapes.resources[type];
  return members ? inObject(shapes, members, bare(inputs), "") : [];
}

function inObject(shapes: Shapes, members: Members, value: Value, path: string): readonly Failure[] {
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    const where = join(path, key);
    const kinds = members[key];
    if (kinds) return inValue(shapes, kinds, member, where);
    // Bookkeeping of SDKs, which providers do not get to see as a property.
    if (key.startsWith("__")) return [];
    const known = Object.keys(members).join(", ");
    return [{ path: where, reason: `unknown property ${JSON.stringify(key)}; known here are: ${known}` }];
  });
}

function inValue(shapes: Shapes, kinds: readonly string[], value: Value, path: string): readonly Failure[] {
  if (kinds.length === 0 || kinds.includes("*")) return [];
  if (Array.isArray(value)) {
    return value.flatMap((item: Value, index) => inValue(shapes, kinds, item, `${path}[${index}]`));
  }
  const members = Object.assign({}, ...kinds.map((kind) => shapes.types[kind] ?? {}));
  return inObject(shapes, members, value, path);
}
