import type { Row } from "./tables/row.ts";
import { asked, at, bareProperties, differences, madeUp, type Properties, same } from "./values.ts";

/** What an update would do. */
export interface Change {
  /** Every path that differs, in the engine's spelling. */
  readonly paths: readonly string[];
  /** Those of them that make another object. */
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

/** Paths in the engine's spelling against a table's: `rules[0].id` is `rules.*.id`, and whatever lies under it is too. */
function covers(pattern: string, path: string): boolean {
  const wanted = pattern.split(".");
  const found = path
    .replace(/\[\d+\]/g, ".*")
    .replace(/\["([^"]*)"\]/g, ".$1")
    .split(".");
  return found.slice(0, wanted.length).every((step, index) => step === wanted[index]);
}

/** Compares what was asked for before with what is asked for now. What the cloud computed plays no part. */
export function compare(row: Row, old: Properties, now: Properties, ignored: readonly string[] = []): Change {
  const before = { ...row.defaults, ...asked(bareProperties(old)) };
  const after = { ...row.defaults, ...asked(bareProperties(now)) };
  const paths = differences(before, after).filter((path) => !ignored.some((one) => covers(one, path)));
  const replaces = paths.filter((path) => row.replaceOn.some((pattern) => covers(pattern, path)));
  return { paths, replaces, deleteBeforeReplace: replaces.length > 0 && keepsName(row, old, now) };
}

/**
 * Whether the new object would bear the old one's name, and so the old one has to go first. As the clouds' own
 * providers do it: a name that was made up is made up anew, and other keys (a port, an address) are not looked at,
 * for which a program has to say `deleteBeforeReplace` itself.
 */
export function keepsName(row: Row, old: Properties, now: Properties): boolean {
  const property = row.naming?.property ?? (row.find.by === "name" ? row.find.properties[0] : undefined);
  if (property === undefined || madeUp(now).includes(property)) return false;
  const [mine] = at(bareProperties(old), property);
  return mine !== undefined && same(mine, at(bareProperties(now), property)[0]);
}
