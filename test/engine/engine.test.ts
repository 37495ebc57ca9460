import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { engineWorkspace, type Workspace } from "../support/engine.ts";

const PASSED = 0;
const FAILED = 1;

/** Components only: no provider, so nothing but the engine and the language host is at work. */
const program = `
import * as pulumi from "@pulumi/pulumi";
interface Shape { readonly size: number }
const shape: Shape = { size: 3 };
class Box extends pulumi.ComponentResource {
  constructor(name: string) {
    super("test:index:Box", name, {});
    this.registerOutputs({ size: shape.size });
  }
}
new Box("box");
export const size = shape.size;
export const stack = pulumi.getStack();
export const nodeMajor = Number(process.versions.node.split(".")[0]);
export const hidden = new pulumi.Config().requireSecret("hidden");
`;

let workspace: Workspace;
beforeAll(async () => {
  workspace = await engineWorkspace();
});
afterAll(() => workspace.close());

describe("a program of components", () => {
  test("comes up, comes up again without changes, goes down; secrets are encrypted on the disk", async () => {
    workspace.project({ "index.ts": program });
    const made = await workspace.pulumi(["stack", "init", "dev"]);
    expect(made.all).toContain("Created stack 'dev'");
    await workspace.pulumi(["config", "set", "--secret", "hidden", "swordfish", "--stack", "dev"]);

    const first = await workspace.pulumi(["up", "--yes", "--skip-preview", "--stack", "dev"]);
    expect(first.code, first.all).toBe(PASSED);
    expect(first.stdout).toMatch(/\+ 2 created/);
    const outputs = await workspace.pulumi(["stack", "output", "--json", "--stack", "dev"]);
    expect(JSON.parse(outputs.stdout)).toMatchObject({ size: 3, stack: "dev", nodeMajor: 24, hidden: "[secret]" });
    expect(workspace.stateFile("dev")).toContain("test:index:Box");
    expect(workspace.stateFile("dev")).not.toContain("swordfish");

    const again = await workspace.pulumi(["up", "--yes", "--stack", "dev", "--expect-no-changes"]);
    expect(again.code, again.all).toBe(PASSED);
    const down = await workspace.pulumi(["destroy", "--yes", "--stack", "dev"]);
    expect(down.code, down.all).toBe(PASSED);
  });

  test("says nothing of its own: no warnings on the language host", async () => {
    workspace.project({ "index.ts": program.replace(/.*hidden.*/, "") }, "quiet");
    await workspace.pulumi(["stack", "init", "dev"]);
    const preview = await workspace.pulumi(["preview", "--stack", "dev"]);
    expect(preview.code, preview.all).toBe(PASSED);
    expect(preview.all).not.toMatch(/warning/i);
  });

  test("that crashes ends the run with its own words, and nothing is made", async () => {
    workspace.project({ "index.ts": `import "@pulumi/pulumi"; throw new Error("the roof fell in");` }, "crash");
    await workspace.pulumi(["stack", "init", "dev"]);
    const run = await workspace.pulumi(["up", "--yes", "--skip-preview", "--stack", "dev"]);
    expect(run.code).toBe(FAILED);
    expect(run.all).toContain("the roof fell in");
    expect(run.all).not.toContain("the program ended with"); // said once, by the SDK
  });

  test("that ends by itself with a code is told so", async () => {
    workspace.project({ "index.ts": `import "@pulumi/pulumi"; process.exit(7);` }, "exits");
    await workspace.pulumi(["stack", "init", "dev"]);
    const run = await workspace.pulumi(["up", "--yes", "--skip-preview", "--stack", "dev"]);
    expect(run.code).toBe(FAILED);
    expect(run.all).toContain("the program ended with exit code 7");
  });
});

const pack = (body: string): string => `
import { PolicyPack, type ResourceValidationPolicy } from "@pulumi/policy";
const noBoxes: ResourceValidationPolicy = {
  name: "no-boxes",
  description: "Refuses boxes.",
  enforcementLevel: "mandatory",
  validateResource: (args, reportViolation) => {
    if (args.type === "test:index:Box") reportViolation("boxes are refused here");
  },
};
${body}
new PolicyPack("house", { policies: [noBoxes] });
`;

