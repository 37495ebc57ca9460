import { closeSync, openSync, readSync } from "node:fs";
import type { Judged } from "../judge.ts";
import { EVENT_LINES } from "./events.ts";
import { linesOf } from "./json.ts";
import type { Entry, ReadResource } from "./model.ts";
import { PENDING } from "./state.ts";

/** The line of each finding, counted from 1: of the program, or of the file that was read. */
export const linesIn = (judged: readonly Judged[]): readonly (number | undefined)[] => {
  const wanted = Map.groupBy(
    judged.flatMap(({ resource }) => entryIn(resource) ?? []),
    keyOf,
  );
  const found = new Map(
    [...wanted].map(([key, [first, ...rest]]) => {
      if (first === undefined || isOneLine(first.file)) return [key, undefined];
      return [key, linesOf(first.file, first.array, new Set([first, ...rest].map(({ index }) => index)))];
    }),
  );
  return judged.map(({ resource }) => {
    if (resource?.entry === undefined) return resource?.at?.line;
    const { array, index } = resource.entry;
    if (array === EVENT_LINES) return index + 1;
    return array === PENDING ? undefined : (found.get(keyOf(resource.entry))?.get(index) ?? 1);
  });
};

/** The entry whose line has to be looked for. */
const entryIn = (resource: ReadResource | undefined): Entry | undefined =>
  resource?.entry?.array === EVENT_LINES || resource?.entry?.array === PENDING ? undefined : resource?.entry;

const keyOf = ({ file, array }: Entry): string => `${file}\n${array}`;

const HEAD = 4096;

/** Whether a file is not laid out in lines, so that all of it is on the first. */
const isOneLine = (file: string): boolean => {
  const descriptor = openSync(file, "r");
  try {
    const buffer = Buffer.alloc(HEAD);
    const size = readSync(descriptor, buffer);
    return !buffer.subarray(0, size).includes(10);
  } finally {
    closeSync(descriptor);
  }
};
