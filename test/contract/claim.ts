import { type Estate, ofType, type Row, withRow } from "./estate.ts";
import { type Path, read, write } from "./path.ts";

/** An estate in which one guarantee is gone and everything else is as it was. */
export interface Break {
  readonly what: string;
  readonly estate: Estate;
}

/** How one cloud keeps a guarantee: what to read, and every way to take it away. Both come from the same words. */
export interface Claim {
  /** @returns true, or what was wanted and what was found */
  holds(estate: Estate): true | string;
  breaks(estate: Estate): Break[];
}

/** A guarantee that nothing in this cloud's resources can show, and why. It is counted, never passed over in silence. */
export interface Waived {
  readonly waived: string;
}

export const waived = (reason: string): Waived => ({ waived: reason });

/** What a value has to be, and values that are none of it. */
export interface Wanted {
  readonly wanted: string;
  ok(value: unknown): boolean;
  readonly bad: readonly unknown[];
}

export const is = (value: unknown, ...bad: unknown[]): Wanted => ({
  wanted: JSON.stringify(value),
  ok: (found) => found === value,
  bad: typeof value === "boolean" ? [!value] : typeof value === "number" ? [value - 1, value + 1] : bad,
});

export const oneOf = (values: readonly string[], ...bad: unknown[]): Wanted => ({
  wanted: values.join(" or "),
  ok: (found) => values.some((value) => value === found),
  bad,
});

export const matches = (pattern: RegExp, ...bad: unknown[]): Wanted => ({
  wanted: `${pattern}`,
  ok: (found) => typeof found === "string" && pattern.test(found),
  bad,
});

export const atLeast = (fewest: number): Wanted => ({
  wanted: `at least ${fewest}`,
  ok: (found) => typeof found === "number" && found >= fewest,
  bad: [fewest - 1],
});

export const EMPTY: Wanted = { wanted: "nothing", ok: (found) => isNothing(found), bad: [] };

/** Every resource of the type, of which there is at least one, has at the path at least one value, and only such. */
export const every = (type: string, path: Path, wanted: Wanted): Claim => ({
  holds(estate) {
    const rows = ofType(estate, type);
    if (rows.length === 0) return `no ${type}`;
    for (const row of rows) {
      const found = read(row.properties, path);
      const wrong = found.find((value) => !wanted.ok(value));
      if (found.length === 0 || wrong !== undefined)
        return differs(row, path, wanted, found.length === 0 ? undefined : wrong);
    }
    return true;
  },
  breaks: (estate) =>
    ofType(estate, type).flatMap((row) => [undefined, ...wanted.bad].map((bad) => put(estate, row, path, bad))),
});

/** No resource of the type has anything at the path. */
export const never = (type: string, path: Path, example: unknown): Claim => ({
  holds(estate) {
    const row = ofType(estate, type).find(({ properties }) => !read(properties, path).every(isNothing));
    return row === undefined || differs(row, path, EMPTY, read(row.properties, path)[0]);
  },
  breaks: (estate) => ofType(estate, type).map((row) => put(estate, row, path, example)),
});

/** There is no resource of these types at all. */
export const none = (...types: string[]): Claim => ({
  holds: (estate) => {
    const row = estate.find(({ type }) => types.includes(type));
    return row === undefined || `wanted no ${row.type}, found ${row.name ?? "one"}`;
  },
  breaks: (estate) =>
    types.map((type) => ({
      what: `a ${type} is added`,
      estate: [...estate, { ...disguise(estate), type, name: "intruder" }],
    })),
});

/** There is a resource of the type. For what carries no name and no label of its own. */
export const some = (type: string): Claim => ({
  holds: (estate) => ofType(estate, type).length > 0 || `no ${type}`,
  breaks: (estate) => [{ what: `no ${type}`, estate: estate.filter((row) => row.type !== type) }],
});

/** All of them hold; any of them broken breaks it. */
export const all = (...claims: Claim[]): Claim => ({
  holds: (estate) => claims.map((claim) => claim.holds(estate)).find((held) => held !== true) ?? true,
  breaks: (estate) => claims.flatMap((claim) => claim.breaks(estate)),
});

export const put = (estate: Estate, row: Row, path: Path, value: unknown): Break => ({
  what: `${row.type} ${row.name ?? ""} ${path} = ${JSON.stringify(value) ?? "nothing"}`,
  estate: withRow(estate, row, { ...row, properties: write(row.properties, path, value) }),
});

/** What an intruder carries, so that it breaks one guarantee and not those of labels, names and region as well. */
const disguise = (estate: Estate): Omit<Row, "type"> => {
  const carried = ["tags", "labels"].map((key) => {
    const held = estate
      .map(({ properties }) => properties[key])
      .filter((value) => typeof value === "object" && !Array.isArray(value));
    return [key, Object.assign({}, ...held)] as const;
  });
  const region = estate[0]?.region;
  return { ...(region === undefined ? {} : { region }), properties: Object.fromEntries(carried) };
};

const isNothing = (value: unknown): boolean =>
  value === undefined || value === false || value === "" || (Array.isArray(value) && value.length === 0);

const differs = (row: Row, path: Path, { wanted }: Wanted, found: unknown): string =>
  `${row.type} ${row.name ?? ""} ${path}: wanted ${wanted}, found ${JSON.stringify(found) ?? "nothing"}`;
