import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { newProject } from "./support/project.ts";
import { editPlatform, realStack } from "./support/stack.ts";

const DEV = ["--stack", "dev"];

test("the state in the place's own object storage: made, used, killed, recovered", async () => {
  const project = await newProject("state");
  const stack = await realStack(project, { program: "test/real/small-platform" });
  const outside = fs.mkdtempSync(path.join(os.tmpdir(), "kasbah-init-"));
  const file = path.join(outside, "deep", "small.env");
  const none = { PULUMI_BACKEND_URL: "" };
  const init = (args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) =>
    stack.kasbah("init", [...DEV, ...args], { ...none, ...env });
  try {
    const unsaid = await init(["--credentials", file]);
    expect(unsaid.all).toContain("stateBackend: expected the place or site");
    expect(unsaid.code).toBe(2);
    editPlatform(stack, (declaration) => {
      declaration.stateBackend = "home";
    });
    expect((await init(["--credentials", path.join(stack.folder, "x.env")])).all).toContain("outside the repository");
    const locked = await init(["--credentials", file], { PULUMI_CONFIG_PASSPHRASE: "" });
    expect(locked.all).toContain("whoever loses it loses the state");
    expect([locked.code, fs.existsSync(file)]).toEqual([2, false]);

    const made = await init(["--credentials", file]);
    expect(made.code, made.all).toBe(0);
    const text = fs.readFileSync(file, "utf8");
    const variables = Object.fromEntries(
      [...text.matchAll(/^export (\w+)='(.*)'$/gm)].map(([, key, value]) => [key, value]),
    );
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    expect(Object.keys(variables)).toEqual(expect.arrayContaining(["PULUMI_BACKEND_URL", "AWS_SECRET_ACCESS_KEY"]));
    expect(made.all).not.toContain(variables["AWS_SECRET_ACCESS_KEY"]);
    const config = fs.readFileSync(path.join(stack.folder, "Pulumi.dev.yaml"), "utf8");
    expect(parse(config).config["kasbah:signingKey"]).toEqual({ secure: expect.stringMatching(/^v1:/) });

    const again = await init(["--credentials", file]);
    expect(again.all).not.toMatch(/^Made /m);
    expect([again.code, fs.readFileSync(file, "utf8")]).toEqual([0, text]);
    expect(fs.readFileSync(path.join(stack.folder, "Pulumi.dev.yaml"), "utf8")).toBe(config);

    const up = await stack.kasbah("up", [...DEV, "--yes"], variables);
    expect(up.code, up.all).toBe(0);
    const objects = await project.session.call<{ name: string }[]>("object-store", "/small-dev-state?format=json");
    expect(objects.map(({ name }) => name)).toContain(".pulumi/stacks/small-platform/dev.json");
    const verified = await stack.kasbah("verify", DEV, variables);
    expect(verified.all).toContain("none broken");
    expect(verified.code, verified.all).toBe(0);

    // A dead run's lock: the engine's own words say who held it, since no folder can be read.
    const lock = { pid: 2 ** 22 + 1, username: "root", hostname: os.hostname(), timestamp: new Date().toISOString() };
    const lockName = "/small-dev-state/.pulumi/locks/organization/small-platform/dev/dead.json";
    await project.session.call("object-store", lockName, { method: "PUT", body: lock });
    const held = await stack.kasbah("up", [...DEV, "--yes"], variables);
    expect(held.code, held.all).toBe(4);
    const recovered = await stack.kasbah("recover", DEV, variables);
    expect(recovered.code, recovered.all).toBe(0);
    expect(await project.session.status("object-store", lockName)).toBe(404);
    const down = await stack.kasbah("down", [...DEV, "--yes"], variables);
    expect(down.code, down.all).toBe(0);
  } finally {
    fs.rmSync(outside, { recursive: true, force: true });
    stack.close();
    await project.delete();
  }
});
