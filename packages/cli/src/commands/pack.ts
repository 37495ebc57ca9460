import type { Register } from "../command.ts";
import { asOfOption, cwdOption, stackOption } from "../options.ts";

interface PackOptions {
  readonly cwd: string;
  readonly stack: string;
  readonly asOf: string;
}

/** `kasbah pack`: what the policy pack has to know, for those who run the plain `pulumi`. */
export const registerPack: Register = (program) => {
  program
    .command("pack")
    .description("write what the policy pack has to know of the declaration, for pulumi's --policy-pack-config")
    .addOption(cwdOption())
    .addOption(stackOption())
    .addOption(asOfOption())
    .action(async ({ cwd, stack, asOf }: PackOptions) => {
      const { policyConfig } = await import("@kasbah/policy");
      const { readPlatformStack } = await import("../stack.ts");
      process.stdout.write(
        `${JSON.stringify(policyConfig(readPlatformStack(cwd, stack).raw, stack, asOf), null, 2)}\n`,
      );
    });
};
