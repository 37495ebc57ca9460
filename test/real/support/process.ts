import { spawn } from "node:child_process";

/** What a command left behind. */
export interface Ended {
  /** 0 when it succeeded; 143 when it was ended by a signal. */
  readonly code: number;
  readonly output: string;
}

/** How a command is run. */
export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Called with each line of either stream as it comes. */
  readonly onLine?: (line: string) => void;
  /** @default 600000 */
  readonly timeoutMs?: number;
}

/** Runs a command to its end, whatever its end is; both streams are kept, in the order in which they came. */
export function run(file: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const { cwd, env, onLine, timeoutMs = 600_000 } = options;
    const child = spawn(file, args, { cwd, env, timeout: timeoutMs, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      let rest = "";
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        const lines = (rest + text).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) onLine?.(line);
      });
    }
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 143, output }));
  });
}

/** {@link run}, and an error with what it wrote when it fails. */
export async function must(file: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { code, output } = await run(file, args, options);
  if (code === 0) return output;
  throw new Error(`${file} ${args.join(" ")} ended with ${code}:\n${output.slice(-4000)}`);
}
