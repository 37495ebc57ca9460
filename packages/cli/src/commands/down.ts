import type { Register } from "../command.ts";
import { EXIT } from "../error.ts";
import { cwdOption, sandboxOption, stackOption } from "../options.ts";

interface DownOptions {
  readonly cwd: string;
  readonly stack: string;
  readonly sandbox?: boolean;
  readonly yes?: boolean;
}

/** `kasbah down`: destroys what a stack made, and in the sandbox shows that nothing is left. */
export const registerDown: Register = (program, context) => {
  const { progress, exit } = context;
  program
    .command("down")
    .description("destroy what the stack made; what is protected is refused by the engine")
    .addOption(cwdOption())
    .addOption(stackOption())
    .addOption(sandboxOption())
    .option("-y, --yes", "do not ask before destroying; in the sandbox nobody is asked")
    .action(async ({ cwd, stack, sandbox, yes }: DownOptions) => {
      const { readStackFiles } = await import("../stack.ts");
      const { openSession } = await import("../session.ts");
      const { folder } = readStackFiles(cwd, stack);
      const session = await openSession({ cwd: folder, sandbox: sandbox ?? false }, context);
      // With the preview: it is there that what is protected is refused, before what is not is gone.
      const unasked = sandbox || yes ? ["--yes"] : [];
      const destroyed = await session.run(["destroy", "--stack", stack, ...unasked], { events: true });
      if (destroyed.exitCode !== EXIT.done || session.sandboxFolder === undefined) return exit(destroyed.exitCode);
      const removed = await session.run(["stack", "rm", "--stack", stack, "--yes"]);
      const { listSandbox } = await import("@kasbah/sandbox");
      const left = listSandbox(session.sandboxFolder);
      for (const { type, id, kept } of left)
        progress.say(`left in the simulated cloud: ${type} ${id}${kept ? `: ${kept}` : ""}`);
      if (left.length === 0) progress.say("Nothing is left in the simulated cloud.");
      exit(removed.exitCode);
    });
};
