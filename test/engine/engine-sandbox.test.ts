import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findEngine } from "../../packages/cli/src/engine/find.ts";
import { type MakeCloud, openSandbox, type Sandbox } from "../../packages/cli/src/sandbox/environment.ts";
import { ROOT, type Run, type RunOptions, start } from "../support/engine.ts";

/** A stack's file as a user has it: salt and secret of a passphrase that nobody here knows. */
const TRACKED = `# kept by hand
encryptionsalt: v1:zcVMbCehlok=:v1:sUpv8ov1WxxbLIxr:oUp+lLJW2Va8D6ZUPU9JYf3m1Z10Jw==
config:
  shop:colour: blue
  shop:token:
    secure: v1:AAAAAAAAAAAAAAAA:BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB
`;

const PROGRAM = `
import * as pulumi from "@pulumi/pulumi";
const config = new pulumi.Config();
class Box extends pulumi.ComponentResource {
  constructor(name: string) { super("test:index:Box", name, {}); }
}
new Box("box");
export const colour = config.require("colour");
export const token = config.requireSecret("token");
export const where = process.cwd();
if (process.env["SLOW"]) await new Promise((done) => setTimeout(done, 60_000));
`;

const PACK = `
import { PolicyPack } from "@pulumi/policy";
new PolicyPack("house", { policies: [{
  name: "no-boxes", description: "Refuses boxes.", enforcementLevel: "mandatory",
  validateResource: (args, report) => { if (args.type === "test:index:Box") report("boxes are refused here"); },
}] });
`;

/** No plugins: what is tried here is the engine, the backend and the files. */
const noPlugins: MakeCloud = ({ folder }) => {
  for (const name of ["bin", "state", "home"]) fs.mkdirSync(path.join(folder, name), { recursive: true });
  return {
    binFolder: path.join(folder, "bin"),
    env: {
      PULUMI_BACKEND_URL: `file://${folder}/state`,
      PULUMI_HOME: path.join(folder, "home"),
      PULUMI_CONFIG_PASSPHRASE: "simulated",
      PULUMI_CREDENTIAL_STORE: "plaintext",
      PULUMI_SKIP_UPDATE_CHECK: "true",
    },
  };
};

let repository: string;
let stack: string;
let sandbox: Sandbox;

function git(...args: string[]): string {
  return execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@t", ...args], {
    cwd: repository,
    encoding: "utf8",
  });
}

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(repository, name)), { recursive: true });
    fs.writeFileSync(path.join(repository, name), text);
  }
}

beforeAll(async () => {
  fs.mkdirSync(path.join(ROOT, ".kasbah", "test"), { recursive: true });
  repository = fs.mkdtempSync(path.join(ROOT, ".kasbah", "test", "repository-"));
  stack = path.join(repository, "stacks", "shop");
  git("init", "--quiet");
  write({
    "stacks/shop/Pulumi.yaml":
      "name: shop\nruntime:\n  name: nodejs\n  options:\n    typescript: false\nmain: index.ts\n",
    "stacks/shop/Pulumi.dev.yaml": TRACKED,
    "stacks/shop/package.json": `{ "type": "module" }`,
    "stacks/shop/index.ts": PROGRAM,
    "packs/house/PulumiPolicy.yaml": "runtime:\n  name: nodejs\n  options:\n    typescript: false\n",
    "packs/house/package.json": `{ "name": "house", "version": "1.0.0", "type": "module", "main": "index.js" }`,
    "packs/house/index.js": PACK,
  });
  git("add", "--all");
  git("commit", "--quiet", "--message", "as the user has it");
  sandbox = await openSandbox(await findEngine(), stack, process.env, noPlugins);
});
afterAll(() => fs.rmSync(repository, { recursive: true, force: true }));

function pulumi(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const file = path.join(sandbox.folder, "wrapper", "pulumi");
  const env = { ...sandbox.env, NO_COLOR: "1", ...options.env };
  return start(file, args, { cwd: stack, ...options, env });
}

async function outputs(): Promise<unknown> {
  return JSON.parse((await pulumi(["stack", "output", "--json", "--show-secrets", "--stack", "dev"])).stdout);
}

function expectUntouched(): void {
  expect(git("status", "--porcelain")).toBe("");
  expect(fs.readFileSync(path.join(stack, "Pulumi.dev.yaml"), "utf8")).toBe(TRACKED);
}

