// What the test commands share: the engine is fetched first, with progress, so that no test waits for a build.
import { spawn } from "node:child_process";
import path from "node:path";
import { findEngine } from "../packages/cli/src/engine/find.ts";
import { UserError } from "../packages/cli/src/error.ts";
import { progressOn } from "../packages/cli/src/progress.ts";

const root = path.resolve(import.meta.dirname, "..");

const CLOSING_LINE = "scripts/reporter.ts";

/** Fetches the engine, then runs vitest with these arguments to its end; returns its exit code. The closing line comes last. */
export async function vitest(args: readonly string[], reporters: readonly string[] = []): Promise<number> {
  const progress = progressOn();
  const engine = await findEngine({ progress });
  progress.say(`engine: ${engine.path} (v${engine.version})`);
  const own = [...reporters, CLOSING_LINE].map((file) => path.join(root, file));
  const told = ["default", ...own].map((reporter) => `--reporter=${reporter}`);
  return inherit([path.join(root, "node_modules/vitest/vitest.mjs"), "run", ...told, ...args], {
    ...process.env,
    KASBAH_ENGINE: engine.path,
  });
}

const inherit = (args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: "inherit" });
    // the terminal sends SIGINT to both of us, a supervisor SIGTERM only to this process
    process.on("SIGTERM", () => child.kill("SIGTERM"));
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });

/** Runs a command's work and turns its end into an exit code; what the user can mend is told without a stack. */
export async function exitWith(work: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await work();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error(error.message);
    process.exitCode = error.exitCode;
  }
}
