import { UNKNOWN } from "@kasbah/policy/judge";

/** The key by which the engine tells special values apart. Source: pulumi, sdk/go/common/resource/properties.go. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT_VALUE = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** What a preview writes in the place of a secret. */
const WITHHELD = "[secret]";

/** Deeper values than any provider has are not looked into: nobody reads them. */
const MAX_DEPTH = 64;

/** Properties without the engine's marks. */
export interface Unmarked {
  readonly properties: Readonly<Record<string, unknown>>;
  /** Dotted paths of what is secret. */
  readonly secretPaths: readonly string[];
  /** Texts that are secret and could be read. */
  readonly secrets: readonly string[];
}

/**
 * Takes the engine's marks off: a secret that can be read is its value, one that cannot is not known. Both are on the list
 * of what is never shown.
 */
export const unmark = (properties: Readonly<Record<string, unknown>>): Unmarked => {
  const seen: Seen = { paths: [], secrets: [] };
  const clean = cleaned(properties, "", seen, 0);
  return {
    properties: isMap(clean) ? clean : {},
    secretPaths: seen.paths,
    secrets: seen.secrets,
  };
};

interface Seen {
  readonly paths: string[];
  readonly secrets: string[];
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const cleaned = (value: unknown, path: string, seen: Seen, depth: number): unknown => {
  if (value === WITHHELD) {
    seen.paths.push(path);
    return UNKNOWN;
  }
  if (typeof value !== "object" || value === null) return value;
  if (depth > MAX_DEPTH) return UNKNOWN;
  if (Array.isArray(value)) return value.map((one: unknown, index) => cleaned(one, join(path, index), seen, depth + 1));
  const mark: unknown = Object.hasOwn(value, SIGNATURE) ? Reflect.get(value, SIGNATURE) : undefined;
  if (mark === SECRET) return opened(value, path, seen, depth);
  if (mark === OUTPUT_VALUE) return cleaned(Reflect.get(value, "value") ?? UNKNOWN, path, seen, depth + 1);
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, cleaned(one, join(path, key), seen, depth + 1)]),
  );
};

const join = (path: string, key: string | number): string => (path === "" ? String(key) : `${path}.${key}`);

/** What is inside a secret: plain (`value` from a program, `plaintext` from an export that shows it), or not to be had. */
const opened = (secret: object, path: string, seen: Seen, depth: number): unknown => {
  seen.paths.push(path);
  const value = plainOf(secret);
  if (value === undefined) return UNKNOWN;
  note(value, seen.secrets, 0);
  return cleaned(value, path, { paths: [], secrets: seen.secrets }, depth + 1);
};

const plainOf = (secret: object): unknown => {
  if ("value" in secret) return secret.value;
  if (!("plaintext" in secret) || typeof secret.plaintext !== "string") return undefined;
  try {
    return JSON.parse(secret.plaintext);
  } catch {
    return secret.plaintext;
  }
};

/** Every text inside a secret is secret. */
const note = (value: unknown, secrets: string[], depth: number): void => {
  if (typeof value === "string") secrets.push(value);
  else if (typeof value === "number") secrets.push(String(value));
  else if (typeof value === "object" && value !== null && depth <= MAX_DEPTH)
    for (const one of Object.values(value)) note(one, secrets, depth + 1);
};
