import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { parse, stringify } from "yaml";
import { EXIT, UserError } from "../error.ts";
import { refreshed, type StackConfig, withoutRealKeys } from "./config.ts";

/**
 * The engine writes into a project's folder whatever it is asked: `stack init` and `up` an encryption salt, `config set`
 * the value, `stack rm` removes the stack's file. In the sandbox it therefore works on a shadow of the project: a folder
 * with a `Pulumi.yaml` of its own, whose `main` names the real program, and copies of the stacks' files. Real files are
 * only ever read, so a kill at any moment leaves them as they were.
 */
export interface ShadowProject {
  /** The project's name. */
  readonly name: string;
  /** The real project's folder. */
  readonly real: string;
  /** Where the engine works. */
  readonly folder: string;
  /** The stacks that have a file in the real project. */
  readonly stacks: readonly string[];
}

const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];

/** The nearest project file from `cwd` upwards, as the engine looks for it. */
export function projectFile(cwd: string): string | undefined {
  for (let folder = path.resolve(cwd); ; folder = path.dirname(folder)) {
    const found = PROJECT_FILES.map((name) => path.join(folder, name)).find((file) => fs.existsSync(file));
    if (found) return found;
    if (folder === path.dirname(folder)) return undefined;
  }
}

/** Makes or refreshes the shadow of the project in `cwd`; undefined when there is no project. */
export function shadowProject(cwd: string, sandbox: string, plugins: string): ShadowProject | undefined {
  const file = projectFile(cwd);
  if (!file) return undefined;
  const project = read(file) as Record<string, unknown>;
  const real = path.dirname(file);
  const name = String(project["name"] ?? "project");
  const id = createHash("sha256").update(real).digest("hex").slice(0, 8);
  const folder = path.join(sandbox, "projects", `${name.replace(/[^\w.-]/g, "-")}-${id}`);
  fs.mkdirSync(path.join(folder, ".base"), { recursive: true });
  write(path.join(folder, "Pulumi.yaml"), shadowOf(project, real, plugins));
  const configs = path.join(real, String(project["stackConfigDir"] ?? ""));
  const stacks = stackFiles(configs, path.extname(file));
  for (const [stack, tracked] of stacks) copyConfig(tracked, folder, `Pulumi.${stack}.yaml`);
  return { name, real, folder, stacks: stacks.map(([stack]) => stack) };
}

/** A stack file that was named with `--config-file`: the path of its copy. */
export function shadowConfig(shadow: ShadowProject, tracked: string): string {
  const id = createHash("sha256").update(tracked).digest("hex").slice(0, 8);
  return copyConfig(tracked, shadow.folder, `config-${id}.yaml`);
}

function stackFiles(folder: string, extension: string): [string, string][] {
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder).flatMap((name): [string, string][] => {
    const stack =
      name.startsWith("Pulumi.") && name.endsWith(extension) ? name.slice("Pulumi.".length, -extension.length) : "";
    return stack ? [[stack, path.join(folder, name)]] : [];
  });
}

function copyConfig(tracked: string, folder: string, name: string): string {
  const [copy, base] = [path.join(folder, name), path.join(folder, ".base", name)];
  const wanted = withoutRealKeys(fs.existsSync(tracked) ? read(tracked) : {});
  // Without a copy there is nothing of the sandbox's to keep: the stack was removed, or never made.
  const next = fs.existsSync(copy) ? refreshed(wanted, fs.existsSync(base) ? read(base) : {}, read(copy)) : wanted;
  write(copy, next);
  write(base, wanted);
  return copy;
}

/** The project as the sandbox runs it: the program where it is, the simulated plugins, no backend of its own. */
function shadowOf(project: Readonly<Record<string, unknown>>, real: string, plugins: string): Record<string, unknown> {
  const { stackConfigDir: _dir, backend: _backend, plugins: own, ...rest } = project;
  const absolute = (file: unknown): string => path.resolve(real, String(file));
  const simulated = pluginNames(plugins).map((name) => ({ name, path: plugins }));
  const given =
    (own as { readonly providers?: readonly { name: string; path: string }[] } | undefined)?.providers ?? [];
  const others = given.filter(({ name }) => !simulated.some((plugin) => plugin.name === name));
  return {
    ...rest,
    main: absolute(project["main"] ?? "."),
    // Named here, the engine takes them without looking at the path, and without a warning.
    plugins: {
      ...(own as object),
      providers: [...others.map((plugin) => ({ ...plugin, path: absolute(plugin.path) })), ...simulated],
    },
  };
}

function pluginNames(folder: string): string[] {
  const prefix = "pulumi-resource-";
  const files = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  return files.filter((file) => file.startsWith(prefix)).map((file) => file.slice(prefix.length));
}

function read(file: string): StackConfig {
  try {
    return (parse(fs.readFileSync(file, "utf8")) as StackConfig | null) ?? {};
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new UserError(EXIT.badInput, `${file}: ${reason}`);
  }
}

/** In one step, so that a kill leaves the old file or the new one. */
function write(file: string, value: unknown): void {
  const draft = `${file}.${process.pid}`;
  fs.writeFileSync(draft, stringify(value));
  fs.renameSync(draft, file);
}
