/** A resource as a rule sees it, however the input looked: a request of the engine, a state file, an event log. */
export interface Resource {
  readonly urn: string;
  /** Pulumi type token, as `aws:s3/bucket:Bucket`. */
  readonly type: string;
  readonly name: string;
  /** Inputs, read only through {@link at} and its kin. What is not known yet reads as {@link UNKNOWN}. */
  readonly props: unknown;
  readonly provider?: Provider;
  /** URN of the parent. */
  readonly parent?: string;
  /** What the cloud answered, where it is known: ids and ARNs. */
  readonly outputs?: unknown;
  /** URNs that each top-level property depends on, where they are known. */
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
  /** The stack that it belongs to. */
  readonly stack?: string;
  /** The engine refuses to delete it. */
  readonly protect?: true;
  /** Dotted paths of inputs that are never shown. */
  readonly secretPaths?: readonly string[];
}

/** The provider that a resource goes through. */
export interface Provider {
  readonly type: string;
  readonly props: unknown;
  readonly urn?: string;
  readonly name?: string;
}

/** What stands for a value that is not known yet. */
export const UNKNOWN: unique symbol = Symbol("not known yet");
export type Unknown = typeof UNKNOWN;

/** A text that may not be known yet, or absent. */
export type Text = string | Unknown | undefined;

/** What the engine writes for a value that a preview cannot know. Source: `@pulumi/policy` 1.21.0, proxy.js. */
const SENTINELS: ReadonlySet<string> = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);
const SENTINEL_LENGTH = 36;

/** How the engine marks what is no plain value. Source: `@pulumi/pulumi` 3.270.0, runtime/rpc.js. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const REFERENCE = "5cf8f73096256a8f31e491e813e4eb8e";

/**
 * The value under a path, never throwing: the SDK's own objects throw on what a preview cannot know, and a rule that
 * lets that through is made advisory. A list of one stands for its one member, as the two are mixed among providers.
 */
export const at = (value: unknown, ...path: readonly string[]): unknown => under(value, path);

/** The same with the path as a list. */
export const under = (value: unknown, path: readonly string[]): unknown => {
  let current = plain(value);
  for (const key of path) {
    if (typeof current !== "object" || current === null) return current === UNKNOWN ? UNKNOWN : undefined;
    if (Array.isArray(current) && !isIndex(key)) {
      current = member(current, "0");
      if (typeof current !== "object" || current === null) return current === UNKNOWN ? UNKNOWN : undefined;
    }
    current = member(current, key);
  }
  return current;
};

const isIndex = (key: string): boolean => {
  const code = key.charCodeAt(0);
  return code >= 48 && code <= 57;
};

const member = (holder: object, key: string): unknown => {
  if (!Object.hasOwn(holder, key)) return undefined;
  try {
    return plain(Reflect.get(holder, key));
  } catch {
    return UNKNOWN;
  }
};

/** A value without the engine's wrappings: what cannot be read inside them is unknown. */
const plain = (value: unknown): unknown => {
  if (typeof value === "string") return value.length === SENTINEL_LENGTH && SENTINELS.has(value) ? UNKNOWN : value;
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, SIGNATURE)) return value;
  switch (Reflect.get(value, SIGNATURE)) {
    case SECRET:
    case OUTPUT:
      return Object.hasOwn(value, "value") ? plain(Reflect.get(value, "value")) : UNKNOWN;
    case REFERENCE:
      return Object.hasOwn(value, "id") ? plain(Reflect.get(value, "id")) : UNKNOWN;
    default:
      return value;
  }
};

/** A text under a path. The empty text is no value: providers read it so. */
export const text = (value: unknown, ...path: readonly string[]): Text => textOf(under(value, path));

export const textOf = (found: unknown): Text =>
  found === UNKNOWN ? UNKNOWN : typeof found === "string" && found !== "" ? found : undefined;

/** A switch under a path. `"true"` counts: state files hold it so. */
export const flag = (value: unknown, ...path: readonly string[]): boolean | Unknown | undefined => {
  const found = under(value, path);
  if (found === UNKNOWN || typeof found === "boolean") return found;
  return found === "true" ? true : found === "false" ? false : undefined;
};

/** The members of a list under a path. A list that is not known yet is one member that is not; one value is one member. */
export const items = (value: unknown, ...path: readonly string[]): readonly unknown[] => {
  const found = under(value, path);
  if (found === undefined || found === null) return [];
  if (!Array.isArray(found)) return [found];
  const members: unknown[] = [];
  for (let index = 0; index < found.length; index += 1) members.push(member(found, String(index)));
  return members;
};

/** The keys and texts of a map under a path. A map that is not known yet is {@link UNKNOWN}. */
export const entries = (value: unknown, ...path: readonly string[]): readonly (readonly [string, Text])[] | Unknown => {
  const found = under(value, path);
  if (found === UNKNOWN) return UNKNOWN;
  return keysOf(found).map((key) => [key, text(found, key)] as const);
};

/** The keys of a map; none of anything else. */
export const keysOf = (value: unknown): readonly string[] =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value) : [];

/** A value with the path where it stands. */
export interface Placed {
  readonly path: string;
  readonly value: unknown;
}

/** Every value under a path in which `*` means each member of a list. */
export const each = (value: unknown, path: readonly string[]): readonly Placed[] => {
  const star = path.indexOf("*");
  if (star < 0) return [{ path: path.join("."), value: under(value, path) }];
  const head = path.slice(0, star);
  const rest = path.slice(star + 1);
  const prefix = head.length === 0 ? "" : `${head.join(".")}.`;
  return items(value, ...head).flatMap((one, index) => {
    if (one === UNKNOWN) return [{ path: `${prefix}${index}`, value: UNKNOWN }];
    if (rest.length === 0) return [{ path: `${prefix}${index}`, value: one }];
    return each(one, rest).map((found) => ({ path: `${prefix}${index}.${found.path}`, value: found.value }));
  });
};

/** A text of the program made harmless for a terminal, a log and Markdown: nothing invisible, no line breaks. */
export const visible = (value: string): string =>
  value.replaceAll(
    /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (letter) => `\\u{${letter.codePointAt(0)?.toString(16) ?? ""}}`,
  );

const MAX_SHOWN = 120;

/** {@link visible}, and cut at 120 letters. */
export const shown = (value: string): string => {
  const letters = [...visible(value.slice(0, MAX_SHOWN * 4))];
  return letters.length <= MAX_SHOWN ? letters.join("") : `${letters.slice(0, MAX_SHOWN).join("")}…`;
};

/** Any value of the program, for a message. */
export const shownValue = (value: unknown): string => {
  if (value === undefined || value === null) return "nothing";
  if (value === UNKNOWN) return "something that is not known yet";
  if (typeof value === "string") return value === "" ? "an empty text" : shown(value);
  if (typeof value === "object") return Array.isArray(value) ? `a list of ${value.length}` : "a map";
  return shown(String(value));
};
