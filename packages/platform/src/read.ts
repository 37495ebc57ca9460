import path from "node:path";
import {
  applyOverlay,
  type Checked,
  type Declaration,
  type Problem,
  parseDeclaration,
  REGIME_FILE,
  under,
} from "@kasbah/core";
import { withProbes } from "./probes.ts";
import { readYaml } from "./yaml.ts";

export { readYaml };

/** The one declaration of a stack's folder. */
export const DECLARATION_FILE = "platform.yaml";

/** Namespace and key under which `Pulumi.<env>.yaml` holds what differs: `kasbah:platform`. */
export const OVERLAY = { namespace: "kasbah", key: "platform" } as const;

/** The words by which a run of the engine tells a declaration that is wrong from one that the law refuses. */
export const BAD_DECLARATION = "kasbah: the declaration cannot be built";
export const REFUSED = "kasbah: refused by law";

/** A declaration as written, with the environment's overlay merged in, and as parsed. */
export interface ReadDeclaration {
  readonly raw: unknown;
  readonly declaration: Declaration;
}

/**
 * Reads and parses the declaration of a folder. Without Pulumi, so that a command can use it too.
 * @param overlay what `Pulumi.<env>.yaml` changes
 * @param unprobed leave unsaid what records of probes say: for who is about to write one
 */
export const readDeclaration = (
  folder: string,
  env: string,
  overlay: unknown,
  unprobed = false,
): Checked<ReadDeclaration> => {
  const base = readYaml(path.join(folder, DECLARATION_FILE));
  if (!base.ok) return base;
  const merged = applyOverlay(base.value, overlay);
  if (!merged.ok) return { ok: false, problems: under(overlayPath(env), merged.problems) };
  const regimes = withRegimes(folder, merged.value);
  if (!regimes.ok) return regimes;
  const complete = withProbes(folder, regimes.value, unprobed);
  if (!complete.ok) return complete;
  const parsed = parseDeclaration(complete.value, env);
  if (!parsed.ok) return { ok: false, problems: parsed.problems.map((problem) => located(problem, overlay, env)) };
  return { ok: true, value: { raw: complete.value, declaration: parsed.value } };
};

/** The declaration with its own regime files in place of their paths, so that who gets it needs no file. */
const withRegimes = (folder: string, raw: unknown): Checked<unknown> => {
  const named = at(raw, "regimes");
  if (!Array.isArray(named)) return { ok: true, value: raw };
  const problems: Problem[] = [];
  const regimes = named.map((entry: unknown, index) => {
    if (typeof entry !== "string" || !entry.endsWith(REGIME_FILE)) return entry;
    const file = readYaml(path.resolve(folder, entry)); // JSON is YAML
    if (file.ok) return file.value;
    problems.push(...under(`${DECLARATION_FILE}: regimes.${index}`, file.problems));
    return entry;
  });
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: { ...Object(raw), regimes } };
};

const overlayPath = (env: string): string => `Pulumi.${env}.yaml ${OVERLAY.namespace}:${OVERLAY.key}`;

/** Says of each problem in which file it stands. */
const located = (problem: Problem, overlay: unknown, env: string): Problem => {
  const holds = problem.path.split(".").reduce<unknown>(at, overlay) !== undefined;
  return { ...problem, path: `${holds ? `${overlayPath(env)}.` : `${DECLARATION_FILE}: `}${problem.path}` };
};

const at = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
