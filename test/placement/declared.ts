import { type Declaration, formatProblem, type Problem, parseDeclaration } from "@kasbah/core";
import { type Sample, sample } from "../support/declarations.ts";

const parse = (change: (declaration: Sample) => void) => {
  const declaration = sample();
  change(declaration);
  return parseDeclaration(declaration, "dev");
};

/** The sample declaration with a change, as parsed. */
export const parsed = (change: (declaration: Sample) => void): Declaration => {
  const result = parse(change);
  if (!result.ok) throw new Error(result.problems.map(formatProblem).join("\n"));
  return result.value;
};

/** What is wrong with the sample declaration after a change. */
export const problemsOf = (change: (declaration: Sample) => void): readonly Problem[] => {
  const result = parse(change);
  return result.ok ? [] : result.problems;
};
