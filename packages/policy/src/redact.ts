import type { Finding } from "@kasbah/core";
import type { Estate } from "./estate.ts";
import { split } from "./facts/check.ts";
import { each } from "./resource.ts";

/** Texts that are too short to be told from any other. */
const SHORTEST = 4;
const MOST_DEEP = 12;

/** Takes secret values out of findings, wherever a message quotes one; nothing when the estate has none. */
export const redactor = (estate: Estate): ((finding: Finding) => Finding) | undefined => {
  let secrets: readonly string[] | undefined;
  const marked = [...estate.all()].filter(({ secretPaths }) => secretPaths !== undefined);
  if (marked.length === 0) return undefined;
  return (finding) => {
    secrets ??= [
      ...new Set(
        marked.flatMap(({ secretPaths = [], props }) => secretPaths.flatMap((path) => textsUnder(props, path))),
      ),
    ].sort((a, b) => b.length - a.length);
    const { wanted, found, mend, path } = finding;
    const clean = (text: string): string => without(text, secrets ?? []);
    return { ...finding, path: clean(path), wanted: clean(wanted), found: clean(found), mend: clean(mend) };
  };
};

const textsUnder = (props: unknown, path: string): readonly string[] =>
  each(props, split(path)).flatMap(({ value }) => leaves(value, MOST_DEEP));

const leaves = (value: unknown, left: number): readonly string[] => {
  if (typeof value === "string") return value.length >= SHORTEST ? [value] : [];
  if (typeof value !== "object" || value === null || left === 0) return [];
  return Object.values(value).flatMap((inner: unknown) => leaves(inner, left - 1));
};

const without = (text: string, secrets: readonly string[]): string => {
  let clean = text;
  for (const secret of secrets) if (clean.includes(secret)) clean = clean.replaceAll(secret, "[secret]");
  return clean;
};
