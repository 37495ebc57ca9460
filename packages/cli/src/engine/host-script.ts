import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { cacheFolder } from "./cache.ts";
import { childEnvironment } from "./programs.ts";
import { type Engine, HOST_MARK, onPath } from "./ways.ts";

/**
 * The script that stands as `pulumi-language-nodejs`. It names no folder of this machine: the environment says which
 * Node and which host, so that one script in the cache serves every checkout.
 */
const SCRIPT = `#!/bin/sh
# ${HOST_MARK}: stands in for the language host that the vendor's CLI brings along.
if [ -z "$KASBAH_LANGUAGE_HOST" ]; then
  echo "this engine has no language host of its own: start it through the kasbah command" >&2
  exit 1
fi
exec "\${KASBAH_NODE:-node}" "$KASBAH_LANGUAGE_HOST" "$@"
`;

/**
 * What has to stand in the environment for `engine` to run Node programs. The vendor's CLI brings its language host; any
 * other gets ours, beside the binary when that lies in our cache, else first on the path. Both start this Node.
 */
export function languageHostEnvironment(engine: Engine, env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const shared = childEnvironment(env);
  const folders = nodeFirst(env);
  if (engine.languageHost === "own") return { ...shared, PATH: joined(folders, env) };
  const cache = cacheFolder(env);
  const binFolder = path.dirname(engine.path);
  // Beside the binary the engine takes it without a warning; only folders of ours are written to.
  const ours = binFolder.startsWith(path.join(cache, "engine") + path.sep);
  const folder = ours ? binFolder : path.join(cache, "host");
  writeScript(path.join(folder, "pulumi-language-nodejs"));
  const extension = path.extname(import.meta.url);
  return {
    ...shared,
    KASBAH_LANGUAGE_HOST: fileURLToPath(new URL(`./language-host${extension}`, import.meta.url)),
    KASBAH_NODE: process.execPath,
    PATH: joined(ours ? folders : [folder, ...folders], env),
  };
}

/** The folder of this Node, unless the path leads to it already: the vendor's host takes the first `node` there is. */
function nodeFirst(env: NodeJS.ProcessEnv): string[] {
  const first = onPath("node", env);
  return first && fs.realpathSync(first) === fs.realpathSync(process.execPath) ? [] : [path.dirname(process.execPath)];
}

function joined(folders: readonly string[], env: NodeJS.ProcessEnv): string {
  return [...folders, env["PATH"] ?? ""].join(path.delimiter);
}

function writeScript(file: string): void {
  if (fs.existsSync(file) && fs.readFileSync(file, "utf8") === SCRIPT) return;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  fs.writeFileSync(draft, SCRIPT, { mode: 0o755 });
  fs.renameSync(draft, file);
}
