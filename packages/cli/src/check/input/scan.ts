import { closeSync, openSync, readSync } from "node:fs";

/** One member of a long array, as it stands in the file. */
export interface Element {
  /** Dotted path of the array, as `deployment.resources`. */
  readonly path: string;
  readonly index: number;
  readonly text: string;
  /** Byte at which it begins. */
  readonly offset: number;
}

/** What is wrong with a file as JSON, and where. */
export interface JsonFault {
  readonly what: string;
  /** Byte in the file. */
  readonly offset: number;
}

export type Scanned = { readonly ok: true; readonly rest: unknown } | { readonly ok: false; readonly fault: JsonFault };

const CHUNK = 1 << 20;

/**
 * Reads a JSON file without holding it: the members of the named arrays are handed over one by one, the rest comes back
 * parsed, with those arrays empty. What is wrong with the file comes back with its place.
 * @param arrays dotted paths of arrays
 * @param take gets each member; it may throw a {@link SyntaxError} of `JSON.parse`, which is then placed
 */
export const scanJson = (file: string, arrays: ReadonlySet<string>, take: (element: Element) => void): Scanned => {
  const scanner = new Scanner(arrays, take);
  const descriptor = openSync(file, "r");
  try {
    const buffer = Buffer.allocUnsafeSlow(CHUNK);
    let offset = 0;
    for (let size = readSync(descriptor, buffer); size > 0; size = readSync(descriptor, buffer)) {
      scanner.feed(buffer.subarray(0, size), offset);
      offset += size;
      if (scanner.fault !== undefined) return { ok: false, fault: scanner.fault };
    }
    return scanner.end(offset);
  } finally {
    closeSync(descriptor);
  }
};

const [QUOTE, BACKSLASH, COMMA] = [34, 92, 44];
const [OPEN_LIST, CLOSE_LIST, OPEN_MAP, CLOSE_MAP] = [91, 93, 123, 125];

/** Deeper than this no array of ours lies, and keys are not remembered. */
const MAX_PATH = 4;

class Scanner {
  fault: JsonFault | undefined;
  readonly #arrays: ReadonlySet<string>;
  readonly #take: (element: Element) => void;
  /** Bytes outside of the arrays. */
  readonly #rest: Buffer[] = [];
  /** What was read of a string, a key or a member when a chunk ended. */
  readonly #pieces: Buffer[] = [];
  /** Keys from the top to the container that is open. */
  readonly #keys: string[] = [];
  #key = "";
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** Depth of the array whose members are handed over; 0 outside of one. */
  #array = 0;
  #arrayPath = "";
  #started = 0;
  #count = 0;

  constructor(arrays: ReadonlySet<string>, take: (element: Element) => void) {
    this.#arrays = arrays;
    this.#take = take;
  }

  /** Reads on. `base` is the byte at which the chunk begins. */
  feed(chunk: Buffer, base: number): void {
    let at = 0;
    while (at < chunk.length && this.fault === undefined) {
      at = this.#array === 0 ? this.#outside(chunk, at, base) : this.#inside(chunk, at, base);
    }
  }

