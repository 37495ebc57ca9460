import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Progress } from "../progress.ts";

/**
 * Runs `work` while nobody else on this machine holds `file`. The file carries the holder's process id, so that a lock
 * whose holder was killed is taken over.
 */
export async function withLock<T>(file: string, progress: Progress, work: () => Promise<T>, pollMs = 1000): Promise<T> {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  if (!take(file)) {
    await progress.during(`Waiting for another process (${holder(file) ?? "?"}) to finish`, async () => {
      while (!take(file)) await sleep(pollMs);
    });
  }
  try {
    return await work();
  } finally {
    fs.rmSync(file, { force: true });
  }
}

function take(file: string): boolean {
  // The id is written before the name exists: nobody ever reads an empty lock.
  const draft = `${file}.${process.pid}`;
  fs.writeFileSync(draft, String(process.pid));
  try {
    fs.linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    const pid = holder(file);
    if (pid !== undefined && !isRunning(pid)) removeStale(file, pid);
    return false;
  } finally {
    fs.rmSync(draft, { force: true });
  }
}

/** Moves the lock away before it is removed: of two that see the same dead holder, only one moves that lock. */
function removeStale(file: string, pid: number): void {
  const aside = `${file}.stale.${process.pid}`;
  try {
    fs.renameSync(file, aside);
    if (holder(aside) !== pid) fs.linkSync(aside, file); // somebody's fresh one: back with it
  } catch {
    // another one was faster
  } finally {
    fs.rmSync(aside, { force: true });
  }
}

function holder(file: string): number | undefined {
  try {
    return Number(fs.readFileSync(file, "utf8")) || undefined;
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
