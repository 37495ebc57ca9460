import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { sandboxEnvironment } from "@kasbah/sandbox";
import type { Engine } from "../engine/find.ts";
import { languageHostEnvironment } from "../engine/host-script.ts";
import { makeSandboxFolder } from "./folder.ts";

/** The sandbox, ready to run commands in. */
export interface Sandbox {
  readonly folder: string;
  /** The whole environment for a command: the simulated cloud, a backend of its own, the wrapper first on the path. */
  readonly env: NodeJS.ProcessEnv;
}

/** What `@kasbah/sandbox` makes in a folder: the plugins, and the environment that leads the engine to them. */
export interface SimulatedCloud {
  readonly binFolder: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Makes the simulated cloud; tests hand in one without plugins. */
export type MakeCloud = (where: { readonly folder: string }) => SimulatedCloud | Promise<SimulatedCloud>;

/** What would lead a run out of the sandbox. */
const LEADS_OUT = ["PULUMI_ACCESS_TOKEN", "PULUMI_CONFIG_PASSPHRASE_FILE", "PULUMI_STACK", "PULUMI_ORGANIZATION"];

/** Makes (or finds again) the sandbox that belongs to `cwd`. */
export async function openSandbox(
  engine: Engine,
  cwd: string,
  env: NodeJS.ProcessEnv = process.env,
  make: MakeCloud = simulatedCloud,
): Promise<Sandbox> {
  const folder = makeSandboxFolder(cwd);
  const cloud = await make({ folder });
  const host = languageHostEnvironment(engine, env);
  const wrapper = path.join(folder, "wrapper");
  writeWrapper(wrapper);
  const kept = Object.fromEntries(Object.entries(env).filter(([name]) => !LEADS_OUT.includes(name)));
  const paths = [wrapper, cloud.binFolder, host["PATH"] ?? ""];
  return {
    folder,
    env: {
      ...kept,
      ...cloud.env,
      ...host,
      KASBAH_SANDBOX: folder,
      KASBAH_SANDBOX_PLUGINS: cloud.binFolder,
      KASBAH_ENGINE: engine.path,
      KASBAH_NODE: process.execPath,
      PATH: paths.join(path.delimiter),
    },
  };
}

// The folder's own passphrase, whatever the user's is today: a state that was made with another could not be read.
const simulatedCloud: MakeCloud = ({ folder }) => sandboxEnvironment({ folder, env: {} });

function writeWrapper(folder: string): void {
  const entry = fileURLToPath(new URL(`./wrapper${path.extname(import.meta.url)}`, import.meta.url));
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, "pulumi");
  const draft = `${file}.${process.pid}`;
  fs.writeFileSync(
    draft,
    `#!/bin/sh\n# the real engine, on a shadow of the project\nexec "\${KASBAH_NODE:-node}" '${entry.replaceAll("'", "'\\''")}' "$@"\n`,
    {
      mode: 0o755,
    },
  );
  fs.renameSync(draft, file);
}
