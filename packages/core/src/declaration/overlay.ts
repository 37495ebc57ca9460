import type { Checked, Problem } from "../problem.ts";
import { withholdSecrets } from "./secrets.ts";
import { checkShape } from "./shape.ts";

/** What an environment may change. Datasets, owner and platform are the same in every environment. */
const OVERLAY_KEYS = ["preset", "places", "sites", "workloads", "formalities", "stateBackend"] as const;

/** A map as YAML or JSON gives it. */
export type Tree = Readonly<Record<string, unknown>>;
export const isTree = (value: unknown): value is Tree =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * A declaration with what an environment changes. Maps merge key by key, formalities join, all else is replaced.
 * An overlay may add a place, never a dataset or a workload.
 */
export const applyOverlay = (base: unknown, overlay: unknown): Checked<unknown> => {
  if (overlay === undefined || overlay === null) return { ok: true, value: base };
  if (!isTree(base)) return { ok: true, value: base };
  if (!isTree(overlay)) {
    const problem = { path: "", expected: "a map of what differs", got: overlay, mend: "correct it" };
    return { ok: false, problems: [withholdSecrets(problem)] };
  }
  for (const shape of [checkShape(base), checkShape(overlay)]) {
    if (!shape.ok) return { ok: false, problems: shape.problems.map(withholdSecrets) };
  }
  const problems = [...overlayProblems(base, overlay)].map(withholdSecrets);
  if (problems.length > 0) return { ok: false, problems };
  const { formalities, ...rest } = overlay;
  const merged = merge(base, rest) as Tree;
  if (formalities === undefined) return { ok: true, value: merged };
  const own = base["formalities"];
  const joined = Array.isArray(formalities) ? [...(Array.isArray(own) ? own : []), ...formalities] : formalities;
  return { ok: true, value: { ...merged, formalities: joined } };
};

function* overlayProblems(base: Tree, overlay: Tree): Generator<Problem> {
  for (const key of Object.keys(overlay)) {
    if ((OVERLAY_KEYS as readonly string[]).includes(key)) continue;
    yield {
      path: key,
      expected: `only ${OVERLAY_KEYS.join(", ")} in an environment`,
      got: overlay[key],
      mend: "move it to platform.yaml",
    };
  }
  const known = isTree(base["workloads"]) ? Object.keys(base["workloads"]) : [];
  for (const name of isTree(overlay["workloads"]) ? Object.keys(overlay["workloads"]) : []) {
    if (known.includes(name)) continue;
    yield {
      path: `workloads.${name}`,
      expected: "a workload of platform.yaml",
      got: name,
      mend: known.length > 0 ? `take one of ${known.join(", ")}, or declare it there` : "declare it there",
    };
  }
}

const merge = (base: unknown, overlay: unknown): unknown => {
  if (!isTree(base) || !isTree(overlay)) return overlay;
  const merged = new Map(Object.entries(base)); // a map, so that a key called __proto__ is a key
  for (const [key, value] of Object.entries(overlay)) merged.set(key, merge(merged.get(key), value));
  return Object.fromEntries(merged);
};
