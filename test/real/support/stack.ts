import fs from "node:fs";
import path from "node:path";
import { parse, stringify } from "yaml";
import { findEngine } from "../../../packages/cli/src/engine/find.ts";
import { languageHostEnvironment } from "../../../packages/cli/src/engine/host-script.ts";
import { ROOT, type Run, start } from "../../support/engine.ts";
import type { Project } from "./project.ts";

/** A resource as a state file has it. */
export interface StateEntry {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

interface Checkpoint {
  readonly resources?: readonly StateEntry[];
  readonly pending_operations?: readonly { readonly type: string; readonly resource: StateEntry }[];
}

/** A copy of a Pulumi project with a backend of its own, in one project of the lab, driven as a person would. */
export interface RealStack {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** Runs the engine's CLI. `started` gets its process id. */
  pulumi(args: readonly string[], started?: (pid: number) => void): Promise<Run>;
  /** Runs `kasbah VERB --cwd FOLDER ...`. */
  kasbah(verb: string, args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Run>;
  /** The state as it lies on the disk. Secrets are encrypted. */
  checkpoint(): Checkpoint;
  close(): void;
}

export interface RealStackOptions {
  /** Folder of the project, below the checkout. */
  readonly program: string;
  /** What `Pulumi.dev.yaml` holds, `namespace:key` to its value. */
  readonly config?: Readonly<Record<string, unknown>>;
}

/** A declaration as YAML gives it, as far as tests change it. */
export interface Declared {
  readonly places: { readonly home: { at: string; readonly openstack: Record<string, unknown> } };
  readonly workloads: Record<string, unknown>;
  stateBackend?: string;
}

/** Changes the declaration of a copy. */
export const editPlatform = ({ folder }: RealStack, change: (declaration: Declared) => void): void => {
  const file = path.join(folder, "platform.yaml");
  const declaration: Declared = parse(fs.readFileSync(file, "utf8"));
  change(declaration);
  fs.writeFileSync(file, stringify(declaration));
};

/** Copies a project to where it finds the checkout's packages. */
export const realStack = async (project: Project, { program, config = {} }: RealStackOptions): Promise<RealStack> => {
  const engine = await findEngine();
  const parent = path.join(ROOT, ".kasbah", "test");
  fs.mkdirSync(parent, { recursive: true });
  const top = fs.mkdtempSync(path.join(parent, "r-"));
  const folder = path.join(top, path.basename(program));
  fs.cpSync(path.join(ROOT, program), folder, { recursive: true });
  fs.writeFileSync(path.join(folder, "Pulumi.dev.yaml"), stringify({ config }));
  const env = environment(top, engine, project.env);
  const state = path.join(top, "state/.pulumi/stacks", path.basename(program), "dev.json");
  const node = path.join(ROOT, "node_modules/.bin/node");
  return {
    folder,
    env,
    pulumi: (args, started) =>
      start(engine.path, ["--color", "never", "--non-interactive", ...args], {
        cwd: folder,
        env,
        ...(started === undefined ? {} : { started }),
      }),
    kasbah: (verb, args, more = {}) =>
      start(node, [path.join(ROOT, "packages/cli/bin/kasbah.js"), verb, "--cwd", folder, ...args], {
        cwd: top,
        env: { ...env, ...more },
      }),
    checkpoint: () => (fs.existsSync(state) ? JSON.parse(fs.readFileSync(state, "utf8")).checkpoint.latest : {}) ?? {},
    close: () => fs.rmSync(top, { recursive: true, force: true, maxRetries: 5 }),
  };
};

const environment = (
  top: string,
  engine: Awaited<ReturnType<typeof findEngine>>,
  env: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv => {
  const place = (name: string): string => {
    const made = path.join(top, name);
    fs.mkdirSync(made, { recursive: true });
    return made;
  };
  const host = languageHostEnvironment(engine, env);
  const paths = [path.join(ROOT, "node_modules/.bin"), path.dirname(engine.path), host["PATH"] ?? env["PATH"] ?? ""];
  return {
    ...env,
    ...host,
    KASBAH_ENGINE: engine.path,
    NO_COLOR: "1",
    CI: "1",
    PATH: paths.join(path.delimiter),
    PULUMI_BACKEND_URL: `file://${place("state")}`,
    PULUMI_HOME: place("home"),
    PULUMI_CONFIG_PASSPHRASE: "lab",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
    PULUMI_CREDENTIAL_STORE: "plaintext",
  };
};
