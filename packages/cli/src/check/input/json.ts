import { readFileSync, statSync } from "node:fs";
import { placesIn } from "./places.ts";
import { scanJson } from "./scan.ts";

/** Files up to this size are parsed in one go, which is faster; larger ones member by member, which holds less. */
const WHOLE = 48 * 1024 ** 2;

/** A member of one of the arrays that were asked for. */
export interface Member {
  readonly value: unknown;
  /** Dotted path of its array. */
  readonly path: string;
  readonly index: number;
  /** Whether something in it may be marked as secret. */
  readonly marked: boolean;
  /** Whether the file is so large that only what is needed may be kept. */
  readonly large: boolean;
}
export type Take = (member: Member) => void;

/** The rest of a file, with those arrays empty, or what is wrong with it and where. */
export type ReadJson = { readonly ok: true; readonly rest: unknown } | { readonly ok: false; readonly fault: string };

/** How the engine marks what is secret: in states and logs, and in previews. */
const MARKS = ["4dabf18193072939515e22adb298388d", "[secret]"] as const;

/**
 * Reads a JSON file and hands over the members of some arrays one by one.
 * @param arrays dotted paths of arrays, as `deployment.resources`
 */
export const readJson = (file: string, arrays: readonly string[], take: Take, whole = WHOLE): ReadJson => {
  if (statSync(file).size <= whole) {
    const read = parseWhole(file, arrays, take);
    if (read !== undefined) return read;
  }
  const scanned = scanJson(file, new Set(arrays), ({ path, index, text }) =>
    take({ value: JSON.parse(text), path, index, marked: isMarked(text), large: true }),
  );
  if (scanned.ok) return { ok: true, rest: scanned.rest };
  const { what, offset } = scanned.fault;
  const place = placesIn(file, [offset]).get(offset);
  return { ok: false, fault: place === undefined ? what : `line ${place.line}, column ${place.column}: ${what}` };
};

/** Nothing when it is no JSON: the scanner tells where, which `JSON.parse` does not. */
const parseWhole = (file: string, arrays: readonly string[], take: Take): ReadJson | undefined => {
  const text = readFileSync(file, "utf8");
  let rest: unknown;
  try {
    rest = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch {
    return undefined;
  }
  const marked = isMarked(text);
  for (const path of arrays)
    takeOut(rest, path.split("."), (value, index) => take({ value, path, index, marked, large: false }));
  return { ok: true, rest };
};

const isMarked = (text: string): boolean => MARKS.some((mark) => text.includes(mark));

const takeOut = (rest: unknown, path: readonly string[], take: (value: unknown, index: number) => void): void => {
  const holder = path.slice(0, -1).reduce<unknown>(member, rest);
  const key = path.at(-1) ?? "";
  const list = member(holder, key);
  if (!Array.isArray(list) || typeof holder !== "object" || holder === null) return;
  for (let index = 0; index < list.length; index += 1) take(list[index], index);
  Reflect.set(holder, key, []);
};

/** A member of a map, own ones only. */
export const member = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;

/** The lines at which members of an array begin, counted from 1. */
export const linesOf = (file: string, array: string, indexes: ReadonlySet<number>): ReadonlyMap<number, number> => {
  const offsets = new Map<number, number>();
  scanJson(file, new Set([array]), ({ index, offset }) => {
    if (indexes.has(index)) offsets.set(index, offset);
  });
  const places = placesIn(file, [...offsets.values()]);
  return new Map([...offsets].map(([index, offset]) => [index, places.get(offset)?.line ?? 1]));
};
