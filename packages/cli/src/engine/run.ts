import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { EXIT, type ExitCode, UserError } from "../error.ts";
import { type EngineEvent, outcome, readEvents } from "./events.ts";
import { explain } from "./explain.ts";
import type { Engine } from "./find.ts";
import { languageHostEnvironment } from "./host-script.ts";
import { lineFilter } from "./noise.ts";

/** Where words go. */
export interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Where and how the engine is run. */
export interface RunOptions {
  readonly cwd: string;
  /** Over `process.env`. */
  readonly env?: NodeJS.ProcessEnv;
  /** Ask for the event log; only for verbs that know `--event-log` (up, preview, refresh, destroy, import). */
  readonly events?: boolean;
  /** Where its words go. @default process.stdout and process.stderr */
  readonly stdout?: Output;
  readonly stderr?: Output;
  /** What it reads: for what must not stand in its arguments. @default - the user's own input */
  readonly input?: string;
}

/** What a run came to. */
export interface EngineResult {
  /** The engine's own exit code; 128 + n after signal n. */
  readonly code: number;
  readonly events: readonly EngineEvent[];
  /** What the `kasbah` command should end with. */
  readonly exitCode: ExitCode;
  /** The engine's own last words, from its first `error:` line on. */
  readonly errors?: string;
  /** Our sentence for the engine's last words, when there is one; it has been shown already. */
  readonly explanation?: string;
}

/**
 * Runs the engine's CLI to its end. On a terminal it writes there itself; where output is piped, lines known as noise
 * are left out. Its last `error:` line is shown as one clear sentence where we have one.
 */
export async function runEngine(engine: Engine, args: readonly string[], options: RunOptions): Promise<EngineResult> {
  const env = { ...process.env, ...options.env };
  const folder = options.events ? fs.mkdtempSync(path.join(os.tmpdir(), "kasbah-")) : undefined;
  const log = folder && path.join(folder, "events.json");
  try {
    const { code, errors } = await start(engine, log ? [...args, "--event-log", log] : args, options, {
      ...env,
      PULUMI_SKIP_UPDATE_CHECK: env["PULUMI_SKIP_UPDATE_CHECK"] ?? "true",
      ...(log ? { PULUMI_DEBUG_COMMANDS: "true" } : {}), // the flag is known only then
      ...languageHostEnvironment(engine, env),
    });
    const events = log ? readEvents(log) : [];
    const explained = code === 0 ? undefined : explain(errors);
    const stderr = options.stderr ?? process.stderr;
    if (explained) stderr.write(`${explained.sentence}\n`);
    else if (errors) stderr.write(errors);
    const result = outcome(events, code);
    // A refusal is one whatever else was said.
    const exitCode = result === EXIT.refused ? result : (explained?.exitCode ?? result);
    return {
      code,
      events,
      exitCode,
      ...(errors ? { errors } : {}),
      ...(explained ? { explanation: explained.sentence } : {}),
    };
  } finally {
    if (folder) fs.rmSync(folder, { recursive: true, force: true }); // it holds the inputs of every resource
  }
}

interface Ended {
  readonly code: number;
  /** From the first `error:` line on, held back to be explained. */
  readonly errors: string;
}

function start(engine: Engine, args: readonly string[], options: RunOptions, env: NodeJS.ProcessEnv): Promise<Ended> {
  const stdout = options.stdout ?? process.stdout;
  const stderr = options.stderr ?? process.stderr;
  const direct = stdout === process.stdout && process.stdout.isTTY;
  const { promise, resolve, reject } = Promise.withResolvers<Ended>();
  const child = spawn(engine.path, args, {
    cwd: options.cwd,
    env,
    stdio: [options.input === undefined ? "inherit" : "pipe", direct ? "inherit" : "pipe", "pipe"],
  });
  const quiet = lineFilter((text) => stdout.write(text));
  let errors = "";
  const errorLines = lineFilter((line) => {
    if (errors || line.startsWith("error: ")) errors += line;
    else stderr.write(line);
  });
  child.stdin?.on("error", () => {}).end(options.input); // it may have ended before it read
  child.stdout?.setEncoding("utf8").on("data", quiet.push).on("end", quiet.end);
  child.stderr?.setEncoding("utf8").on("data", errorLines.push).on("end", errorLines.end);
  const forward = (signal: NodeJS.Signals): void => void child.kill(signal);
  // Ctrl-C reaches the engine by the terminal; it then stops between two steps, and we wait for it.
  const wait = (): void => {};
  process.on("SIGINT", wait).on("SIGTERM", forward);
  child.on("error", (error) =>
    reject(new UserError(EXIT.missingTool, `${engine.path} could not be started: ${error.message}`)),
  );
  child.on("close", (code, signal) => {
    process.off("SIGINT", wait).off("SIGTERM", forward);
    resolve({ code: code ?? 128 + (signal ? os.constants.signals[signal] : 0), errors });
  });
  return promise;
}
