/** One thing wrong with what the caller wrote, said in the caller's terms. */
export interface Problem {
  /** Where: a dotted path in the declaration or the arguments. */
  readonly path: string;
  readonly expected: string;
  readonly got: unknown;
  /** How to mend it: one sentence in the imperative. */
  readonly mend?: string;
}

const MAX_SHOWN = 120;

/**
 * `path: expected X, got Y; mend`. Values are shown as JSON, cut at 120 characters; what a terminal or a reader could
 * take for something else is written out.
 */
export const formatProblem = ({ path, expected, got, mend }: Problem): string => {
  const shown = textOf(got);
  const cut = shown.length > MAX_SHOWN ? `${shown.slice(0, MAX_SHOWN)}…` : shown;
  const line = `${path}: expected ${expected}, got ${cut}${mend === undefined ? "" : `; ${mend}`}`;
  return line.replace(
    /[\p{Cc}\p{Bidi_Control}]/gu,
    (letter) => `\\u{${(letter.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}}`,
  );
};

const textOf = (value: unknown): string => {
  if (value === undefined) return "nothing";
  try {
    return JSON.stringify(value) ?? `a ${typeof value}`;
  } catch {
    return "something too deep to show";
  }
};

/** The same problems under a longer path. */
export const under = (prefix: string, problems: Iterable<Problem>): Problem[] =>
  [...problems].map((problem) => ({ ...problem, path: problem.path === "" ? prefix : `${prefix}.${problem.path}` }));

/** A result that is a value or everything that is wrong with it. */
export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };
