import { Command, CommanderError } from "commander";
import type { Context, Register } from "./command.ts";
import { commandsFor } from "./commands/index.ts";
import { EXIT, UserError } from "./error.ts";
import { progressOn } from "./progress.ts";

const EXIT_HELP = `
Exit codes: 0 done, 1 refused by law or policy, 2 bad input, 3 missing tool, 4 engine or cloud.
KASBAH_DEBUG=1 shows the stack of an unexpected error.`;

/** The command line with some commands. */
export function program(context: Context, commands: readonly Register[]): Command {
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

/** Runs one command line and sets the exit code; never throws. Tests hand in commands of their own. */
export async function run(args: readonly string[], commands?: readonly Register[]): Promise<void> {
  const context: Context = {
    progress: progressOn(),
    env: process.env,
    exit: (code) => {
      process.exitCode = code;
    },
  };
  try {
    const root = program(context, commands ?? (await commandsFor(args)));
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
