import { DESIGNATIONS } from "../law/question.ts";
import type { Problem } from "../problem.ts";

const SHOWN_INSTEAD = "(withheld)";

/** A problem that never repeats a status which a law keeps secret, wherever in the input it stood. */
export const withholdSecrets = (problem: Problem): Problem => {
  const { path, expected, got, mend } = problem;
  const about = /designat/i.test(path);
  const betrays = (value: unknown): boolean =>
    value !== undefined && (about || DESIGNATIONS.some((word) => textOf(value).includes(word)));
  if (path === "" && betrays(got)) return { ...problem, path: "the whole", got: SHOWN_INSTEAD };
  return {
    path: DESIGNATIONS.reduce((shown, word) => shown.replaceAll(word, SHOWN_INSTEAD), path),
    expected: about ? "a status of the schema" : expected,
    got: betrays(got) ? SHOWN_INSTEAD : got,
    ...(mend === undefined ? {} : { mend: betrays(mend) ? "correct it" : mend }),
  };
};

/** What cannot be written down is never shown either. */
const textOf = (value: unknown): string => {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return "";
  }
};

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/**
 * A list that reads like any other and shows nothing: JSON has null for it, an inspection the word withheld. So a
 * declaration that ends in a log by accident does not say what a law keeps secret. Read back from JSON it is missing.
 */
export const secretList = <T>(values: readonly T[]): readonly T[] => {
  const list = [...values];
  Object.defineProperty(list, "toJSON", { value: () => null });
  Object.defineProperty(list, INSPECT, { value: () => SHOWN_INSTEAD });
  return list;
};
