/** Numbers that look random and are the same for the same seed (mulberry32). */
export const random = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
};

/** One of a list. */
export const pick = <T>(list: readonly [T, ...T[]], next: () => number): T =>
  list[Math.floor(next() * list.length)] ?? list[0];

/** Some of the first `count` whole numbers: a share of them, and at least one. */
export const some = (count: number, share: number, next: () => number): ReadonlySet<number> => {
  const all = Array.from({ length: count }, (_, index) => index);
  const order = all.map((value) => ({ value, key: next() })).sort((a, b) => a.key - b.key);
  return new Set(order.slice(0, Math.max(1, Math.round(count * share))).map(({ value }) => value));
};
