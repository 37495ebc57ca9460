import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { parseCommandLine, relocated } from "../../packages/cli/src/sandbox/arguments.ts";
import { refreshed, withoutRealKeys } from "../../packages/cli/src/sandbox/config.ts";
import { makeSandboxFolder, sandboxFolder } from "../../packages/cli/src/sandbox/folder.ts";
import { prepare } from "../../packages/cli/src/sandbox/prepare.ts";

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "kasbah-files-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): string {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  return file;
}

describe("the sandbox's folder", () => {
  test("lies at the top of the repository or of the workspace, out of git's sight", () => {
    write("repo/.git/HEAD", "");
    write("repo/stacks/a/x", "");
    expect(sandboxFolder(path.join(folder, "repo/stacks/a"))).toBe(path.join(folder, "repo/.kasbah/sandbox"));
    write("space/package.json", `{ "workspaces": ["*"] }`);
    write("space/a/package.json", "{}");
    const made = makeSandboxFolder(path.join(folder, "space/a"));
    expect(made).toBe(path.join(folder, "space/.kasbah/sandbox"));
    expect(fs.readFileSync(path.join(made, ".gitignore"), "utf8")).toBe("*\n");
  });
});

describe("a stack's file in the sandbox", () => {
  test("has no real key, and a stand-in for what only such a key decrypts, however deep", () => {
    const tracked = {
      encryptionsalt: "v1:x",
      secretsprovider: "awskms://alias/x",
      encryptedkey: "k",
      environment: ["shared"],
      config: { "a:plain": 1, "a:secret": { secure: "v1:y" }, "a:deep": { list: [{ secure: "v1:z" }, "open"] } },
    };
    expect(withoutRealKeys(tracked)).toEqual({
      config: { "a:plain": 1, "a:secret": "simulated", "a:deep": { list: ["simulated", "open"] } },
    });
  });

  test("follows the tracked file, keeps what was set or removed inside, and the sandbox's own salt", () => {
    const base = { config: { a: 1, b: 1, c: 1, d: 1 } };
    const current = { encryptionsalt: "own", config: { a: 2, b: 1, c: 1, e: { secure: "v1:own" } } };
    const tracked = { config: { a: 1, b: 5, d: 1, f: 1 } };
    expect(refreshed(tracked, base, current)).toEqual({
      encryptionsalt: "own",
      config: { a: 2, b: 5, f: 1, e: { secure: "v1:own" } },
    });
  });
});

describe("a command line", () => {
  test("is read as far as it matters", () => {
    expect(parseCommandLine(["-C", "a", "stack", "init", "org/shop/dev", "--no-select"], "/w")).toEqual({
      verbs: ["stack", "init", "org/shop/dev"],
      cwd: "/w/a",
    });
    expect(parseCommandLine(["up", "--yes", "--stack=org/dev", "--color", "never"], "/w")).toEqual({
      verbs: ["up"],
      cwd: "/w",
      stack: "dev",
    });
  });

  test("is relocated: files absolute, --cwd gone, booleans and foreign words as they are", () => {
    const args = [
      "-C",
      "a",
      "up",
      "-f",
      "--stack",
      "dev",
      "--policy-pack",
      "../p,./q",
      "--skip-preview=true",
      "--plan=x.json",
    ];
    expect(relocated(args, "/w/a", String)).toEqual([
      "up",
      "-f",
      "--stack",
      "dev",
      "--policy-pack",
      "/w/p,/w/a/q",
      "--skip-preview=true",
      "--plan",
      "/w/a/x.json",
    ]);
    expect(relocated(["config", "set", "key", "--", "-value"], "/w", String)).toEqual([
      "config",
      "set",
      "key",
      "--",
      "-value",
    ]);
    expect(relocated(["up", "--config-file", "c.yaml"], "/w", (file) => `copy of ${file}`)).toEqual([
      "up",
      "--config-file",
      "copy of /w/c.yaml",
    ]);
  });
});

describe("prepare", () => {
  const env = (): NodeJS.ProcessEnv => ({
    KASBAH_SANDBOX: path.join(folder, "sandbox"),
    KASBAH_SANDBOX_PLUGINS: path.join(folder, "sandbox", "bin"),
    PULUMI_BACKEND_URL: `file://${folder}/sandbox/state`,
  });

  test("makes a project that names the real program, the simulated plugins and no backend", () => {
    write("sandbox/bin/pulumi-resource-aws", "");
    write(
      "p/Pulumi.yaml",
      "name: shop\nruntime: nodejs\nmain: src/index.ts\nbackend: { url: 's3://real' }\nplugins:\n  providers:\n    - { name: aws, path: ./mine }\n    - { name: other, path: ./other }\n",
    );
    const { cwd, runs } = prepare(["up", "--stack", "dev"], path.join(folder, "p"), env());
    expect(runs).toEqual([
      ["stack", "init", "dev", "--no-select", "--non-interactive"],
      ["up", "--stack", "dev"],
    ]);
    expect(parse(fs.readFileSync(path.join(cwd, "Pulumi.yaml"), "utf8"))).toEqual({
      name: "shop",
      runtime: "nodejs",
      main: path.join(folder, "p/src/index.ts"),
      plugins: {
        providers: [
          { name: "other", path: path.join(folder, "p/other") },
          { name: "aws", path: path.join(folder, "sandbox/bin") },
        ],
      },
    });
  });

  test("makes no stack that is there, nor for a verb that needs one to be there, nor one that has no file", () => {
    const project = path.dirname(write("p/Pulumi.yaml", "name: shop\nruntime: nodejs\n"));
    write("p/Pulumi.dev.yaml", "config: {}\n");
    const runs = (...args: string[]): number => prepare(args, project, env()).runs.length;
    expect(runs("destroy", "--stack", "dev")).toBe(1);
    expect(runs("up", "--stack", "dev")).toBe(2);
    write("sandbox/state/.pulumi/stacks/shop/dev.json", "{}");
    expect(runs("up", "--stack", "dev")).toBe(1);
    expect(() => runs("up", "--stack", "prod")).toThrow("There is no Pulumi.prod.yaml");
  });

  test("leaves what needs no project where the user stands", () => {
    const project = path.dirname(write("p/Pulumi.yaml", "name: shop\nruntime: nodejs\n"));
    expect(prepare(["version"], project, env())).toEqual({ cwd: project, runs: [["version"]] });
    expect(prepare(["stack", "ls", "--all"], folder, env())).toEqual({ cwd: folder, runs: [["stack", "ls", "--all"]] });
  });

  test("says in one sentence what is wrong with a file", () => {
    const project = path.dirname(write("p/Pulumi.yaml", "name: shop\n"));
    write("p/Pulumi.dev.yaml", "config: [\n");
    expect(() => prepare(["up", "--stack", "dev"], project, env())).toThrow(/Pulumi\.dev\.yaml: /);
  });
});
