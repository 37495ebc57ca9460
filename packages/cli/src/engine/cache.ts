import os from "node:os";
import path from "node:path";
import { ENGINE_VERSION } from "./version.ts";

/** The folder that holds what Kasbah fetches once for the whole machine: `$KASBAH_CACHE`, else `$XDG_CACHE_HOME/kasbah`, else `~/.cache/kasbah`. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (env["KASBAH_CACHE"]) return path.resolve(env["KASBAH_CACHE"]);
  const base = env["XDG_CACHE_HOME"] || path.join(env["HOME"] || os.homedir(), ".cache");
  return path.join(base, "kasbah");
}

/** Where the pinned engine lies once it has been built. */
export function cachedEnginePath(env: NodeJS.ProcessEnv = process.env): string {
  return path.join(cacheFolder(env), "engine", `v${ENGINE_VERSION}`, "pulumi");
}
