const LONGEST = 64;
const MOST_KNOWN = 256;
const FARTHEST = 3;

/** The known word that is at most two edits away, or three in a long word. Nothing is looked for among very many. */
export const nearest = (word: string, known: readonly string[]): string | undefined => {
  if (word.length > LONGEST || known.length > MOST_KNOWN) return undefined;
  const farthest = Math.min(FARTHEST, Math.ceil(word.length / 3));
  const ranked = known
    .filter((candidate) => Math.abs(candidate.length - word.length) <= farthest)
    .map((candidate) => ({ candidate, distance: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= farthest ? best.candidate : undefined;
};

/** Levenshtein's distance, one row at a time. */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const insert = (next[j] ?? 0) + 1;
      const remove = (row[j + 1] ?? 0) + 1;
      const swap = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(insert, remove, swap));
    }
    row = next;
  }
  return row[b.length] ?? 0;
};
