/**
 * What stands as `pulumi` on the path inside `kasbah sandbox`: the real engine, on the shadow of the project. Its output,
 * its questions and its exit code are the engine's.
 */
import { type StdioOptions, spawn } from "node:child_process";
import os from "node:os";
import { EXIT, UserError } from "../error.ts";
import { prepare } from "./prepare.ts";

/** What runs before the command asked for says its words beside, not into, an output that may be read by a program. */
const BESIDE: StdioOptions = ["inherit", 2, 2];

function run(file: string, args: readonly string[], cwd: string, stdio: StdioOptions): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const child = spawn(file, args, { cwd, stdio });
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.on("error", (error) => {
    process.stderr.write(`${file} could not be started: ${error.message}\n`);
    resolve(EXIT.missingTool);
  });
  child.on("exit", (code, signal) => resolve(code ?? 128 + (signal ? os.constants.signals[signal] : 0)));
  return promise;
}

async function main(): Promise<number> {
  const engine = process.env["KASBAH_ENGINE"];
  if (!engine)
    throw new UserError(
      EXIT.missingTool,
      "KASBAH_ENGINE is not set: start this through `kasbah sandbox -- pulumi ...`.",
    );
  const { cwd, runs } = prepare(process.argv.slice(2), process.cwd());
  for (const args of runs.slice(0, -1)) {
    const code = await run(engine, args, cwd, BESIDE);
    if (code !== 0) return code;
  }
  return run(engine, runs.at(-1) ?? [], cwd, "inherit");
}

process.on("SIGINT", () => {}); // the engine gets it too, and decides
try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof UserError ? error.message : (error as Error).stack}\n`);
  process.exitCode = error instanceof UserError ? error.exitCode : EXIT.engineOrCloud;
}
