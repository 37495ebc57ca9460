import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findEngine } from "../../packages/cli/src/engine/find.ts";
import { type EngineResult, runEngine } from "../../packages/cli/src/engine/run.ts";
import { engineWorkspace, type Workspace } from "../support/engine.ts";

const BOX = `
import * as pulumi from "@pulumi/pulumi";
class Box extends pulumi.ComponentResource {
  constructor(name: string, days: number) {
    super("test:index:Box", name, {});
    if (days < 7) throw new pulumi.ResourceError(\`retentionDays: expected at least 7, got \${days}\`, this, true);
  }
}
new Box("box", Number(process.env["DAYS"] ?? 7));
`;

const PACK = `
import { PolicyPack } from "@pulumi/policy";
new PolicyPack("house", { policies: [{
  name: "no-boxes", description: "Refuses boxes.", enforcementLevel: "mandatory",
  validateResource: (args, report) => { if (args.type === "test:index:Box") report("boxes are refused here"); },
}] });
`;

let workspace: Workspace;
let project: string;
beforeAll(async () => {
  workspace = await engineWorkspace();
  project = workspace.project({ "index.ts": BOX });
  await workspace.pulumi(["stack", "init", "dev"]);
});
afterAll(() => workspace.close());

type Said = EngineResult & { readonly stdout: string; readonly stderr: string };

async function run(args: readonly string[], env: NodeJS.ProcessEnv = {}, events = true, cwd = project): Promise<Said> {
  const kept = { stdout: "", stderr: "" };
  const output = (name: "stdout" | "stderr") => ({ write: (text: string) => (kept[name] += text) });
  const result = await runEngine(await findEngine(), ["--non-interactive", "--color", "never", ...args], {
    cwd,
    env: { ...workspace.env, ...env },
    events,
    stdout: output("stdout"),
    stderr: output("stderr"),
  });
  return { ...result, ...kept };
}

const UP = ["up", "--yes", "--skip-preview", "--stack", "dev"];

describe("runEngine", () => {
  test("done: 0, with the events", async () => {
    const result = await run(UP);
    expect(result).toMatchObject({ code: 0, exitCode: 0, stderr: "" });
    expect(result.stdout).toContain("2 created");
    expect(result.events.some((event) => event.summaryEvent?.result === "succeeded")).toBe(true);
  });

  test("refused by a policy: 1", async () => {
    const pack = workspace.pack({ "index.ts": PACK });
    const result = await run([...UP, "--policy-pack", pack]);
    expect(result.exitCode).toBe(1);
    expect(result.stdout).toContain("boxes are refused here");
  });

  test("bad input of the program: 2, in the component's words, without a stack", async () => {
    const result = await run(UP, { DAYS: "1" });
    expect(result.exitCode).toBe(2);
    expect(result.stdout).toContain("retentionDays: expected at least 7, got 1");
    expect(result.stdout + result.stderr).not.toMatch(/^\s+at /m);
  });

  test("a pack that cannot start: 4, in one sentence", async () => {
    const pack = workspace.pack({ "index.ts": `throw new Error("broken");` }, "broken");
    const result = await run([...UP, "--policy-pack", pack]);
    expect(result.exitCode).toBe(4);
    expect(result.stderr).toMatch(/^The policy pack .*broken did not start, so nothing was run/);
  });
});

describe("one clear sentence, and nothing lost", () => {
  const oneSentence = (result: Said, sentence: RegExp): void => {
    expect(result.stderr.trim()).toMatch(sentence);
    expect(result.stderr.trim().split("\n")).toHaveLength(1);
    expect(result.exitCode).toBe(2);
  };

  test("a wrong stack name", async () => {
    const before = workspace.stateFile("dev");
    oneSentence(await run(["up", "--yes", "--stack", "dve"]), /^There is no stack 'dve'/);
    expect(workspace.stateFile("dev")).toBe(before);
  });

  test("a missing passphrase", async () => {
    const env = { PULUMI_CONFIG_PASSPHRASE: undefined };
    oneSentence(await run(UP, env), /^The passphrase of this stack's secrets is missing/);
  });

  test("a wrong passphrase", async () => {
    oneSentence(await run(UP, { PULUMI_CONFIG_PASSPHRASE: "other" }), /^The passphrase is not the one/);
  });

  test("a state folder that is not there, or not a folder", async () => {
    const folder = path.join(workspace.folder, "nowhere");
    oneSentence(
      await run(UP, { PULUMI_BACKEND_URL: `file://${folder}` }),
      /^The state folder .*nowhere cannot be read/,
    );
    expect(fs.existsSync(folder)).toBe(false);
    const file = path.join(project, "index.ts");
    oneSentence(await run(UP, { PULUMI_BACKEND_URL: `file://${file}` }), /^The state folder .*cannot be read/);
  });

  test("no project", async () => {
    oneSentence(
      await run(["up", "--yes"], {}, true, workspace.folder.replace(/\/\.kasbah.*/, "/.kasbah")),
      /^There is no Pulumi\.yaml here/,
    );
  });
});
