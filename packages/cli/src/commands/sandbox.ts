import { spawn } from "node:child_process";
import os from "node:os";
import type { Register } from "../command.ts";
import { findEngine } from "../engine/find.ts";
import { EXIT, UserError } from "../error.ts";

/** `kasbah sandbox -- pulumi up`: any command, with the simulated cloud behind the real engine. */
export const registerSandbox: Register = (program, { progress, env, exit }) => {
  program
    .command("sandbox")
    .description("run a command with the simulated cloud behind the real engine, on a backend of its own")
    .argument("<command...>", "the command, after --")
    .passThroughOptions()
    .addHelpText("after", "\nExample:\n  kasbah sandbox -- pulumi up --stack dev")
    .action(async ([command = "", ...args]: readonly string[]) => {
      const { openSandbox } = await import("../sandbox/environment.ts");
      const engine = await findEngine({ progress, env });
      const sandbox = await openSandbox(engine, process.cwd(), env);
      progress.say(`Simulated cloud: nothing real is touched; state in ${sandbox.folder}`);
      exit(await run(command, args, sandbox.env));
    });
};

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const child = spawn(command, args, { stdio: "inherit", env });
  const wait = (): void => {}; // Ctrl-C reaches the command by the terminal
  const forward = (): void => void child.kill("SIGTERM");
  process.on("SIGINT", wait).on("SIGTERM", forward);
  child.on("error", (error: NodeJS.ErrnoException) => {
    const reason = error.code === "ENOENT" ? "there is no such command" : error.message;
    reject(new UserError(EXIT.missingTool, `${command}: ${reason}`));
  });
  child.on("exit", (code, signal) => {
    process.off("SIGINT", wait).off("SIGTERM", forward);
    resolve(code ?? 128 + (signal ? os.constants.signals[signal] : 0));
  });
  return promise;
}
