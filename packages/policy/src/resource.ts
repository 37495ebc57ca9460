/** A resource as a rule sees it, however the input looked: a request of the engine, a state file, an event log. */
export interface Resource {
  readonly urn: string;
  /** Pulumi type token, as `aws:s3/bucket:Bucket`. */
  readonly type: string;
  readonly name: string;
  /** Inputs, read only through {@link at} and its kin. What is not known yet reads as {@link UNKNOWN}. */
  readonly props: unknown;
  readonly provider?: { readonly type: string; readonly props: unknown };
  /** URN of the parent. */
  readonly parent?: string;
}

/** What stands for a value that is not known yet. */
export const UNKNOWN: unique symbol = Symbol("not known yet");
export type Unknown = typeof UNKNOWN;

/** A text that may not be known yet, or absent. */
export type Text = string | Unknown | undefined;

/** What the engine writes for a value that a preview cannot know. Source: `@pulumi/policy` 1.21.0, proxy.js. */
const SENTINELS: ReadonlySet<unknown> = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/**
 * The value under a path, never throwing: the SDK's own objects throw on what a preview cannot know, and a rule that
 * lets that through is made advisory. A list of one stands for its one member, as the two are mixed among providers.
 */
export const at = (value: unknown, ...path: readonly string[]): unknown => {
  let current = value;
  for (const key of path) {
    if (current === UNKNOWN) return UNKNOWN;
    if (typeof current !== "object" || current === null) return undefined;
    const single = !/^\d+$/.test(key) && Array.isArray(current) ? member(current, "0") : current;
    if (single === UNKNOWN) return UNKNOWN;
    if (typeof single !== "object" || single === null) return undefined;
    current = member(single, key);
  }
  return SENTINELS.has(current) ? UNKNOWN : current;
};

const member = (holder: object, key: string): unknown => {
  if (!Object.hasOwn(holder, key)) return undefined;
  try {
    const value: unknown = Reflect.get(holder, key);
    return SENTINELS.has(value) ? UNKNOWN : value;
  } catch {
    return UNKNOWN;
  }
};

/** A text under a path. The empty text is no value: providers read it so. */
export const text = (value: unknown, ...path: readonly string[]): Text => {
  const found = at(value, ...path);
  if (found === UNKNOWN) return UNKNOWN;
  return typeof found === "string" && found !== "" ? found : undefined;
};

/** A switch under a path. `"true"` counts: state files hold it so. */
export const flag = (value: unknown, ...path: readonly string[]): boolean | Unknown | undefined => {
  const found = at(value, ...path);
  if (found === UNKNOWN || typeof found === "boolean") return found;
  return found === "true" ? true : found === "false" ? false : undefined;
};

/** The members of a list under a path. A list that is not known yet is one member that is not; one value is one member. */
export const items = (value: unknown, ...path: readonly string[]): readonly unknown[] => {
  const found = at(value, ...path);
  if (found === undefined || found === null) return [];
  if (!Array.isArray(found)) return [found];
  return Array.from({ length: found.length }, (_, index) => at(found, String(index)));
};

/** The keys and texts of a map under a path. A map that is not known yet is {@link UNKNOWN}. */
export const entries = (value: unknown, ...path: readonly string[]): readonly (readonly [string, Text])[] | Unknown => {
  const found = at(value, ...path);
  if (found === UNKNOWN) return UNKNOWN;
  if (typeof found !== "object" || found === null || Array.isArray(found)) return [];
  return Object.keys(found).map((key) => [key, text(found, key)] as const);
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
  const letters = [...visible(value)];
  return letters.length <= MAX_SHOWN ? letters.join("") : `${letters.slice(0, MAX_SHOWN).join("")}…`;
};
