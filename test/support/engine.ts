import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { findEngine } from "../../packages/cli/src/engine/find.ts";
import { languageHostEnvironment } from "../../packages/cli/src/engine/host-script.ts";
import { sandboxEnvironment } from "../../packages/sandbox/src/index.ts";

/** The top of the repository. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const NODE_BIN = path.join(ROOT, "node_modules", ".bin");

/** What a run of the CLI left behind; `all` is both streams in the order in which they came. */
export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly all: string;
}

/** How a run differs from the usual. */
export interface RunOptions {
  /** @default - the project's folder */
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Called with the process id once it runs: to kill it in the middle. */
  readonly started?: (pid: number) => void;
}

/** A small project: file name -> text; `Pulumi.yaml` and `package.json` are made unless given. */
export type ProjectFiles = Readonly<Record<string, string>>;

/** A folder with the real engine, a backend of its own, and nothing of the user's. */
export interface Workspace {
  /** The temporary folder; inside the checkout, so that imports find its `node_modules`. */
  readonly folder: string;
  readonly state: string;
  readonly env: NodeJS.ProcessEnv;
  /** Writes a project into `<folder>/<name>` and returns that folder; later runs start there. */
  project(files: ProjectFiles, name?: string): string;
  /** Writes a policy pack into `<folder>/<name>` and returns that folder. */
  pack(files: ProjectFiles, name?: string): string;
  /** Runs the CLI, without colour and questions. */
  pulumi(args: readonly string[], options?: RunOptions): Promise<Run>;
  /** The stack's state file as it lies on the disk (secrets encrypted); undefined when there is none. */
  stateFile(stack: string, project?: string): string | undefined;
  /** Removes everything. */
  close(): Promise<void>;
}

/** What a workspace is made with. */
export interface WorkspaceOptions {
  /** A folder with `pulumi-resource-*` executables, put first on the path. @default - the sandbox's */
  readonly plugins?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** A workspace on the real engine. Close it after the test. */
export async function engineWorkspace(options: WorkspaceOptions = {}): Promise<Workspace> {
  const engine = await findEngine();
  const parent = path.join(ROOT, ".kasbah", "test");
  fs.mkdirSync(parent, { recursive: true });
  const folder = fs.mkdtempSync(path.join(parent, "w-"));
  const sandbox = options.plugins ? ownBackend(folder, options.plugins) : simulated(folder);
  const host = languageHostEnvironment(engine);
  const paths = [sandbox.binFolder, NODE_BIN, path.dirname(engine.path), host["PATH"] ?? process.env["PATH"] ?? ""];
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...host,
    KASBAH_NODE: path.join(ROOT, "node_modules", "node", "bin", "node"),
    ...sandbox.env,
    ...options.env,
    PATH: paths.join(path.delimiter),
  };
  let current = folder;
  return {
    folder,
    env,
    state: path.join(folder, "sandbox", "state"),
    project(files, name = "program") {
      current = writeFiles(path.join(folder, name), { "Pulumi.yaml": projectYaml(name, files), ...files });
      return current;
    },
    pack(files, name = "pack") {
      return writeFiles(path.join(folder, name), {
        "PulumiPolicy.yaml": packYaml(files),
        ...packEntry(files),
        ...files,
      });
    },
    pulumi: (args, run = {}) =>
      start(engine.path, ["--color", "never", "--non-interactive", ...args], {
        ...run,
        cwd: run.cwd ?? current,
        env: { ...env, ...run.env },
      }),
    stateFile(stack, project = path.basename(current)) {
      const file = path.join(folder, "sandbox", "state", ".pulumi", "stacks", project, `${stack}.json`);
      return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : undefined;
    },
    close: async () => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

interface SandboxPlace {
  readonly binFolder: string;
  readonly env: NodeJS.ProcessEnv;
}

/** The simulated clouds, with a passphrase of their own. */
function simulated(folder: string): SandboxPlace {
  const place = sandboxEnvironment({ folder: path.join(folder, "sandbox"), env: {} });
  return { binFolder: place.binFolder, env: { ...ownBackend(folder, place.binFolder).env, ...place.env } };
}

function ownBackend(folder: string, binFolder: string): SandboxPlace {
  const place = (name: string): string => {
    const made = path.join(folder, "sandbox", name);
    fs.mkdirSync(made, { recursive: true });
    return made;
  };
  return {
    binFolder,
    env: {
      KASBAH_SANDBOX: path.join(folder, "sandbox"),
      PULUMI_BACKEND_URL: `file://${place("state")}`,
      PULUMI_HOME: place("home"),
      PULUMI_CONFIG_PASSPHRASE: "sandbox",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
      PULUMI_CREDENTIAL_STORE: "plaintext",
      PULUMI_DEBUG_COMMANDS: "true", // `--event-log`
    },
  };
}

function entryOf(files: ProjectFiles): string {
  return ["index.ts", "index.mjs", "index.js"].find((name) => name in files) ?? "index.ts";
}

function projectYaml(name: string, files: ProjectFiles): string {
  return `name: ${name}\nruntime:\n  name: nodejs\n  options:\n    typescript: false\nmain: ${entryOf(files)}\n`;
}

function packYaml(files: ProjectFiles): string {
  return `runtime:\n  name: nodejs\n  options:\n    typescript: false\nmain: ${entryOf(files)}\n`;
}

/**
 * The SDK's runner hands a pack whose entry is TypeScript to its own compiler (3.8), whatever the options say. A
 * JavaScript entry that imports the TypeScript goes past it: Node strips the types.
 */
function packEntry(files: ProjectFiles): ProjectFiles {
  if (!("index.ts" in files)) return {};
  const manifest = { name: "pack", version: "0.0.1", type: "module", main: "entry.js" };
  return { "entry.js": `import "./index.ts";\n`, "package.json": JSON.stringify(manifest) };
}

function writeFiles(folder: string, files: ProjectFiles): string {
  const name = path.basename(folder);
  const manifest = { name, version: "0.0.1", type: "module", main: entryOf(files) };
  for (const [file, text] of Object.entries({ "package.json": JSON.stringify(manifest), ...files })) {
    const target = path.join(folder, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, text);
  }
  return folder;
}

/** Runs a command to its end; both streams are kept. */
export function start(file: string, args: readonly string[], options: RunOptions = {}): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd: options.cwd, env: options.env, stdio: ["ignore", "pipe", "pipe"] });
    const kept = { stdout: "", stderr: "", all: "" };
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream].setEncoding("utf8").on("data", (text: string) => {
        kept[stream] += text;
        kept.all += text;
      });
    }
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ ...kept, code: code ?? (signal === "SIGKILL" ? 137 : 143) }));
    if (child.pid !== undefined) options.started?.(child.pid);
  });
}
