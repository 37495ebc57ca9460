import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { type Declaration, formatProblem, isTree } from "@kasbah/core";
import { OVERLAY, type ReadDeclaration, readDeclaration, readYaml } from "@kasbah/platform/read";
import { EXIT, UserError } from "./error.ts";

/** A stack of a Pulumi project, as its files say. */
export interface StackFiles {
  /** The project's folder. */
  readonly folder: string;
  readonly project: string;
  /** The program, relative to the folder. */
  readonly main: string;
  readonly stack: string;
  /** Plain configuration, `namespace:key` to its text; secrets are left out. */
  readonly config: Readonly<Record<string, string>>;
}

/** A stack whose program builds a declared platform. */
export interface PlatformStack extends StackFiles {
  /** The declaration as written, with the environment's overlay. */
  readonly raw: unknown;
  readonly declaration: Declaration;
}

const tree = (file: string): Readonly<Record<string, unknown>> => {
  const read = readYaml(file);
  if (!read.ok) throw new UserError(EXIT.badInput, read.problems.map(formatProblem).join("\n"));
  return isTree(read.value) ? read.value : {};
};

/** Reads `Pulumi.yaml` and `Pulumi.<stack>.yaml`. */
export const readStackFiles = (cwd: string, stack: string): StackFiles => {
  const folder = path.resolve(cwd);
  const project = tree(path.join(folder, "Pulumi.yaml"));
  const file = path.join(folder, `Pulumi.${stack}.yaml`);
  if (!existsSync(file)) {
    const known = readdirSync(folder).flatMap((name) => /^Pulumi\.(.+)\.yaml$/.exec(name)?.[1] ?? []);
    const mend = known.length > 0 ? `its stacks are ${known.join(", ")}` : "it has none yet";
    throw new UserError(EXIT.badInput, `There is no stack ${stack} in ${folder}: ${mend}.`);
  }
  const { config } = tree(file);
  const name = String(project["name"] ?? path.basename(folder));
  const plain = Object.entries(isTree(config) ? config : {}).flatMap(([key, value]) => {
    if (isTree(value) && "secure" in value) return [];
    return [[key.includes(":") ? key : `${name}:${key}`, typeof value === "string" ? value : JSON.stringify(value)]];
  });
  return {
    folder,
    project: name,
    main: String(project["main"] ?? "index.ts"),
    stack,
    config: Object.fromEntries(plain),
  };
};

/**
 * Reads a declaration, with what a stack changes when one is named.
 * @throws {UserError} exit 2, with every problem, a line each
 */
export const readPlatform = (cwd: string, stack: string | undefined): ReadDeclaration => {
  if (stack !== undefined) return readPlatformStack(cwd, stack);
  const read = readDeclaration(path.resolve(cwd), "default", undefined);
  if (!read.ok) throw new UserError(EXIT.badInput, read.problems.map(formatProblem).join("\n"));
  return read.value;
};

/**
 * Reads a stack and its declaration.
 * @throws {UserError} exit 2, with every problem, a line each
 */
export const readPlatformStack = (cwd: string, stack: string): PlatformStack => {
  const files = readStackFiles(cwd, stack);
  const overlay = files.config[`${OVERLAY.namespace}:${OVERLAY.key}`];
  const read = readDeclaration(files.folder, stack, overlay === undefined ? undefined : JSON.parse(overlay));
  if (!read.ok) throw new UserError(EXIT.badInput, read.problems.map(formatProblem).join("\n"));
  return { ...files, ...read.value };
};
