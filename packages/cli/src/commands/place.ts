import { Option } from "commander";
import type { Register } from "../command.ts";
import { EXIT } from "../error.ts";
import { asOfOption, cwdOption, jsonOption, secretOption } from "../options.ts";
import { print, printJson, screenColors } from "../output.ts";

interface PlaceOptions {
  readonly cwd: string;
  readonly stack?: string;
  readonly asOf: string;
  readonly json?: boolean;
  readonly showSecretStatus?: boolean;
}

/** `kasbah place`: where each workload goes, and why not elsewhere. Reads the declaration alone. */
export const registerPlace: Register = (program, { exit }) => {
  program
    .command("place")
    .description("say where each workload goes and why, from the declaration alone")
    .addOption(cwdOption())
    .addOption(new Option("-s, --stack <name>", "with what Pulumi.<name>.yaml changes"))
    .addOption(asOfOption())
    .addOption(jsonOption())
    .addOption(secretOption())
    .action(async ({ cwd, stack, asOf, json, showSecretStatus }: PlaceOptions) => {
      const { planOf } = await import("@kasbah/core");
      const { readPlatform } = await import("../stack.ts");
      const { publicPlan, renderPlan } = await import("../plan/render.ts");
      const { declaration } = readPlatform(cwd, stack);
      const whole = planOf(declaration, asOf);
      const plan = showSecretStatus ? whole : publicPlan(whole);
      if (json) printJson(plan);
      else print(renderPlan(plan, declaration, screenColors()));
      exit(whole.refusals.length > 0 ? EXIT.refused : EXIT.done);
    });
};
