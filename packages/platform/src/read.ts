import { readFileSync } from "node:fs";
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
import { parseDocument } from "yaml";

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
 */
export const readDeclaration = (folder: string, env: string, overlay: unknown): Checked<ReadDeclaration> => {
  const base = readYaml(path.join(folder, DECLARATION_FILE));
  if (!base.ok) return base;
  const merged = applyOverlay(base.value, overlay);
  if (!merged.ok) return { ok: false, problems: under(overlayPath(env), merged.problems) };
  const complete = withRegimes(folder, merged.value);
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

/** A YAML file as plain values. What is wrong with its syntax comes back with line and column. */
export const readYaml = (file: string): Checked<unknown> => {
  const name = path.basename(file);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    const folder = path.dirname(file);
    return {
      ok: false,
      problems: [
        {
          path: name,
          expected: `a readable file in ${folder}`,
          got: code,
          mend: "create it, or run in the stack's folder",
        },
      ],
    };
  }
  const document = parseDocument(text);
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ message, linePos }): Problem => {
      const [start] = linePos ?? [];
      const at = start === undefined ? name : `${name}:${start.line}:${start.col}`;
      return { path: at, expected: "valid YAML", got: message.split("\n")[0], mend: "correct the syntax" };
    });
    return { ok: false, problems };
  }
  try {
    return { ok: true, value: document.toJS() };
  } catch (error) {
    // aliases that lead nowhere, or that multiply
    const got = error instanceof Error ? error.message : String(error);
    return {
      ok: false,
      problems: [{ path: name, expected: "aliases that can be written out", got, mend: "write it out" }],
    };
  }
};

const overlayPath = (env: string): string => `Pulumi.${env}.yaml ${OVERLAY.namespace}:${OVERLAY.key}`;

/** Says of each problem in which file it stands. */
const located = (problem: Problem, overlay: unknown, env: string): Problem => {
  const holds = problem.path.split(".").reduce<unknown>(at, overlay) !== undefined;
  return { ...problem, path: `${holds ? `${overlayPath(env)}.` : `${DECLARATION_FILE}: `}${problem.path}` };
};

const at = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
