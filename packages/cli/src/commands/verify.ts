import type { Context, Register } from "../command.ts";
import { EXIT, type ExitCode, UserError } from "../error.ts";
import type { VerifiedStack } from "../operations/verify.ts";
import { cwdOption, jsonOption, stackOption } from "../options.ts";
import { print, printJson, screenColors } from "../output.ts";
import type { Session } from "../session.ts";

interface VerifyOptions {
  readonly cwd: string;
  readonly stack: string;
  readonly json?: boolean;
}

/** `kasbah verify`: what the clouds themselves report as broken, which no provider shows. */
export const registerVerify: Register = (program, context) => {
  program
    .command("verify")
    .description("ask the clouds what is broken, missing or late of what the stack made: exit 4 when something is")
    .addOption(cwdOption())
    .addOption(stackOption())
    .addOption(jsonOption())
    .action(async ({ cwd, stack, json = false }: VerifyOptions) => {
      const { readAnyStack } = await import("../stack.ts");
      const { openSession } = await import("../session.ts");
      const files = readAnyStack(cwd, stack);
      const session = await openSession({ cwd: files.folder, sandbox: false }, context);
      const code = await verifyStack(session, { ...files, env: session.env }, context, json);
      if (code === undefined) throw new UserError(EXIT.badInput, `There is no stack '${stack}' in this state backend.`);
      context.exit(code);
    });
};

/** Verifies, shows, and says what the command should end with; `undefined` when the backend has no such stack. */
export const verifyStack = async (
  session: Session,
  scene: VerifiedStack,
  { progress }: Pick<Context, "progress">,
  json = false,
): Promise<ExitCode | undefined> => {
  const { exportStack } = await import("../operations/export.ts");
  const { isFault, verifyState } = await import("../operations/verify.ts");
  const { findingLine } = await import("../operations/show.ts");
  const exported = await exportStack(session, scene.stack);
  if (exported === undefined) return undefined;
  const verified = await progress.during("asking the clouds", () => verifyState(exported, scene));
  const { findings, looked, unchecked } = verified;
  if (json) printJson(verified);
  else for (const finding of findings) print(findingLine(finding, screenColors()));
  if (unchecked.length > 0)
    progress.say(`Nothing was checked in ${unchecked.join(", ")}: there are no operations yet.`);
  const faults = findings.filter(isFault).length;
  if (looked > 0) progress.say(`Verified ${looked} resources: ${faults === 0 ? "none broken" : `${faults} broken`}.`);
  return faults === 0 ? EXIT.done : EXIT.engineOrCloud;
};
