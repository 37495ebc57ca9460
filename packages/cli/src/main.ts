import { Command, CommanderError } from "commander";
import type { Context, Register } from "./command.ts";
import { registerCheck } from "./commands/check.ts";
import { registerDown } from "./commands/down.ts";
import { registerDrill } from "./commands/drill.ts";
import { registerEngine } from "./commands/engine.ts";
import { registerExplain } from "./commands/explain.ts";
import { registerInit } from "./commands/init.ts";
import { registerJudge } from "./commands/judge.ts";
import { registerPack } from "./commands/pack.ts";
import { registerPlace } from "./commands/place.ts";
import { registerPlan } from "./commands/plan.ts";
import { registerProbe } from "./commands/probe.ts";
import { registerRecover } from "./commands/recover.ts";
import { registerRegimes } from "./commands/regimes.ts";
import { registerSandbox } from "./commands/sandbox.ts";
import { registerUp } from "./commands/up.ts";
import { registerVerify } from "./commands/verify.ts";
import { EXIT, UserError } from "./error.ts";
import { progressOn } from "./progress.ts";

const COMMANDS: readonly Register[] = [
  registerPlan,
  registerExplain,
  registerPlace,
  registerJudge,
  registerRegimes,
  registerInit,
  registerUp,
  registerDown,
  registerVerify,
  registerProbe,
  registerRecover,
  registerDrill,
  registerCheck,
  registerPack,
  registerSandbox,
  registerEngine,
];

const EXIT_HELP = `
Exit codes: 0 done, 1 refused by law or policy, 2 bad input, 3 missing tool, 4 engine or cloud.
KASBAH_DEBUG=1 shows the stack of an unexpected error.`;

/** The whole command line; tests hand in commands of their own. */
export function program(context: Context, commands: readonly Register[] = COMMANDS): Command {
  const root = new Command("kasbah")
    .description("Data platforms by declaration: kept where the law allows, on five kinds of cloud.")
    .version("0.1.0")
    .addHelpText("after", EXIT_HELP)
    .showSuggestionAfterError()
    .enablePositionalOptions()
    .exitOverride();
  for (const register of commands) register(root, context);
  for (const command of root.commands) command.exitOverride();
  return root;
}

/** Runs one command line and sets the exit code; never throws. */
export async function run(args: readonly string[], commands: readonly Register[] = COMMANDS): Promise<void> {
  const context: Context = {
    progress: progressOn(),
    env: process.env,
    exit: (code) => {
      process.exitCode = code;
    },
  };
  const root = program(context, commands);
  try {
    if (args.length === 0) root.outputHelp();
    else await root.parseAsync(args, { from: "user" });
  } catch (error) {
    process.exitCode = report(error, process.env);
  }
}

/** Says what went wrong and returns the exit code. */
export function report(error: unknown, env: NodeJS.ProcessEnv, write: (text: string) => void = toStderr): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.badInput; // it has said so itself
  const message = error instanceof Error ? error.message : String(error);
  write(`${message}\n`);
  const debug = Boolean(env["KASBAH_DEBUG"]);
  if (debug && error instanceof Error) write(`${error.stack}\n`);
  if (error instanceof UserError) return error.exitCode;
  if (!debug) write("This was not expected: KASBAH_DEBUG=1 shows where it comes from.\n");
  return EXIT.engineOrCloud;
}

function toStderr(text: string): void {
  process.stderr.write(text);
}
