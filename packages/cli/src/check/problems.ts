import { formatProblem, type Problem } from "@kasbah/core/judge";
import { harmless } from "./harmless.ts";
import { redactor } from "./redact.ts";

/** Problems for a person, a line each: harmless, and without what has the form of a secret. */
export const said = (problems: readonly Problem[]): string => {
  const redact = redactor([]);
  return problems.map((problem) => harmless(redact(formatProblem(problem)))).join("\n");
};
