import type { Register } from "../command.ts";
import { EXIT } from "../error.ts";
import { asOfOption, cwdOption, sandboxOption, stackOption } from "../options.ts";
import { print, screenColors } from "../output.ts";

interface UpOptions {
  readonly cwd: string;
  readonly stack: string;
  readonly asOf: string;
  readonly sandbox?: boolean;
  readonly yes?: boolean;
}

/** `kasbah up`: the plan, then the engine with the policy pack. What the law refuses is never started. */
export const registerUp: Register = (program, context) => {
  const { progress, exit } = context;
  program
    .command("up")
    .description("plan, then build through the engine, with the policy pack watching")
    .addOption(cwdOption())
    .addOption(stackOption())
    .addOption(asOfOption())
    .addOption(sandboxOption())
    .option("-y, --yes", "do not ask before building; in the sandbox nobody is asked")
    .action(async ({ cwd, stack, asOf, sandbox = false, yes = false }: UpOptions) => {
      const { readPlatformStack } = await import("../stack.ts");
      const { makePlan } = await import("../plan/make.ts");
      const { publicPlan, renderPlan } = await import("../plan/render.ts");
      const platform = readPlatformStack(cwd, stack);
      const plan = publicPlan(await progress.during("reading the program", () => makePlan(platform, asOf)));
      print(`${renderPlan(plan, platform.declaration, screenColors())}\n`);
      if (plan.refusals.length > 0) return exit(EXIT.refused);

      const { openSession } = await import("../session.ts");
      const { withPack } = await import("../packs.ts");
      const session = await openSession({ cwd: platform.folder, sandbox, asOf }, context);
      const unasked = sandbox || yes ? ["--yes"] : []; // with its preview: what the pack refuses there, nothing is made of
      const result = await withPack(platform, asOf, (pack) =>
        session.run(["up", "--stack", stack, ...unasked, ...pack], { events: true }),
      );
      exit(result.exitCode);
    });
};
