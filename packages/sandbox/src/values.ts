/** A property value as the provider works with it: plain JSON, with unknowns and secrets as the engine marks them. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };

/** A bag of properties. */
export type Properties = { readonly [key: string]: Value };

/** Stands for a value that is not known before the update. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const REFERENCE = "5cf8f73096256a8f31e491e813e4eb8e";

/** Whether a value is an object with named members. */
export function isRecord(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const signature = (value: Value): Value | undefined => (isRecord(value) ? value[SIGNATURE] : undefined);

/** Whether the engine marked the value as a secret. */
export const isSecret = (value: Value): boolean => signature(value) === SECRET;

/** The value, marked as a secret. */
export const secret = (value: Value): Value => (isSecret(value) ? value : { [SIGNATURE]: SECRET, value });

/** Every value of a tree rewritten, from the leaves up. Members that become `undefined` are left out. */
export function rewrite(value: Value, change: (value: Value) => Value | undefined): Value | undefined {
  if (Array.isArray(value)) return change(value.map((item: Value) => rewrite(item, change) ?? null));
  if (!isRecord(value)) return change(value);
  const members: Record<string, Value> = {};
  for (const [key, member] of Object.entries(value)) {
    const changed = rewrite(member, change);
    if (changed !== undefined) members[key] = changed;
  }
  return change(members);
}

/** What came over the wire, with outputs and resource references reduced to plain values and nulls left out. */
export function received(wire: Properties): Properties {
  const plain = rewrite(wire, (value) => {
    if (value === null) return undefined;
    if (!isRecord(value)) return value;
    if (value[SIGNATURE] === REFERENCE) return value["id"] ?? value["urn"] ?? UNKNOWN;
    if (value[SIGNATURE] !== OUTPUT) return value;
    const content = value["value"] ?? UNKNOWN;
    return value["secret"] === true ? secret(content) : content;
  });
  return isRecord(plain) ? plain : {};
}

/** The tree without its secret marks. */
export function bare(value: Value): Value {
  return rewrite(value, (one) => (isRecord(one) && isSecret(one) ? (one["value"] ?? null) : one)) ?? null;
}

/** A bag without its secret marks. */
export function bareProperties(value: Properties): Properties {
  const plain = bare(value);
  return isRecord(plain) ? plain : {};
}

/** Whether a secret stands anywhere in the tree. */
export function hasSecret(value: Value): boolean {
  if (isSecret(value)) return true;
  if (Array.isArray(value)) return value.some(hasSecret);
  return isRecord(value) && Object.values(value).some(hasSecret);
}

/** Whether an unknown stands anywhere in the tree. */
export function hasUnknown(value: Value): boolean {
  if (Array.isArray(value)) return value.some(hasUnknown);
  return value === UNKNOWN || (isRecord(value) && Object.values(value).some(hasUnknown));
}

/** Whether two plain values are the same; an absent member equals a null one. */
export function same(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b || (a ?? null) === (b ?? null)) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item: Value, index) => same(item, b[index]));
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => same(a[key], b[key]));
}

/** The values at a path as `rules.*.kmsKeyId`; `*` goes over the items of a list. Absent ones are left out. */
export function at(value: Value | undefined, path: string): readonly Value[] {
  let found: readonly Value[] = value === undefined ? [] : [value];
  for (const step of path === "" ? [] : path.split(".")) {
    found = found.flatMap((one): readonly Value[] => {
      if (step === "*") return Array.isArray(one) ? one : [];
      const member = Array.isArray(one) ? one[Number(step)] : isRecord(one) ? one[step] : undefined;
      return member === undefined ? [] : [member]; // a list is one member, and not its items
    });
  }
  return found.filter((one) => one !== null);
}

/** Paths at which two plain bags differ, as deep as both have members: `tags.Name`, `rules[0].id`. */
export function differences(old: Value | undefined, now: Value | undefined, path = ""): readonly string[] {
  if (same(old, now)) return [];
  if (Array.isArray(old) && Array.isArray(now)) {
    const longest = Math.max(old.length, now.length);
    return Array.from({ length: longest }, (_, i) => differences(old[i], now[i], `${path}[${i}]`)).flat();
  }
  if (!isRecord(old) || !isRecord(now)) return [path];
  const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  return keys.flatMap((key) => differences(old[key], now[key], join(path, key)));
}

/** A member's path, in the engine's spelling. */
export function join(path: string, key: string): string {
  if (!/^[\w$-]+$/.test(key)) return `${path}["${key}"]`;
  return path === "" ? key : `${path}.${key}`;
}

const MADE_UP = "__defaults";

/** The properties of a bag that nobody asked for: a name that the provider made up. */
export function madeUp(bag: Properties): readonly Value[] {
  const names = bag[MADE_UP];
  return Array.isArray(names) ? names : [];
}

/** The bag with a made-up value in it, remembered as such in the engine's state and nowhere else. */
export function withMadeUp(bag: Properties, name: string, value: Value): Properties {
  return { ...bag, [name]: value, [MADE_UP]: [name] };
}

/** The bag without the bookkeeping of providers and SDKs, which no cloud gets to see. */
export function asked(bag: Properties): Properties {
  return Object.fromEntries(Object.entries(bag).filter(([name]) => !name.startsWith("__")));
}

/** That bookkeeping alone. */
export function bookkeeping(bag: Properties): Properties {
  return Object.fromEntries(Object.entries(bag).filter(([name]) => name.startsWith("__")));
}
