import { Memory } from "../engine/memory.ts";
import { EXIT, UserError } from "../error.ts";
import type { Session } from "../session.ts";
import { isRunning, type Lock, locksIn, locksOf } from "./lock.ts";
import { mendStateFiles } from "./state-files.ts";

/** Which stack of which project is meant. */
export interface Named {
  readonly project: string;
  readonly stack: string;
}

/**
 * Frees the stack of a run that is dead; one that still goes on is left alone. In a backend that is no folder the locks
 * are seen when the state is written: see {@link unlessLocked}.
 * @throws {UserError} when a run still goes on
 */
export const freeLock = async (session: Session, { project, stack }: Named): Promise<void> => {
  const backend = session.env["PULUMI_BACKEND_URL"] ?? "";
  const locks = locksOf(backend, project, stack) ?? [];
  refuseAlive(locks);
  mendStateFiles(backend, project, stack);
  if (locks.length > 0) await checked(session, ["cancel", stack, "--yes"]);
};

/** Runs a command that needs the lock; frees the stack and tries again when only a dead run holds it. */
export const unlessLocked = async (session: Session, stack: string, args: readonly string[]): Promise<void> => {
  const stderr = new Memory();
  const first = await session.run(args, { stderr });
  if (first.code === 0) return;
  const locks = locksIn(first.errors ?? "");
  if (locks.length === 0) {
    process.stderr.write(stderr.text);
    throw new UserError(first.exitCode, failed(args));
  }
  refuseAlive(locks);
  await checked(session, ["cancel", stack, "--yes"]);
  await checked(session, args);
};

const refuseAlive = (locks: readonly Lock[]): void => {
  const alive = locks.find((lock) => isRunning(lock) !== false);
  if (alive === undefined) return;
  throw new UserError(
    EXIT.engineOrCloud,
    `A run still goes on: process ${alive.pid} of ${alive.username} on ${alive.hostname}. Nothing was changed.`,
  );
};

export const checked = async (session: Session, args: readonly string[]): Promise<void> => {
  const { code, exitCode } = await session.run(args);
  if (code !== 0) throw new UserError(exitCode, failed(args));
};

const failed = (args: readonly string[]): string =>
  `pulumi ${args.slice(0, 2).join(" ")} failed; nothing was changed after it.`;
