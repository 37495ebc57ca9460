import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { EXIT, UserError } from "../error.ts";
import { type CommandLine, parseCommandLine, relocated } from "./arguments.ts";
import { type ShadowProject, shadowConfig, shadowProject } from "./shadow.ts";

/** What the engine is to run in the sandbox, one after the other. */
export interface Prepared {
  readonly cwd: string;
  /** The first may be a `stack init`; the last is what was asked for. */
  readonly runs: readonly (readonly string[])[];
}

/** Verbs that work on the program's files or on no project at all: they run where the user stands. */
const IN_PLACE = new Set([
  "new",
  "install",
  "convert",
  "package",
  "policy",
  "plugin",
  "schema",
  "template",
  "version",
  "help",
  "gen-completion",
]);

/** Verbs that make sense on a stack that is not there yet, with words that have to follow. */
const MAKES_STACK: readonly (readonly string[])[] = [
  ["up"],
  ["update"],
  ["preview"],
  ["watch"],
  ["import"],
  ["config"],
];

/**
 * Turns a `pulumi` command line into what the real engine has to run: in the shadow of the project, on a stack that is
 * made first when the command needs it and the project has a file for it (or has no files at all).
 */
export function prepare(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = process.env): Prepared {
  const { sandbox, plugins } = placesIn(env);
  const line = parseCommandLine(args, cwd);
  const verb = line.verbs[0];
  if (verb === undefined || IN_PLACE.has(verb)) return { cwd, runs: [args] };
  const shadow = shadowProject(line.cwd, sandbox, plugins);
  if (!shadow) return { cwd, runs: [args] };
  const asked = relocated(args, line.cwd, (file) => shadowConfig(shadow, file));
  const init = needsStack(line, shadow, env)
    ? [["stack", "init", line.stack ?? "", "--no-select", "--non-interactive"]]
    : [];
  return { cwd: shadow.folder, runs: [...init, asked] };
}

/** The sandbox's folder and its plugins, from the environment that `kasbah sandbox` has set. */
function placesIn(env: NodeJS.ProcessEnv): { sandbox: string; plugins: string } {
  const [sandbox, plugins] = [env["KASBAH_SANDBOX"], env["KASBAH_SANDBOX_PLUGINS"]];
  if (!sandbox || !plugins)
    throw new UserError(EXIT.badInput, "This is not a sandbox: start it with `kasbah sandbox -- COMMAND`.");
  return { sandbox, plugins };
}

function needsStack(line: CommandLine, shadow: ShadowProject, env: NodeJS.ProcessEnv): boolean {
  const { stack, verbs } = line;
  if (!stack || !MAKES_STACK.some((words) => words.every((word, index) => verbs[index] === word))) return false;
  if (stackExists(shadow.name, stack, env)) return false;
  if (shadow.stacks.length === 0 || shadow.stacks.includes(stack)) return true;
  const known = shadow.stacks.map((name) => `'${name}'`).join(", ");
  throw new UserError(
    EXIT.badInput,
    `There is no Pulumi.${stack}.yaml in ${shadow.real}: its stacks are ${known}. Nothing was made.`,
  );
}

function stackExists(project: string, stack: string, env: NodeJS.ProcessEnv): boolean {
  const backend = env["PULUMI_BACKEND_URL"] ?? "";
  const state = backend.startsWith("file:///") ? fileURLToPath(backend) : backend.replace(/^file:\/\//, "");
  const file = path.join(state, ".pulumi", "stacks", project, `${stack}.json`);
  return fs.existsSync(file) || fs.existsSync(`${file}.gz`);
}
