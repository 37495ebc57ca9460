import type { Context } from "./command.ts";
import { findEngine } from "./engine/find.ts";
import { type EngineResult, type RunOptions, runEngine } from "./engine/run.ts";
import { openSandbox } from "./sandbox/environment.ts";
import { runInSandbox } from "./sandbox/run.ts";

/** The engine on one stack's folder: against real clouds, or in the sandbox. */
export interface Session {
  /** The environment in which the engine runs. */
  readonly env: NodeJS.ProcessEnv;
  /** Folder of the simulated cloud, in the sandbox. */
  readonly sandboxFolder?: string;
  /** Runs one engine command to its end. */
  run(
    args: readonly string[],
    options?: Pick<RunOptions, "events" | "stdout" | "stderr" | "input">,
  ): Promise<EngineResult>;
}

export interface SessionOptions {
  readonly cwd: string;
  readonly sandbox: boolean;
  readonly asOf?: string;
}

/** Finds the engine, fetching it when there is none, and opens the sandbox when asked. */
export const openSession = async (options: SessionOptions, { progress, env }: Context): Promise<Session> => {
  const engine = await findEngine({ progress, env });
  const dated = options.asOf === undefined ? env : { ...env, KASBAH_AS_OF: options.asOf };
  if (!options.sandbox) {
    return { env: dated, run: (args, run = {}) => runEngine(engine, args, { cwd: options.cwd, env: dated, ...run }) };
  }
  const sandbox = await openSandbox(engine, options.cwd, dated);
  progress.say(`Simulated cloud: nothing real is touched; state in ${sandbox.folder}`);
  return {
    env: sandbox.env,
    sandboxFolder: sandbox.folder,
    run: (args, run = {}) => runInSandbox(engine, sandbox, args, { cwd: options.cwd, ...run }),
  };
};
