import type { Engine } from "../engine/find.ts";
import { type EngineResult, type RunOptions, runEngine } from "../engine/run.ts";
import type { Sandbox } from "./environment.ts";
import { prepare } from "./prepare.ts";

/**
 * Runs a `pulumi` command line in the sandbox, as `kasbah sandbox -- pulumi ...` does, with the result as data: on the
 * shadow of the project in `options.cwd`, the stack made first when it is not there.
 */
export async function runInSandbox(
  engine: Engine,
  sandbox: Sandbox,
  args: readonly string[],
  options: RunOptions,
): Promise<EngineResult> {
  const env = { ...sandbox.env, ...options.env };
  const { cwd, runs } = prepare(args, options.cwd, env);
  for (const before of runs.slice(0, -1)) {
    const beside = options.stderr ?? process.stderr;
    const made = await runEngine(engine, before, { ...options, cwd, env, events: false, stdout: beside });
    if (made.code !== 0) return made;
  }
  return runEngine(engine, runs.at(-1) ?? [], { ...options, cwd, env });
}
