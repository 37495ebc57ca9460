/**
 * A path into plain properties, its parts joined by `/`: a key; `*` for every entry of an array; `key=value` for the
 * entries whose key (`a.b` for one further down) has that value; `#json` for what a string holds as JSON.
 */
export type Path = string;

type Change = (value: unknown) => unknown;

/** Every defined value at the path. */
export const read = (value: unknown, path: Path): unknown[] => {
  const found: unknown[] = [];
  walk(value, path.split("/"), (held) => {
    if (held !== undefined) found.push(held);
    return held;
  });
  return found;
};

/** A copy in which the value at the path is another; `undefined` takes the key away. */
export const write = <T>(value: T, path: Path, other: unknown): T => walk(value, path.split("/"), () => other) as T;

const walk = (value: unknown, [part, ...rest]: readonly string[], change: Change): unknown => {
  if (part === undefined) return change(value);
  if (part === "#json") return typeof value === "string" ? json(walk(JSON.parse(value), rest, change)) : value;
  if (Array.isArray(value)) {
    return value
      .map((entry) => (selects(part, entry) ? walk(entry, rest, change) : entry))
      .filter((entry) => entry !== undefined);
  }
  if (typeof value !== "object" || value === null) return rest.length === 0 ? change(undefined) : value;
  const entries = new Map<string, unknown>(Object.entries(value));
  const changed = walk(entries.get(part) ?? (rest.length > 0 ? {} : undefined), rest, change);
  if (changed === undefined) entries.delete(part);
  else if (entries.has(part) || !isEmpty(changed)) entries.set(part, changed);
  return Object.fromEntries(entries);
};

const json = (value: unknown): string => JSON.stringify(value);

const isEmpty = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;

const selects = (part: string, entry: unknown): boolean => {
  if (part === "*") return true;
  const at = part.indexOf("=");
  return read(entry, part.slice(0, at).replaceAll(".", "/")).some((held) => `${held}` === part.slice(at + 1));
};
