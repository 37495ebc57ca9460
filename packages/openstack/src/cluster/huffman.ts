/** The longest code that deflate can say (RFC 1951, 3.2.7). */
const LIMIT = 15;

/** The length of each symbol's code: the shorter the more often it comes. 0: it never comes. */
export const codeLengths = (counts: readonly number[]): readonly number[] => {
  const lengths = tree(counts);
  if (Math.max(...lengths) <= LIMIT) return lengths;
  return codeLengths(counts.map((count) => Math.ceil(count / 2)));
};

interface Node {
  readonly count: number;
  readonly symbols: readonly number[];
}

/** Huffman's: the two rarest become one, and each of their symbols is a bit longer. Ties go by order. */
const tree = (counts: readonly number[]): readonly number[] => {
  const lengths = counts.map(() => 0);
  let nodes: readonly Node[] = counts.flatMap((count, symbol) => (count > 0 ? [{ count, symbols: [symbol] }] : []));
  if (nodes.length === 1) for (const { symbols } of nodes) lengths[symbols[0] ?? 0] = 1;
  while (nodes.length > 1) {
    const [first, second, ...rest] = nodes.toSorted((a, b) => a.count - b.count);
    if (first === undefined || second === undefined) break;
    const both = { count: first.count + second.count, symbols: [...first.symbols, ...second.symbols] };
    for (const symbol of both.symbols) lengths[symbol] = (lengths[symbol] ?? 0) + 1;
    nodes = [...rest, both];
  }
  return lengths;
};

/** The codes that follow from their lengths (RFC 1951, 3.2.2), with the first bit lowest, as they are written. */
export const codesOf = (lengths: readonly number[]): readonly number[] => {
  const codes = lengths.map(() => 0);
  let next = 0;
  for (let length = 1; length <= LIMIT; length++, next <<= 1) {
    for (const [symbol, own] of lengths.entries()) {
      if (own === length) codes[symbol] = reversed(next++, length);
    }
  }
  return codes;
};

const reversed = (value: number, size: number): number => {
  let result = 0;
  for (let bit = 0; bit < size; bit++) result = (result << 1) | ((value >> bit) & 1);
  return result;
};
