import { closeSync, openSync, readSync } from "node:fs";

const CHUNK = 1 << 20;

/** Line and column, counted from 1. */
export interface LineColumn {
  readonly line: number;
  readonly column: number;
}

/** Line and column of some bytes. Reads the file once more, which is done for messages only. */
export const placesIn = (file: string, offsets: readonly number[]): ReadonlyMap<number, LineColumn> => {
  const wanted = [...new Set(offsets)].sort((a, b) => a - b);
  const found = new Map<number, LineColumn>();
  const descriptor = openSync(file, "r");
  try {
    const buffer = Buffer.allocUnsafeSlow(CHUNK);
    let [base, line, lineStart, next] = [0, 1, 0, 0];
    for (let size = readSync(descriptor, buffer); next < wanted.length; size = readSync(descriptor, buffer)) {
      const chunk = buffer.subarray(0, size);
      let newline = chunk.indexOf(10);
      for (; next < wanted.length; ) {
        const offset = wanted[next] ?? 0;
        while (newline >= 0 && base + newline < offset) {
          line += 1;
          lineStart = base + newline + 1;
          newline = chunk.indexOf(10, newline + 1);
        }
        if (size > 0 && offset >= base + size) break;
        found.set(offset, { line, column: offset - lineStart + 1 });
        next += 1;
      }
      while (newline >= 0) {
        line += 1;
        lineStart = base + newline + 1;
        newline = chunk.indexOf(10, newline + 1);
      }
      base += size;
    }
  } finally {
    closeSync(descriptor);
  }
  return found;
};
