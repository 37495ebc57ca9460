// The test command: fetches the engine first, with progress, so that no test waits for a build. Arguments go to vitest.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { findEngine } from "../packages/cli/src/engine/find.ts";
import { UserError } from "../packages/cli/src/error.ts";
import { progressOn } from "../packages/cli/src/progress.ts";

const root = path.resolve(import.meta.dirname, "..");

const run = (command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): number =>
  spawnSync(command, args, { cwd: root, env, stdio: "inherit" }).status ?? 1;

const main = async (): Promise<number> => {
  const progress = progressOn();
  const engine = await findEngine({ progress });
  progress.say(`engine: ${engine.path} (v${engine.version})`);
  const vitest = path.join(root, "node_modules/vitest/vitest.mjs");
  const reporter = path.join(root, "scripts/reporter.ts");
  const args = [vitest, "run", "--reporter=default", `--reporter=${reporter}`, ...process.argv.slice(2)];
  return run(process.execPath, args, { ...process.env, KASBAH_ENGINE: engine.path });
};

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}
