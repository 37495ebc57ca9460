import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { type Declaration, formatProblem, isTree } from "@kasbah/core";
import { DECLARATION_FILE, OVERLAY, type ReadDeclaration, readDeclaration, readYaml } from "@kasbah/platform/read";
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
 * @param unprobed without the records of probes: for who is about to write one
 * @throws {UserError} exit 2, with every problem, a line each
 */
export const readPlatform = (cwd: string, stack: string | undefined, unprobed = false): ReadDeclaration => {
  if (stack !== undefined) return readPlatformStack(cwd, stack, unprobed);
  const read = readDeclaration(path.resolve(cwd), "default", undefined, unprobed);
  if (!read.ok) throw new UserError(EXIT.badInput, read.problems.map(formatProblem).join("\n"));
  return read.value;
};

/** A stack that may not be there yet. */
export interface NewStack extends Pick<PlatformStack, "folder" | "project" | "declaration"> {
  /** What encrypts its secrets, where it is not the passphrase. */
  readonly secretsProvider?: string;
}

/**
 * Reads the declaration of a stack that may have no file yet.
 * @throws {UserError} exit 2, with every problem, a line each
 */
export const readNewStack = (folder: string, stack: string): NewStack => {
  const file = path.join(folder, `Pulumi.${stack}.yaml`);
  if (existsSync(file)) {
    const provider = tree(file)["secretsprovider"];
    const known = readPlatformStack(folder, stack);
    return typeof provider === "string" && provider !== "passphrase" ? { ...known, secretsProvider: provider } : known;
  }
  const project = tree(path.join(folder, "Pulumi.yaml"));
  const read = readDeclaration(folder, stack, undefined);
  if (!read.ok) throw new UserError(EXIT.badInput, read.problems.map(formatProblem).join("\n"));
  const name = String(project["name"] ?? path.basename(folder));
  return { folder, project: name, declaration: read.value.declaration };
};

/** Reads a stack, with its declaration where it has one. */
export const readAnyStack = (cwd: string, stack: string): StackFiles | PlatformStack =>
  existsSync(path.join(path.resolve(cwd), DECLARATION_FILE))
    ? readPlatformStack(cwd, stack)
    : readStackFiles(cwd, stack);

/**
 * Reads a stack and its declaration.
 * @throws {UserError} exit 2, with every problem, a line each
 */
export const readPlatformStack = (cwd: string, stack: string, unprobed = false): PlatformStack => {
  const files = readStackFiles(cwd, stack);
  const overlay = files.config[`${OVERLAY.namespace}:${OVERLAY.key}`];
  const read = readDeclaration(files.folder, stack, overlay === undefined ? undefined : JSON.parse(overlay), unprobed);
  if (!read.ok) throw new UserError(EXIT.badInput, read.problems.map(formatProblem).join("\n"));
  return { ...files, ...read.value };
};
