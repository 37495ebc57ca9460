import { each, keysOf, type Placed, UNKNOWN, under } from "../resource.ts";

/** A value as a table can hold it. */
export type Plain = string | number | boolean;

/** What a value has to be. Texts are compared without regard to case. */
export interface Wanted {
  /** One of these. */
  readonly is?: readonly Plain[];
  /** None of these. */
  readonly not?: readonly Plain[];
  /** A number, at least this. */
  readonly least?: number;
  /** Anything at all, or nothing at all. */
  readonly set?: boolean;
  /** A text that matches. */
  readonly like?: RegExp;
  /** A text that does not match. */
  readonly unlike?: RegExp;
  /** In words, where the values do not say it. */
  readonly words?: string;
}

/** One property that decides a fact of a type. */
export interface Check extends Wanted {
  /** Dotted path; `*` is each member of a list. */
  readonly path: string;
  /** What the provider does when the property is absent. Without it, absence is judged as nothing. */
  readonly standard?: Plain;
  /** Only where other properties are so. */
  readonly when?: readonly Condition[];
  /** Where the property and its default stand. */
  readonly source: string;
}

export type Checks = Readonly<Record<string, readonly Check[]>>;

/** A property that is not as wanted. */
export interface Failure {
  readonly check: Check;
  /** Path with numbers in the place of `*`. */
  readonly path: string;
  readonly found: unknown;
}

/** A check of one property. */
export const need = (path: string, wanted: Wanted, standard: Plain | undefined, source: string): Check => ({
  path,
  ...wanted,
  ...(standard === undefined ? {} : { standard }),
  source,
});

/** Whether a value is as wanted; what is not known is not decided. */
export const keeps = (value: unknown, wanted: Wanted, standard?: Plain): boolean | undefined => {
  if (value === UNKNOWN) return wanted.set === undefined ? undefined : wanted.set;
  const judged = value === undefined || value === null ? standard : value;
  if (wanted.set !== undefined) return isSet(judged) === wanted.set;
  if (judged === undefined) return wanted.is === undefined && wanted.least === undefined && wanted.like === undefined;
  if (wanted.is !== undefined && !wanted.is.some((good) => same(good, judged))) return false;
  if (wanted.not?.some((bad) => same(bad, judged)) === true) return false;
  if (wanted.least !== undefined && !(Number(judged) >= wanted.least)) return false;
  if (wanted.like !== undefined && !wanted.like.test(String(judged))) return false;
  return wanted.unlike === undefined || !wanted.unlike.test(String(judged));
};

const isSet = (value: unknown): boolean => {
  if (value === undefined || value === null || value === "" || value === false) return false;
  if (Array.isArray(value)) return value.length > 0;
  return typeof value !== "object" || keysOf(value).length > 0;
};

const same = (wanted: Plain, value: unknown): boolean => {
  if (wanted === value) return true;
  if (typeof value !== "string" && typeof value !== "boolean" && typeof value !== "number") return false;
  return String(wanted).toLowerCase() === String(value).toLowerCase();
};

const paths = new Map<string, readonly string[]>();

/** A dotted path as a list, split once. */
export const split = (path: string): readonly string[] => {
  const known = paths.get(path);
  if (known !== undefined) return known;
  const parts = path.split(".");
  paths.set(path, parts);
  return parts;
};

/** A condition under which something counts. `./` in front of its path: inside the same member of the list. */
export type Condition = Wanted & { readonly path: string; readonly standard?: Plain };

/** The values under a path whose conditions hold, or may hold. */
export const placesOf = (path: string, when: readonly Condition[] | undefined, props: unknown): readonly Placed[] => {
  if (!path.includes("*")) {
    if (when?.some((condition) => excludes(condition, props)) === true) return NONE;
    return [{ path, value: under(props, split(path)) }];
  }
  const inside = when?.filter((condition) => condition.path.startsWith("./")) ?? [];
  if (when?.some((condition) => !inside.includes(condition) && excludes(condition, props)) === true) return NONE;
  if (inside.length === 0) return each(props, split(path));
  const cut = path.lastIndexOf("*");
  const rest = path.slice(cut + 2);
  const own = inside.map((condition) => ({ ...condition, path: condition.path.slice(2) }));
  return each(props, split(path.slice(0, cut + 1))).flatMap((member): readonly Placed[] => {
    if (own.some((condition) => excludes(condition, member.value))) return NONE;
    if (rest === "") return [member];
    return [{ path: `${member.path}.${rest}`, value: under(member.value, split(rest)) }];
  });
};

const NONE: readonly never[] = [];

/** What of a resource's properties is not as a check wants it. */
export const failuresOf = (check: Check, props: unknown): readonly Failure[] => {
  const { path, when, standard } = check;
  if (when === undefined && !path.includes("*")) {
    const found = under(props, split(path));
    return keeps(found, check, standard) === true ? NONE : [{ check, path, found }];
  }
  return placesOf(path, when, props)
    .filter(({ value }) => keeps(value, check, standard) !== true)
    .map((placed) => ({ check, path: placed.path, found: placed.value }));
};

/** Whether a condition rules a check out. One that is not known does not. */
const excludes = (condition: Condition, props: unknown): boolean =>
  keeps(under(props, split(condition.path)), condition, condition.standard) === false;

/** What a check wants, in words. */
export const wantedOf = ({ is, not, least, set, words }: Wanted): string => {
  if (words !== undefined) return words;
  if (is !== undefined) return is.map(String).join(" or ");
  if (least !== undefined) return `at least ${least}`;
  if (set === true) return "a value";
  return set === false ? "nothing" : `anything but ${(not ?? []).map(String).join(" or ")}`;
};
