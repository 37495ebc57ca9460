import type { Command } from "commander";
import type { Progress } from "./progress.ts";

/** What every command gets. */
export interface Context {
  readonly progress: Progress;
  readonly env: NodeJS.ProcessEnv;
  /** Sets what the process ends with; the last word of a command that did not throw. */
  readonly exit: (code: number) => void;
}

/** A command adds itself to the program. */
export type Register = (program: Command, context: Context) => void;
