import { spawn } from "node:child_process";
import process from "node:process";

/** What a command left behind. `code` is null when it was ended by us or could not be started. */
export interface ExecResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a command is run. */
export interface ExecOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Ends the command when it has written nothing for so long. @default - never */
  readonly quietMs?: number;
  /** Ends the command after so long, whatever it does. @default - never */
  readonly timeoutMs?: number;
  /** Called with each line of standard error as it comes. */
  readonly onLine?: (line: string) => void;
}

/** Runs a command to its end and keeps what it wrote; never throws. Tests put a fake in its place. */
export type Exec = (file: string, args: readonly string[], options?: ExecOptions) => Promise<ExecResult>;

/** {@link Exec} on real processes; what it ends early it ends with all its children. */
export const exec: Exec = (file, args, options = {}) =>
  new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    const result = { stdout: "", stderr: "" };
    let note = "";
    const end = (why: string): void => {
      note = why;
      endGroup(child.pid);
    };
    const endAll = (): void => endGroup(child.pid);
    process.once("exit", endAll);
    const quiet = options.quietMs
      ? setTimeout(end, options.quietMs, `no progress for ${seconds(options.quietMs)}`)
      : undefined;
    const whole = options.timeoutMs
      ? setTimeout(end, options.timeoutMs, `not done after ${seconds(options.timeoutMs)}`)
      : undefined;
    let rest = "";
    child.stdout.on("data", (bytes: Buffer) => {
      quiet?.refresh();
      result.stdout += bytes;
    });
    child.stderr.on("data", (bytes: Buffer) => {
      quiet?.refresh();
      result.stderr += bytes;
      const lines = (rest + bytes).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) options.onLine?.(line);
    });
    const done = (code: number | null): void => {
      clearTimeout(quiet);
      clearTimeout(whole);
      process.off("exit", endAll);
      resolve({
        ...result,
        stderr: note ? `${result.stderr}\n${note}`.trim() : result.stderr,
        code: note ? null : code,
      });
    };
    child.on("error", (error) => {
      note ||= error.message;
      done(null);
    });
    child.on("close", done);
  });

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // it has ended by itself
  }
}

const seconds = (ms: number): string => `${Math.round(ms / 1000)} s`;
