import type { Checked, Problem } from "../problem.ts";

/** No person writes more than this, and what is judged later is not made for it. */
const MAX_DEPTH = 256;
const MAX_ENTRIES = 10_000;
const MAX_VALUES = 1_000_000;

/** Refuses input that is too deep, too long, too large, or holds itself, before anything recursive reads it. */
export const checkShape = (input: unknown): Checked<unknown> => {
  const problem = walk(input, [], { values: 0 });
  if (problem === undefined) return { ok: true, value: input };
  const whole = problem === "too much";
  return {
    ok: false,
    problems: [
      whole
        ? {
            path: "",
            expected: `at most ${MAX_DEPTH} levels and ${MAX_VALUES} values`,
            got: input,
            mend: "make it smaller",
          }
        : problem,
    ],
  };
};

const walk = (value: unknown, path: readonly string[], seen: { values: number }): Problem | "too much" | undefined => {
  seen.values += 1;
  if (path.length > MAX_DEPTH || seen.values > MAX_VALUES) return "too much";
  if (typeof value !== "object" || value === null) return undefined;
  const entries = Object.entries(value);
  if (entries.length > MAX_ENTRIES && path.length > 0) {
    const expected = `at most ${MAX_ENTRIES} entries`;
    return { path: path.join("."), expected, got: `${entries.length} entries`, mend: "make it smaller" };
  }
  for (const [key, entry] of entries) {
    const problem = walk(entry, [...path, key], seen);
    if (problem !== undefined) return problem;
  }
  return undefined;
};
