import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Register } from "../command.ts";
import { cwdOption, sandboxOption, stackOption } from "../options.ts";
import type { ExportedStack } from "../recover/deployment.ts";
import type { Ask } from "../recover/recover.ts";
import type { Session } from "../session.ts";

interface RecoverOptions {
  readonly cwd: string;
  readonly stack: string;
  readonly sandbox?: boolean;
}

/** `kasbah recover`: after a kill, brings state and cloud together again. Nothing twice, nothing lost. */
export const registerRecover: Register = (program, context) => {
  const { say } = context.progress;
  program
    .command("recover")
    .description("after a run was killed: find what the cloud made and the state does not know, and free the stack")
    .addOption(cwdOption())
    .addOption(stackOption())
    .addOption(sandboxOption())
    .action(async ({ cwd, stack, sandbox }: RecoverOptions) => {
      const { readStackFiles } = await import("../stack.ts");
      const { openSession } = await import("../session.ts");
      const { endLeftovers } = await import("../recover/processes.ts");
      const { freeLock } = await import("../recover/free.ts");
      const { folder, project } = readStackFiles(cwd, stack);
      for (const { name, pid } of await endLeftovers(folder)) say(`ended ${name} (${pid}), which a dead run had left`);
      const session = await openSession({ cwd: folder, sandbox: sandbox ?? false }, context);
      await freeLock(session, { project, stack });
      context.exit(await recover(session, folder, stack, say));
    });
};

const recover = async (
  session: Session,
  project: string,
  stack: string,
  say: (line: string) => void,
): Promise<number> => {
  const { checked, unlessLocked } = await import("../recover/free.ts");
  const { nameOf, recoverStack } = await import("../recover/recover.ts");
  const folder = mkdtempSync(path.join(os.tmpdir(), "kasbah-recover-"));
  try {
    const file = path.join(folder, "stack.json");
    await checked(session, ["stack", "export", "--stack", stack, "--file", file]); // secrets stay encrypted
    const exported: ExportedStack = JSON.parse(readFileSync(file, "utf8"));
    const recovery = await recoverStack(exported, await askOf(session, exported, project, stack));
    for (const { resource, id, unusable } of recovery.adopted) {
      const then = unusable === undefined ? "" : `; ${unusable}, so the next up replaces it`;
      say(`found in the cloud, now in the state: ${nameOf(resource)} (${id})${then}`);
    }
    for (const resource of recovery.absent) say(`never made, the next up makes it: ${nameOf(resource)}`);
    for (const name of recovery.other) say(`read again from the cloud: ${name}`);
    writeFileSync(file, JSON.stringify(recovery.stack), { mode: 0o600 });
    await unlessLocked(session, stack, ["stack", "import", "--stack", stack, "--file", file]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const refreshed = await session.run(["refresh", "--stack", stack, "--yes", "--skip-preview"], { events: true });
  return refreshed.exitCode;
};

/** Where what was begun is looked for. */
const askOf = async (session: Session, exported: ExportedStack, folder: string, stack: string): Promise<Ask> => {
  const { askClouds, askSandbox } = await import("../recover/ask.ts");
  if (session.sandboxFolder !== undefined) {
    const { sandboxOperations } = await import("@kasbah/sandbox");
    return askSandbox(sandboxOperations(session.sandboxFolder), exported);
  }
  const begun = (exported.deployment.pending_operations ?? []).length > 0;
  const decrypted = begun ? await decryptedExport(session, stack) : exported;
  return askClouds({ exported, decrypted, folder, env: session.env });
};

/** The state with its secrets in clear, in memory only. */
const decryptedExport = async (session: Session, stack: string): Promise<ExportedStack> => {
  const { EXIT, UserError } = await import("../error.ts");
  const { Memory } = await import("../engine/memory.ts");
  const stdout = new Memory();
  const { code, exitCode } = await session.run(["stack", "export", "--stack", stack, "--show-secrets"], { stdout });
  if (code !== 0)
    throw new UserError(exitCode ?? EXIT.engineOrCloud, "The state could not be read. Nothing was changed.");
  return JSON.parse(stdout.text);
};
