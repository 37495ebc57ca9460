import { parseRegime } from "../law/parse-regime.ts";
import type { Regime } from "../law/regime.ts";
import { type Checked, type Problem, under } from "../problem.ts";
import { REGIMES } from "../regimes/index.ts";
import { missing } from "./references.ts";

/** How the file of a regime of one's own ends. */
export const REGIME_FILE = ".regime.json";

/** The regimes that a declaration names by id, or brings itself; all that come with Kasbah when it names none. */
export const regimesOf = (input: unknown): Checked<readonly Regime[]> => {
  const named: unknown = typeof input === "object" && input !== null ? Reflect.get(input, "regimes") : undefined;
  if (!Array.isArray(named)) return { ok: true, value: REGIMES };
  const problems: Problem[] = [
    ...missing(
      "regimes",
      named.map(knownOnly),
      REGIMES.map(({ id }) => id),
      "regime",
    ),
  ];
  const regimes: Regime[] = [];
  for (const [index, entry] of named.entries()) {
    const path = `regimes.${index}`;
    const regime = typeof entry === "string" ? REGIMES.find(({ id }) => id === entry) : own(path, entry, problems);
    if (typeof entry === "string" && entry.endsWith(REGIME_FILE)) problems.push(unread(path, entry));
    if (regime === undefined) continue;
    if (regimes.some(({ id }) => id === regime.id)) {
      problems.push({ path, expected: "each regime once", got: regime.id, mend: "remove one of them" });
    }
    regimes.push(regime);
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: regimes };
};

const knownOnly = (entry: unknown): unknown =>
  typeof entry === "string" && entry.endsWith(REGIME_FILE) ? undefined : entry;

const own = (path: string, entry: unknown, problems: Problem[]): Regime | undefined => {
  if (typeof entry !== "object" || entry === null) return undefined;
  const parsed = parseRegime(entry);
  if (parsed.ok) return parsed.value;
  problems.push(...under(path, parsed.problems));
  return undefined;
};

const unread = (path: string, got: string): Problem => ({
  path,
  expected: "the content of the regime file",
  got,
  mend: "read the declaration from its folder, which reads the file too",
});
