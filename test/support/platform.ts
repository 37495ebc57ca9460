import fs from "node:fs";
import path from "node:path";
import { listSandbox, type SandboxObject } from "@kasbah/sandbox";
import { parse, stringify } from "yaml";
import { ROOT, type Run, start } from "./engine.ts";

/** A copy of one of our stacks with a sandbox of its own, and the `kasbah` command on it. */
export interface PlatformWorkspace {
  /** The copy of the stack's folder. */
  readonly stack: string;
  /** The simulated cloud's folder. */
  readonly sandbox: string;
  /** Runs `kasbah VERB --cwd STACK --stack dev ...`. */
  kasbah(verb: string, ...args: readonly string[]): Promise<Run>;
  /** Runs `kasbah sandbox -- COMMAND` in the stack's folder. */
  inSandbox(...command: readonly string[]): Promise<Run>;
  /** Changes the declaration. */
  edit(change: (declaration: Declared) => void): void;
  /** Asks the simulated cloud for faults from here on. */
  faults(faults: readonly object[]): void;
  /** What exists in the simulated cloud. */
  objects(): Promise<readonly SandboxObject[]>;
  /** The state file as it lies on the disk. */
  stateText(): string;
  /** Custom resources of the state, providers left out: type and id. */
  stateObjects(): readonly { readonly type: string; readonly id: string }[];
  close(): void;
}

/** A declaration as YAML gives it, as far as tests change it. */
export interface Declared {
  readonly workloads: Record<string, Record<string, unknown>>;
  readonly places: Record<string, Record<string, unknown>>;
  readonly [key: string]: unknown;
}

/** Copies a stack to where it finds the checkout's packages, and nothing of the checkout's own sandbox. */
export const platformWorkspace = (name = "sme-rag", folder = "stacks"): PlatformWorkspace => {
  const parent = path.join(ROOT, ".kasbah", "test");
  fs.mkdirSync(parent, { recursive: true });
  const top = fs.mkdtempSync(path.join(parent, "p-"));
  fs.mkdirSync(path.join(top, ".git")); // the top of a repository, for who looks for one
  const stack = path.join(top, name);
  fs.cpSync(path.join(ROOT, folder, name), stack, { recursive: true });
  const sandbox = path.join(top, ".kasbah", "sandbox");
  const node = path.join(ROOT, "node_modules", ".bin", "node");
  const command = [path.join(ROOT, "packages/cli/bin/kasbah.js")];
  const env = { ...process.env, NO_COLOR: "1", CI: "1" };
  const state = path.join(sandbox, "state/.pulumi/stacks", name, "dev.json");
  const stateText = (): string => fs.readFileSync(state, "utf8");
  return {
    stack,
    sandbox,
    kasbah: (verb, ...args) =>
      start(node, [...command, verb, "--cwd", stack, "--stack", "dev", ...args], { env, cwd: top }),
    inSandbox: (...words) => start(node, [...command, "sandbox", "--", ...words], { env, cwd: stack }),
    edit(change) {
      const file = path.join(stack, "platform.yaml");
      const declaration: Declared = parse(fs.readFileSync(file, "utf8"));
      change(declaration);
      fs.writeFileSync(file, stringify(declaration));
    },
    faults(faults) {
      fs.mkdirSync(sandbox, { recursive: true });
      fs.writeFileSync(path.join(sandbox, "faults.json"), JSON.stringify(faults));
    },
    objects: async () => listSandbox(sandbox),
    stateText,
    stateObjects() {
      const { checkpoint }: { checkpoint: { latest: { resources?: StateEntry[] } } } = JSON.parse(stateText());
      return (checkpoint.latest.resources ?? [])
        .filter(({ custom, type }) => custom && !type.startsWith("pulumi:"))
        .map(({ type, id }) => ({ type, id: id ?? "" }));
    },
    close: () => fs.rmSync(top, { recursive: true, force: true, maxRetries: 5 }),
  };
};

interface StateEntry {
  readonly type: string;
  readonly custom: boolean;
  readonly id?: string;
}
