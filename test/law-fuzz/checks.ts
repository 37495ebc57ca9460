import {
  type Checked,
  contextOf,
  type Declaration,
  formatProblem,
  judge,
  judgeAll,
  OUTCOMES,
  type Problem,
  planOf,
  publicView,
  type Question,
  type Regime,
  type Verdict,
} from "@kasbah/core";
import { expect } from "vitest";

/** How many documents of a sort were tried, judged and refused. */
export interface Tally {
  tried: number;
  judged: number;
  refused: number;
  verdicts: number;
}
export const tally = (): Tally => ({ tried: 0, judged: 0, refused: 0, verdicts: 0 });

export const shown = (name: string, { tried, judged, refused, verdicts }: Tally): string =>
  `${name}: ${tried} tried, ${judged} valid and judged (${verdicts} verdicts), ${refused} refused`;

/** A refusal says where, what was wanted and what was found, and can be printed. */
export const sayRefusal = (problems: readonly Problem[], whole: unknown): void => {
  expect(problems.length).toBeGreaterThan(0);
  for (const problem of problems) {
    expect(Object.keys(problem)).toEqual(expect.arrayContaining(["path", "expected", "got"]));
    // an empty path means the whole document, so a key without a letter has to be written otherwise
    if (problem.path === "") expect(Object.hasOwn(Object(whole), "")).toBe(false);
    expect(problem.expected).not.toBe("");
    expect(formatProblem(problem)).toContain(": expected ");
    expect(formatProblem(problem)).not.toMatch(/ma-(?:iiv|entity)/); // secret by law, wherever it was written
  }
};

const wellFormed = (verdict: Verdict): void => {
  expect(OUTCOMES).toContain(verdict.outcome);
  if (Object.keys(verdict.regimes).length > 0) expect(verdict.decidedBy.length).toBeGreaterThan(0);
};

/** Judges everything that a declaration allows to ask, and counts the verdicts. */
export const judgeDeclaration = (declaration: Declaration, asOf: string): number => {
  const context = contextOf(declaration, asOf);
  const sites = [...Object.values(declaration.places), ...Object.values(declaration.sites)];
  const candidates = sites.map((site) => judgeAll(Object.keys(declaration.datasets), site, context));
  const verdicts = candidates.flatMap((candidate) => candidate.verdicts);
  for (const verdict of verdicts) wellFormed(verdict);
  expect(planOf(declaration, asOf).placements).toHaveLength(Object.keys(declaration.workloads).length);
  return verdicts.length;
};

export const judgeRegime = (regime: Regime, questions: readonly Question[]): number => {
  for (const question of questions) {
    const verdict = judge(question, [regime]);
    wellFormed(verdict);
    wellFormed(publicView(verdict));
  }
  return questions.length;
};

/** Counts a document: what is valid is judged, what is not says why. */
export const count = <T>(sum: Tally, document: unknown, checked: Checked<T>, judged: (value: T) => number): void => {
  sum.tried += 1;
  if (checked.ok) {
    sum.judged += 1;
    sum.verdicts += judged(checked.value);
  } else {
    sum.refused += 1;
    sayRefusal(checked.problems, document);
  }
  expect(Reflect.get({}, "polluted")).toBeUndefined();
};