describe("in the sandbox", () => {
  test("`up` makes the stack by itself, runs the program where it is, and writes nothing into the repository", async () => {
    const run = await pulumi(["up", "--yes", "--skip-preview", "--stack", "dev"]);
    expect(run.code, run.all).toBe(0);
    expect(await outputs()).toEqual({ colour: "blue", token: "simulated", where: stack });
    expectUntouched();
    const again = await pulumi(["up", "--yes", "--skip-preview", "--expect-no-changes", "-s", "dev"]);
    expect(again.code, again.all).toBe(0);
    expectUntouched();
  });

  test("what `config set` changes stays in the sandbox, beside what the tracked file says by then", async () => {
    await pulumi(["config", "set", "--secret", "token", "mine", "--stack", "dev"]);
    expectUntouched();
    write({ "stacks/shop/Pulumi.dev.yaml": TRACKED.replace("blue", "red") });
    const run = await pulumi(["-C", "stacks/shop", "up", "--yes", "--skip-preview", "--stack=dev"], {
      cwd: repository,
    });
    expect(run.code, run.all).toBe(0);
    expect(await outputs()).toMatchObject({ colour: "red", token: "mine" });
    write({ "stacks/shop/Pulumi.dev.yaml": TRACKED });
  });

  test("files on the command line are found from where the user stands", async () => {
    const args = ["preview", "--stack", "dev", "--policy-pack", "../../packs/house"];
    const refused = await pulumi(args);
    expect(refused.all).toContain("boxes are refused here");
    expect(refused.code).not.toBe(0);
    const given = ["preview", "--stack", "dev", "--config-file", "Pulumi.dev.yaml"];
    expect((await pulumi(given)).code).toBe(0);
    expectUntouched();
  });

  test("a kill -9 in the middle leaves the repository as it was, and the next run goes on after `cancel`", async () => {
    let wrapper = 0;
    const killed = pulumi(["up", "--yes", "--skip-preview", "--stack", "dev"], {
      env: { SLOW: "1" },
      started: (pid) => {
        wrapper = pid;
      },
    });
    await sleep(2500);
    for (const pid of [...children(wrapper), wrapper]) process.kill(pid, "SIGKILL");
    expect((await killed).code).toBe(137);
    expectUntouched();
    await pulumi(["cancel", "--yes", "--stack", "dev"]);
    const run = await pulumi(["up", "--yes", "--skip-preview", "--stack", "dev"]);
    expect(run.code, run.all).toBe(0);
    expectUntouched();
  });

  test("a stack that the project does not have is refused in one sentence, and not made", async () => {
    const run = await pulumi(["up", "--yes", "--stack", "prdo"]);
    expect(run.code).toBe(2);
    expect(run.all.trim()).toMatch(/^There is no Pulumi\.prdo\.yaml in .*: its stacks are 'dev'\. Nothing was made\.$/);
  });

  test("`destroy` and `stack rm` leave nothing, and the stack's file where it is", async () => {
    const down = await pulumi(["destroy", "--yes", "--stack", "dev"]);
    expect(down.code, down.all).toBe(0);
    const removed = await pulumi(["stack", "rm", "--yes", "dev"]);
    expect(removed.code, removed.all).toBe(0);
    expect(fs.existsSync(path.join(sandbox.folder, "state", ".pulumi", "stacks", "shop", "dev.json"))).toBe(false);
    expectUntouched();
    const named = await pulumi(["stack", "init", "dev"]);
    expect(named.code, named.all).toBe(0);
    expectUntouched();
  });
});

test("`kasbah sandbox -- pulumi ...` has the simulated cloud behind it, quietly, and passes the exit code on", async () => {
  const bucket = `
import { Bucket } from "@pulumi/aws/s3/bucket.js";
export const arn = new Bucket("files", { bucket: "kasbah-sandbox-test" }).arn;
`;
  write({
    "stacks/cloud/Pulumi.yaml":
      "name: cloud\nruntime:\n  name: nodejs\n  options:\n    typescript: false\nmain: index.ts\n",
    "stacks/cloud/Pulumi.dev.yaml": "config:\n  aws:region: eu-west-3\n",
    "stacks/cloud/package.json": `{ "type": "module" }`,
    "stacks/cloud/index.ts": bucket,
  });
  git("add", "--all");
  git("commit", "--quiet", "--message", "with a bucket");
  const bin = path.join(ROOT, "packages/cli/bin/kasbah.js");
  const kasbah = (...args: string[]): Promise<Run> =>
    start(process.execPath, [bin, "sandbox", "--", ...args], { cwd: path.join(repository, "stacks/cloud") });
  const up = await kasbah("pulumi", "up", "--yes", "--skip-preview", "--color", "never", "--stack", "dev");
  expect(up.code, up.all).toBe(0);
  expect(up.stdout).toContain("simulated aws");
  expect(up.stdout).toContain("arn:aws:s3:::kasbah-sandbox-test");
  expect(up.all).not.toMatch(/warning/i);
  expect((await kasbah("pulumi", "destroy", "--yes", "--stack", "dev")).code).toBe(0);
  expect((await kasbah("sh", "-c", "exit 42")).code).toBe(42);
  expect((await kasbah("no-such-command")).code).toBe(3);
  expectUntouched();
});

function children(pid: number): number[] {
  const list = fs.readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
  return list ? list.split(" ").map(Number) : [];
}