describe("a policy pack in ESM TypeScript", () => {
  test("refuses, exit code not 0, nothing made, also with --skip-preview", async () => {
    workspace.project({ "index.ts": program.replace(/.*hidden.*/, "") }, "refused");
    const folder = workspace.pack({ "index.ts": pack("") });
    await workspace.pulumi(["stack", "init", "dev"]);
    const run = await workspace.pulumi(["up", "--yes", "--skip-preview", "--stack", "dev", "--policy-pack", folder]);
    expect(run.all).toContain("boxes are refused here");
    expect(run.code).not.toBe(PASSED);
    expect(workspace.stateFile("dev")).not.toContain("test:index:Box");
  });

  test("that cannot start closes the way: nothing runs without it", async () => {
    workspace.project({ "index.ts": program.replace(/.*hidden.*/, "") }, "closed");
    const folder = workspace.pack({ "index.ts": pack(`throw new Error("the pack is broken");`) }, "broken");
    await workspace.pulumi(["stack", "init", "dev"]);
    const run = await workspace.pulumi(["up", "--yes", "--skip-preview", "--stack", "dev", "--policy-pack", folder]);
    expect(run.code).not.toBe(PASSED);
    expect(run.all).toContain("the pack is broken");
    expect(workspace.stateFile("dev") ?? "").not.toContain("test:index:Box");
  });
});

test("a pack whose entry is TypeScript is refused here, because the vendor's CLI would not start it", async () => {
  workspace.project({ "index.ts": program.replace(/.*hidden.*/, "") }, "entry");
  const manifest = JSON.stringify({ name: "p", version: "1.0.0", type: "module", main: "index.ts" });
  const folder = workspace.pack({ "index.ts": pack(""), "package.json": manifest }, "typed");
  await workspace.pulumi(["stack", "init", "dev"]);
  const run = await workspace.pulumi(["up", "--yes", "--skip-preview", "--stack", "dev", "--policy-pack", folder]);
  expect(run.code).toBe(FAILED);
  expect(run.all).toContain("the `main` of a pack has to be JavaScript");
});

test("the SDK's own runner starts a pack that says nothing on TypeScript", async () => {
  workspace.project({ "index.ts": program.replace(/.*hidden.*/, "") }, "sdk");
  const folder = workspace.pack({ "index.ts": pack(""), "PulumiPolicy.yaml": "runtime: nodejs\n" }, "sdk-pack");
  await workspace.pulumi(["stack", "init", "dev"]);
  const run = await workspace.pulumi(["up", "--yes", "--skip-preview", "--stack", "dev", "--policy-pack", folder]);
  expect(run.all).toContain("boxes are refused here");
});

test("an interrupt ends the run, and the program with it", async () => {
  const slow = `import "@pulumi/pulumi"; console.log("it runs"); await new Promise((done) => setTimeout(done, 60_000));`;
  workspace.project({ "index.ts": slow }, "interrupted");
  await workspace.pulumi(["stack", "init", "dev"]);
  const started = Date.now();
  const run = await workspace.pulumi(["up", "--yes", "--skip-preview", "--stack", "dev"], {
    started: (pid) => void setTimeout(() => process.kill(pid, "SIGINT"), 2500),
  });
  expect(run.code).not.toBe(PASSED);
  expect(Date.now() - started).toBeLessThan(10_000);
  const again = await workspace.pulumi(["stack", "export", "--stack", "dev"]);
  expect(again.code, again.all).toBe(PASSED); // not locked
});

test("kill -9 of the engine leaves no language host, no program and no pack behind", async () => {
  const slow = `import "@pulumi/pulumi"; await new Promise((done) => setTimeout(done, 60_000));`;
  workspace.project({ "index.ts": slow }, "orphans");
  const folder = workspace.pack({ "index.ts": pack("") }, "orphan-pack");
  await workspace.pulumi(["stack", "init", "dev"]);
  let engine = 0;
  const run = workspace.pulumi(["up", "--yes", "--skip-preview", "--stack", "dev", "--policy-pack", folder], {
    env: { KASBAH_TEST_MARK: path.basename(workspace.folder) },
    started: (pid) => {
      engine = pid;
    },
  });
  const mark = `KASBAH_TEST_MARK=${path.basename(workspace.folder)}`;
  // the engine, the host, the program, the pack
  await eventually(() => expect(processesWith(mark).length).toBeGreaterThanOrEqual(4));
  process.kill(engine, "SIGKILL");
  expect((await run).code).toBe(137);
  await eventually(() => expect(processesWith(mark)).toEqual([]));
});

async function eventually(check: () => void, seconds = 20): Promise<void> {
  for (let left = seconds * 10; ; left--) {
    try {
      return check();
    } catch (error) {
      if (left === 0) throw error;
      await sleep(100);
    }
  }
}

/** The command lines of the processes that carry `mark` in their environment. */
function processesWith(mark: string): string[] {
  return fs.readdirSync("/proc").flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      const environment = fs.readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
      const line = fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
      return environment.includes(mark) && line ? [line] : [];
    } catch {
      return [];
    }
  });
}
