import pc from "picocolors";
import type { Register } from "../command.ts";
import { EXIT } from "../error.ts";
import { asOfOption, cwdOption, stackOption } from "../options.ts";

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
    .option("--json", "say it as JSON")
    .action(async ({ cwd, stack, asOf, json }: PlanOptions) => {
      const { readPlatformStack } = await import("../stack.ts");
      const { makePlan } = await import("../plan/make.ts");
      const platform = readPlatformStack(cwd, stack);
      const plan = await progress.during("reading the program", () => makePlan(platform, asOf));
      if (json) process.stdout.write(`${JSON.stringify(plan, null, 2)}\n`);
      else {
        const { renderPlan } = await import("../plan/render.ts");
        const colors = pc.createColors(process.stdout.isTTY === true && !process.env["NO_COLOR"]);
        process.stdout.write(`${renderPlan(plan, platform.declaration, colors)}\n`);
      }
      exit(plan.refusals.length > 0 ? EXIT.refused : EXIT.done);
    });
};
