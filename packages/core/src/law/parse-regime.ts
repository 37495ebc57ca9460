import { withholdSecrets } from "../declaration/secrets.ts";
import { checkShape } from "../declaration/shape.ts";
import { zodProblems } from "../declaration/zod-problems.ts";
import type { Checked } from "../problem.ts";
import { type Regime, regimeSchema } from "./regime.ts";

/** A regime of one's own: a company's rule, another country. Everything wrong with it comes back at once. */
export const parseRegime = (input: unknown): Checked<Regime> => {
  const shape = checkShape(input);
  if (!shape.ok) return shape;
  const parsed = regimeSchema.safeParse(input);
  if (parsed.success) return { ok: true, value: parsed.data };
  const problems = zodProblems(parsed.error.issues, input, Object.keys(regimeSchema.shape));
  return { ok: false, problems: problems.map(withholdSecrets) };
};
