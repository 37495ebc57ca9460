import { crc32 } from "node:zlib";
import { codeLengths, codesOf } from "./huffman.ts";

/**
 * gzip (RFC 1952, 1951) with the same output everywhere: one block, no date. Node's own answers with other bytes on
 * another processor or in another version, and user data that differs is a new server.
 */
export const gzip = (input: Uint8Array): Buffer => {
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(input), 0);
  trailer.writeUInt32LE(input.length, 4);
  return Buffer.concat([HEADER, deflate([...symbols(input), { literal: END, extras: [] }]), trailer]);
};

/** Deflate, no name, no date, unknown system. */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255]);
const END = 256;
const [SHORTEST, LONGEST, FARTHEST] = [3, 258, 32_768];
/** Earlier places that are tried for a match: zlib's own number for its best compression. */
const TRIES = 4096;

interface Bits {
  readonly value: number;
  readonly size: number;
}

/** A byte, the end, or a length with its distance. */
interface Symbol {
  readonly literal: number;
  readonly distance?: number;
  /** What follows the length, and what follows the distance. */
  readonly extras: readonly Bits[];
}

function* symbols(input: Uint8Array): Generator<Symbol> {
  const places = new Map<number, number[]>();
  for (let at = 0; at < input.length; ) {
    const { length, distance } = longest(input, at, places.get(keyAt(input, at)) ?? []);
    yield length < SHORTEST ? { literal: input[at] ?? 0, extras: [] } : reference(length, distance);
    for (const end = at + (length < SHORTEST ? 1 : length); at < end; at++) {
      const key = keyAt(input, at);
      const known = places.get(key);
      if (known === undefined) places.set(key, [at]);
      else known.push(at);
    }
  }
}

const keyAt = (input: Uint8Array, at: number): number =>
  ((input[at] ?? 0) << 16) | ((input[at + 1] ?? 0) << 8) | (input[at + 2] ?? 0);

/** The longest match with an earlier place, the nearest of them. */
const longest = (input: Uint8Array, at: number, places: readonly number[]) => {
  let best = { length: 0, distance: 0 };
  for (let index = places.length - 1; index >= 0 && index >= places.length - TRIES; index--) {
    const place = places[index] ?? 0;
    if (at - place > FARTHEST || best.length === LONGEST) break;
    let length = 0;
    while (length < LONGEST && at + length < input.length && input[place + length] === input[at + length]) length++;
    if (length > best.length) best = { length, distance: at - place };
  }
  return best;
};

/** RFC 1951, 3.2.5: for each code the extra bits, from which the least value of each follows. */
const LENGTHS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5];
const DISTANCES = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];

const reference = (length: number, distance: number): Symbol => {
  const first = length === LONGEST ? { index: 28, value: 0, size: 0 } : within(LENGTHS, length - SHORTEST);
  const second = within(DISTANCES, distance - 1);
  return { literal: 257 + first.index, distance: second.index, extras: [first, second] };
};

const within = (table: readonly number[], offset: number) => {
  let value = offset;
  for (const [index, size] of table.entries()) {
    if (value < 1 << size) return { index, value, size };
    value -= 1 << size;
  }
  throw new RangeError(`${offset} is in no code`);
};

/** One block with codes of its own (RFC 1951, 3.2.7). Their lengths are said in four bits each, without repetition. */
const deflate = (all: readonly Symbol[]): Buffer => {
  const literals = codeLengths(
    count(
      286,
      all.map(({ literal }) => literal),
    ),
  );
  const distances = codeLengths(
    count(
      30,
      all.flatMap(({ distance }) => (distance === undefined ? [] : [distance])),
    ),
  );
  const [literalCodes, distanceCodes] = [codesOf(literals), codesOf(distances)];
  const plain = codesOf(PLAIN);
  return pack([
    { value: 1, size: 1 }, // the last block
    { value: 2, size: 2 }, // with codes of its own
    { value: 29, size: 5 }, // for 286 literals and lengths
    { value: 29, size: 5 }, // and 30 distances
    { value: 15, size: 4 }, // and 19 lengths of codes
    ...ORDER.map((symbol) => ({ value: PLAIN[symbol] ?? 0, size: 3 })),
    ...[...literals, ...distances].map((length) => ({ value: plain[length] ?? 0, size: 4 })),
    ...all.flatMap(({ literal, distance, extras: [first = NOTHING, second = NOTHING] }) => [
      { value: literalCodes[literal] ?? 0, size: literals[literal] ?? 0 },
      first,
      distance === undefined ? NOTHING : { value: distanceCodes[distance] ?? 0, size: distances[distance] ?? 0 },
      second,
    ]),
  ]);
};

const NOTHING: Bits = { value: 0, size: 0 };
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
/** Lengths 0 to 15 take four bits each; the three ways to repeat one are not used. */
const PLAIN = ORDER.map((_, symbol) => (symbol < 16 ? 4 : 0));

const count = (size: number, found: readonly number[]): readonly number[] => {
  const counts = Array.from({ length: size }, () => 0);
  for (const symbol of found) counts[symbol] = (counts[symbol] ?? 0) + 1;
  return counts;
};

/** Bits from the lowest on (RFC 1951, 3.1.1). */
const pack = (all: readonly Bits[]): Buffer => {
  const bytes: number[] = [];
  let held = 0;
  let filled = 0;
  for (const { value, size } of all) {
    held |= value << filled;
    filled += size;
    for (; filled >= 8; filled -= 8) {
      bytes.push(held & 0xff);
      held >>>= 8;
    }
  }
  if (filled > 0) bytes.push(held & 0xff);
  return Buffer.from(bytes);
};