  /** What is not in the arrays, or why the file is no JSON. */
  end(size: number): Scanned {
    if (this.#depth > 0 || this.#inString) {
      const where = this.#array === 0 ? "" : `, in ${this.#arrayPath}.${this.#count}`;
      return { ok: false, fault: { what: `the file ends in the middle${where}: it was cut off`, offset: size } };
    }
    const text = Buffer.concat(this.#rest)
      .toString("utf8")
      .replace(/^\uFEFF/, "");
    if (text.trim() === "") return { ok: false, fault: { what: "the file is empty", offset: 0 } };
    try {
      return { ok: true, rest: JSON.parse(text) };
    } catch (error) {
      return { ok: false, fault: { what: `no JSON: ${messageOf(error)}`, offset: positionOf(error) } };
    }
  }

  /** Outside of the arrays: keeps the bytes, follows the keys, until one of the arrays opens. */
  #outside(chunk: Buffer, from: number, base: number): number {
    let start = from;
    for (let at = from; at < chunk.length; at += 1) {
      const byte = chunk[at];
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (byte === BACKSLASH) this.#escaped = true;
        else if (byte === QUOTE) {
          this.#inString = false;
          this.#pieces.push(chunk.subarray(start, at));
          this.#rest.push(Buffer.concat([...this.#pieces, chunk.subarray(at, at + 1)]));
          this.#key = Buffer.concat(this.#pieces).toString("utf8");
          this.#pieces.length = 0;
          start = at + 1;
        }
      } else if (byte === QUOTE) {
        this.#keep(chunk, start, at + 1);
        start = at + 1;
        this.#inString = true;
      } else if (byte === OPEN_MAP || byte === OPEN_LIST) {
        this.#depth += 1;
        if (this.#depth <= MAX_PATH + 1) this.#keys.push(this.#key);
        const path = this.#depth <= MAX_PATH + 1 ? this.#keys.slice(1).join(".") : "";
        if (byte === OPEN_LIST && this.#arrays.has(path)) {
          this.#keep(chunk, start, at + 1);
          this.#array = this.#depth;
          this.#arrayPath = path;
          this.#count = 0;
          return at + 1;
        }
      } else if (byte === CLOSE_MAP || byte === CLOSE_LIST) {
        if (this.#depth <= MAX_PATH + 1) this.#keys.pop();
        this.#depth -= 1;
        if (this.#depth < 0) {
          this.fault = { what: "a bracket closes that was never opened", offset: base + at };
          return chunk.length;
        }
      }
    }
    if (this.#inString) this.#pieces.push(Buffer.from(chunk.subarray(start)));
    else this.#keep(chunk, start, chunk.length);
    return chunk.length;
  }

  #keep(chunk: Buffer, from: number, to: number): void {
    if (to > from) this.#rest.push(Buffer.from(chunk.subarray(from, to)));
  }

  /** Inside an array: cuts it into its members. The hot loop. */
  #inside(chunk: Buffer, from: number, base: number): number {
    const array = this.#array;
    const { length } = chunk;
    let depth = this.#depth;
    let start = this.#pieces.length > 0 || depth > array ? from : -1;
    for (let at = this.#inString ? this.#leave(chunk, from) : from; at < length; at += 1) {
      const byte = chunk[at];
      if (byte === QUOTE) {
        if (depth === array && start < 0) start = at;
        at = this.#leave(chunk, at + 1) - 1;
      } else if (byte === OPEN_MAP || byte === OPEN_LIST) {
        if (depth === array && start < 0) {
          start = at;
          this.#started = base + at;
        }
        depth += 1;
      } else if (byte === CLOSE_MAP || byte === CLOSE_LIST) {
        depth -= 1;
        if (depth === array) {
          if (!this.#hand(chunk, start, at + 1)) return length;
          start = -1;
        } else if (depth < array) {
          this.#depth = array;
          this.#array = 0;
          if (start >= 0) this.fault = { what: `${this.#arrayPath} has a member that is no map`, offset: base + start };
          return at;
        }
      } else if (depth === array && byte !== undefined && byte > 32 && byte !== COMMA) {
        this.fault = { what: `${this.#arrayPath} has a member that is no map`, offset: base + at };
        return length;
      }
    }
    if (start >= 0) this.#pieces.push(Buffer.from(chunk.subarray(start)));
    this.#depth = depth;
    return length;
  }

  /** Goes to what follows a string. One that the chunk cuts is remembered. */
  #leave(chunk: Buffer, from: number): number {
    let at = this.#escaped ? from + 1 : from;
    let byte = chunk[at];
    while (byte !== QUOTE && at < chunk.length) {
      at += byte === BACKSLASH ? 2 : 1;
      byte = chunk[at];
    }
    this.#inString = at >= chunk.length;
    this.#escaped = at > chunk.length;
    return at + 1;
  }

  /** Hands over one member. `false` when it could not be read. */
  #hand(chunk: Buffer, start: number, end: number): boolean {
    const last = chunk.subarray(start, end);
    const text =
      this.#pieces.length === 0 ? last.toString("utf8") : Buffer.concat([...this.#pieces, last]).toString("utf8");
    this.#pieces.length = 0;
    try {
      this.#take({ path: this.#arrayPath, index: this.#count, text, offset: this.#started });
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      const where = `${this.#arrayPath}.${this.#count}`;
      this.fault = { what: `no JSON in ${where}: ${messageOf(error)}`, offset: this.#started + positionOf(error) };
      return false;
    }
    this.#count += 1;
    return true;
  }
}

/** What `JSON.parse` says, without the piece of text that it quotes: it may be a secret. */
const messageOf = (error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error);
  const short = message.replace(/ in JSON at position.*$/s, "").replace(/, (?:\.\.\.)?"[\s\S]*$/, "");
  return short.replace(/token '[\s\S]*?'/, "character");
};

const positionOf = (error: unknown): number =>
  Number(/at position (\d+)/.exec(error instanceof Error ? error.message : "")?.[1] ?? 0);
