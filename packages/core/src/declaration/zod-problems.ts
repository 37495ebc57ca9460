import type { z } from "zod";
import type { Problem } from "../problem.ts";
import { nearest } from "./nearest.ts";

type Issue = z.core.$ZodIssue;

/** zod's issues in our words, one for each thing that is wrong. */
export const zodProblems = (
  issues: readonly Issue[],
  input: unknown,
  knownKeys: readonly string[] = [],
): readonly Problem[] => issues.flatMap((issue) => toProblems(issue, input, knownKeys));

const toProblems = (issue: Issue, input: unknown, knownKeys: readonly string[]): readonly Problem[] => {
  const path = pathOf(issue.path);
  const got = valueAt(input, issue.path);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: pathOf([...issue.path, key]),
      expected: "no such key",
      got: valueAt(input, [...issue.path, key]),
      mend: suggestion(key, issue.path.length === 0 ? knownKeys : []),
    }));
  }
  return [{ path, expected: expectation(issue), got, mend: hint(issue, got) }];
};

/** A dotted path; an empty key is shown by its quotes, so that it is not taken for the whole. */
const pathOf = (keys: readonly PropertyKey[]): string => keys.map((key) => (key === "" ? '""' : String(key))).join(".");

const suggestion = (key: string, known: readonly string[]): string => {
  const close = nearest(key, known);
  if (close !== undefined) return `did you mean ${close}?`;
  return known.length > 0 ? `take one of ${known.join(", ")}, or remove it` : "remove it";
};

const expectation = (issue: Issue): string => {
  switch (issue.code) {
    case "invalid_type":
      return article(issue.expected);
    case "invalid_value":
      return `one of ${issue.values.map(String).join(", ")}`;
    case "too_small":
      return `at least ${issue.minimum}${unit(issue.origin)}`;
    case "too_big":
      return `at most ${issue.maximum}${unit(issue.origin)}`;
    case "invalid_format":
      return issue.message.startsWith("Invalid")
        ? `${issue.format === "regex" ? `the form ${issue.pattern}` : article(issue.format)}`
        : issue.message;
    case "invalid_union": {
      const options = "options" in issue ? (issue.options ?? []) : [];
      return options.length > 0 ? `one of ${options.map(String).join(", ")}` : "one of the allowed forms";
    }
    case "invalid_key":
      return "a name of small letters, digits and dashes, at most 31";
    default:
      return issue.message;
  }
};

const hint = (issue: Issue, got: unknown): string => {
  if (issue.code === "invalid_type" && got === undefined) return "add it";
  if (issue.code === "invalid_value" && typeof got === "string") {
    const close = nearest(got, issue.values.map(String));
    if (close !== undefined) return `did you mean ${close}?`;
  }
  return "correct it";
};

const article = (word: string): string => (/^[aeiou]/.test(word) ? `an ${word}` : `a ${word}`);
const unit = (origin: string): string => (origin === "array" ? " entry" : origin === "string" ? " characters" : "");

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined),
    input,
  );
