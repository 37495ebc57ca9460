import { UNKNOWN } from "../resource.ts";

const parsed = new Map<string, unknown>();
const MOST_KEPT = 512;

/** A document that a property holds as JSON text, or as a map. What is no document is nothing. */
export const document = (value: unknown): unknown => {
  if (typeof value !== "string") return value === UNKNOWN || typeof value === "object" ? value : undefined;
  if (parsed.has(value)) return parsed.get(value);
  const found = parse(value);
  if (parsed.size >= MOST_KEPT) parsed.clear();
  parsed.set(value, found);
  return found;
};

const parse = (text: string): unknown => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" ? value : undefined;
  } catch {
    return undefined;
  }
};

/** One value, or a list of them, as a list. */
export const listed = (value: unknown): readonly unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
