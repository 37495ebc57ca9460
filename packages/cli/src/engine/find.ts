import { EXIT, UserError } from "../error.ts";
import { type Progress, silent } from "../progress.ts";
import { fromGo } from "./build.ts";
import { cacheFolder } from "./cache.ts";
import { fromVendor } from "./download.ts";
import { type Exec, exec } from "./exec.ts";
import { ENGINE_VERSION } from "./version.ts";
import { type Engine, engineAt, fromCache, fromPath, type Way } from "./ways.ts";

export type { Engine } from "./ways.ts";

/** The four ways, in the order in which they are tried. */
export const WAYS: readonly Way[] = [fromPath, fromCache, fromVendor, fromGo];

/** What {@link findEngine} works with. */
export interface FindOptions {
  readonly progress?: Progress;
  /** @default process.env */
  readonly env?: NodeJS.ProcessEnv;
  /** For tests. */
  readonly exec?: Exec;
  /** For tests. */
  readonly ways?: readonly Way[];
}

/**
 * The engine: on the path, in the cache, downloaded from the vendor, or built from its Go module, whichever comes first.
 * `KASBAH_ENGINE` names one and ends the search. Throws one {@link UserError} (exit 3) that says what failed on each way.
 */
export async function findEngine(options: FindOptions = {}): Promise<Engine> {
  const env = options.env ?? process.env;
  const progress = options.progress ?? silent;
  const tools = { exec: options.exec ?? exec, env, progress, cache: cacheFolder(env) };
  if (env["KASBAH_ENGINE"]) {
    const given = await engineAt(env["KASBAH_ENGINE"], "given", tools);
    if ("problem" in given) throw new UserError(EXIT.missingTool, `KASBAH_ENGINE: ${given.problem}`);
    return given;
  }
  const problems: string[] = [];
  for (const way of options.ways ?? WAYS) {
    const found = await way.find(tools);
    if (!("problem" in found)) return found;
    // An engine that is there and cannot be used is said at once; one that is simply absent is not worth a line.
    if (way === fromPath && found.problem !== "there is none") progress.say(`${found.problem}; looking further.`);
    problems.push(`  ${problems.length + 1}. ${way.name}: ${found.problem}`);
  }
  throw new UserError(
    EXIT.missingTool,
    `No Pulumi engine was found. Any one of these mends it (v${ENGINE_VERSION} is what Kasbah is tested with):\n${problems.join("\n")}`,
  );
}
