import type { Context, Register } from "../command.ts";
import { EXIT, type ExitCode } from "../error.ts";
import type { VerifiedStack } from "../operations/verify.ts";
import { asOfOption, cwdOption, sandboxOption, stackOption } from "../options.ts";
import { print, screenColors } from "../output.ts";
import type { CollectedResource } from "../program/protocol.ts";
import type { Session } from "../session.ts";

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
      const session = await openSession({ cwd: platform.folder, sandbox, asOf }, context);
      const scene = { ...platform, env: session.env };
      if (!sandbox) {
        const code = await preflight(session, scene, plan.resources ?? [], context);
        if (code !== EXIT.done) return exit(code);
      }
      const { withPack } = await import("../packs.ts");
      const unasked = sandbox || yes ? ["--yes"] : []; // with its preview: what the pack refuses there, nothing is made of
      const result = await withPack(platform, asOf, (pack) =>
        session.run(["up", "--stack", stack, ...unasked, ...pack], { events: true }),
      );
      if (sandbox) return exit(result.exitCode);
      // Also after a failure: what the cloud says of it is often more than the provider does.
      const { verifyStack } = await import("./verify.ts");
      const verified = await verifyStack(session, scene, context).catch((error: unknown) => {
        progress.say(`Not verified: ${error instanceof Error ? error.message : error}`);
        return EXIT.engineOrCloud;
      });
      exit(result.exitCode === EXIT.done ? (verified ?? EXIT.done) : result.exitCode);
    });
};

/** Whether the clouds would take the plan: everything that stands in its way, before anything is made. */
const preflight = async (
  session: Session,
  scene: VerifiedStack,
  planned: readonly CollectedResource[],
  { progress }: Context,
): Promise<ExitCode> => {
  const { exportStack } = await import("../operations/export.ts");
  const { preflightPlan } = await import("../operations/preflight.ts");
  const { obstacleExit, obstacleLine } = await import("../operations/show.ts");
  const { obstacles, unchecked } = await progress.during("asking the clouds", async () =>
    preflightPlan(planned, await exportStack(session, scene.stack), scene),
  );
  for (const line of unchecked) progress.say(`not checked: ${line}`);
  for (const obstacle of obstacles) progress.say(obstacleLine(obstacle));
  if (obstacles.length > 0) progress.say("Nothing was made.");
  return obstacleExit(obstacles);
};
