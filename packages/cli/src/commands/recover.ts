import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Register } from "../command.ts";
import { EXIT, UserError } from "../error.ts";
import { cwdOption, sandboxOption, stackOption } from "../options.ts";
import type { Session } from "../session.ts";

interface RecoverOptions {
  readonly cwd: string;
  readonly stack: string;
  readonly sandbox?: boolean;
}

/** `kasbah recover`: after a kill, brings state and cloud together again. Nothing twice, nothing lost. */
export const registerRecover: Register = (program, context) => {
  program
    .command("recover")
    .description("after a run was killed: find what the cloud made and the state does not know, and free the stack")
    .addOption(cwdOption())
    .addOption(stackOption())
    .addOption(sandboxOption())
    .action(async ({ cwd, stack, sandbox }: RecoverOptions) => {
      const { readStackFiles } = await import("../stack.ts");
      const { openSession } = await import("../session.ts");
      const { folder, project } = readStackFiles(cwd, stack);
      const session = await openSession({ cwd: folder, sandbox: sandbox ?? false }, context);
      if (session.sandboxFolder === undefined) {
        throw new UserError(
          EXIT.missingTool,
          "Look-ups exist for the sandbox only, as yet. On a real cloud: find what is in the stack's pending_operations (pulumi stack export) by its exact name, and import or delete it.",
        );
      }
      await freeLock(session, project, stack);
      context.exit(await recover(session, session.sandboxFolder, stack, context.progress.say));
    });
};

/** Frees the stack of a run that is dead; one that still goes on is left alone. */
const freeLock = async (session: Session, project: string, stack: string): Promise<void> => {
  const { isRunning, locksOf } = await import("../recover/lock.ts");
  const { mendStateFiles } = await import("../recover/state-files.ts");
  const backend = session.env["PULUMI_BACKEND_URL"] ?? "";
  const locks = locksOf(backend, project, stack) ?? [];
  const alive = locks.find((lock) => isRunning(lock) !== false);
  if (alive !== undefined) {
    throw new UserError(
      EXIT.engineOrCloud,
      `A run still goes on: process ${alive.pid} of ${alive.username} on ${alive.hostname}. Nothing was changed.`,
    );
  }
  mendStateFiles(backend, project, stack);
  if (locks.length > 0) await checked(session, ["cancel", stack, "--yes"]);
};

const recover = async (
  session: Session,
  cloud: string,
  stack: string,
  say: (line: string) => void,
): Promise<number> => {
  const { sandboxOperations } = await import("@kasbah/sandbox");
  const { nameOf, recoverStack } = await import("../recover/recover.ts");
  const folder = mkdtempSync(path.join(os.tmpdir(), "kasbah-recover-"));
  try {
    const file = path.join(folder, "stack.json");
    await checked(session, ["stack", "export", "--stack", stack, "--file", file]); // secrets stay encrypted
    const recovery = await recoverStack(JSON.parse(readFileSync(file, "utf8")), sandboxOperations(cloud));
    for (const { resource, id } of recovery.adopted)
      say(`found in the cloud, now in the state: ${nameOf(resource)} (${id})`);
    for (const resource of recovery.absent) say(`never made, the next up makes it: ${nameOf(resource)}`);
    for (const name of recovery.other) say(`read again from the cloud: ${name}`);
    writeFileSync(file, JSON.stringify(recovery.stack), { mode: 0o600 });
    await checked(session, ["stack", "import", "--stack", stack, "--file", file]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const refreshed = await session.run(["refresh", "--stack", stack, "--yes", "--skip-preview"], { events: true });
  return refreshed.exitCode;
};

const checked = async (session: Session, args: readonly string[]): Promise<void> => {
  const { code, exitCode } = await session.run(args);
  if (code !== 0)
    throw new UserError(exitCode, `pulumi ${args.slice(0, 2).join(" ")} failed; nothing was changed after it.`);
};
