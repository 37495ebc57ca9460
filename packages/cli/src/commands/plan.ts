import type { Register } from "../command.ts";
import { EXIT } from "../error.ts";
import { asOfOption, cwdOption, jsonOption, stackOption } from "../options.ts";
import { print, printJson, screenColors } from "../output.ts";

interface PlanOptions {
  readonly cwd: string;
  readonly stack: string;
  readonly asOf: string;
  readonly json?: true;
}

/** `kasbah plan`: where everything would go and why, in seconds and without an engine. */
export const registerPlan: Register = (program, { progress, exit }) => {
  program
    .command("plan")
    .description("say where everything goes and why, and what is made there; needs no engine and no account")
    .addOption(cwdOption())
    .addOption(stackOption())
    .addOption(asOfOption())
    .addOption(jsonOption())
    .action(async ({ cwd, stack, asOf, json }: PlanOptions) => {
      const { readPlatformStack } = await import("../stack.ts");
      const { makePlan } = await import("../plan/make.ts");
      const platform = readPlatformStack(cwd, stack);
      const { publicPlan, renderPlan } = await import("../plan/render.ts");
      const plan = publicPlan(await progress.during("reading the program", () => makePlan(platform, asOf)));
      if (json) printJson(plan);
      else print(renderPlan(plan, platform.declaration, screenColors()));
      exit(plan.refusals.length > 0 ? EXIT.refused : EXIT.done);
    });
};
