import fs from "node:fs";
import path from "node:path";
import type { Progress } from "../progress.ts";
import type { Exec } from "./exec.ts";
import { ENGINE_VERSION, isAtLeast, OLDEST_ENGINE, versionIn } from "./version.ts";

/** The Pulumi CLI, ready to be started. */
export interface Engine {
  readonly path: string;
  readonly version: string;
  /** How it was come by; `given` is `KASBAH_ENGINE`. */
  readonly kind: "given" | "path" | "cached" | "downloaded" | "built";
  /** `own`: it brings `pulumi-language-nodejs` beside it; `kasbah`: ours stands in. */
  readonly languageHost: "own" | "kasbah";
}

/** What each way works with; tests hand in fakes. */
export interface Tools {
  readonly exec: Exec;
  readonly env: NodeJS.ProcessEnv;
  readonly progress: Progress;
  /** The cache folder. */
  readonly cache: string;
}

/** One way to an engine: the engine, or the sentence that says why not. */
export interface Way {
  readonly name: string;
  readonly find: (tools: Tools) => Promise<Engine | { readonly problem: string }>;
}

/** The text that stands in our stand-in host, by which it is told from the vendor's. */
export const HOST_MARK = "kasbah-language-host";

/** An engine that lies in the file system, asked for its version; `oldest` turns an older one down. */
export async function engineAt(
  file: string,
  kind: Engine["kind"],
  { exec }: Pick<Tools, "exec">,
  oldest = OLDEST_ENGINE,
): Promise<Engine | { readonly problem: string }> {
  // At once, as a rule; `node_modules/.bin/pulumi` (the vendor's npm package) downloads first.
  const answer = await exec(file, ["version"], { quietMs: 60_000 });
  const version = versionIn(answer.stdout);
  if (answer.code !== 0 || !version) return { problem: `${file} did not say its version: ${lastLine(answer.stderr)}` };
  if (!isAtLeast(version, oldest)) {
    return { problem: `${file} is v${version}, Kasbah needs v${oldest} or newer` };
  }
  return { path: file, version, kind, languageHost: languageHostOf(file) };
}

/** The vendor puts the language host beside the CLI (symbolic links followed); ours carries {@link HOST_MARK}. */
function languageHostOf(file: string): Engine["languageHost"] {
  const host = path.join(path.dirname(fs.realpathSync(file)), "pulumi-language-nodejs");
  if (!fs.existsSync(host)) return "kasbah";
  const head = fs.readFileSync(host).subarray(0, 400).toString("latin1");
  return head.includes(HOST_MARK) ? "kasbah" : "own";
}

/** The first executable `name` on the path. */
export function onPath(name: string, env: NodeJS.ProcessEnv): string | undefined {
  for (const folder of (env["PATH"] ?? "").split(path.delimiter)) {
    if (!folder) continue;
    const file = path.join(folder, name);
    if (isExecutable(file)) return file;
  }
  return undefined;
}

/** Whether `file` can be started. */
export function isExecutable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

/** The last line of what a command wrote: most tools say the reason there. */
export function lastLine(text: string): string {
  return text.trim().split("\n").at(-1)?.trim() || "no reason given";
}

/** `pulumi` on the path, whoever put it there. The sandbox's own wrapper is not one. */
export const fromPath: Way = {
  name: "`pulumi` on the path",
  async find(tools) {
    const file = onPath("pulumi", { PATH: withoutSandbox(tools.env) });
    return file ? engineAt(file, "path", tools) : { problem: "there is none" };
  },
};

/** Inside `kasbah sandbox` the first `pulumi` is the sandbox's wrapper, which asks for the engine behind it. */
function withoutSandbox(env: NodeJS.ProcessEnv): string {
  const sandbox = env["KASBAH_SANDBOX"];
  const folders = (env["PATH"] ?? "").split(path.delimiter);
  return folders.filter((folder) => !sandbox || !folder.startsWith(sandbox)).join(path.delimiter);
}

/** What an earlier run downloaded or built. */
export const fromCache: Way = {
  name: "the cache",
  async find(tools) {
    const places = [
      path.join(tools.cache, "engine", `v${ENGINE_VERSION}`, "pulumi"),
      path.join(vendorHome(tools.cache), "versions", ENGINE_VERSION, "bin", "pulumi"),
    ];
    const file = places.find(isExecutable);
    return file ? engineAt(file, "cached", tools) : { problem: `nothing in ${path.join(tools.cache, "engine")}` };
  },
};

/** The npm package `pulumi` installs into `$PULUMI_HOME/versions/<version>/bin`. */
export function vendorHome(cache: string): string {
  return path.join(cache, "engine", "vendor");
}
