/** The value of a key, made the first time. */
export const remembered = <K, V>(map: Map<K, V>, key: K, make: () => V): V => {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
};

/** Small numbers for long texts: 0, 1, 2 in the order in which they come. */
export const numbering = <K>(): ((key: K) => number) => {
  const numbers = new Map<K, number>();
  return (key) => remembered(numbers, key, () => numbers.size);
};

/** The same for keys that are small numbers. */
export const kept = <V>(list: V[], index: number, make: () => V): V => {
  const known = list[index];
  if (known !== undefined) return known;
  const made = make();
  list[index] = made;
  return made;
};
