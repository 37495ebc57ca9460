import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fromGo } from "../../packages/cli/src/engine/build.ts";
import { cachedEnginePath, cacheFolder } from "../../packages/cli/src/engine/cache.ts";
import { fromVendor } from "../../packages/cli/src/engine/download.ts";
import type { Exec, ExecResult } from "../../packages/cli/src/engine/exec.ts";
import { findEngine } from "../../packages/cli/src/engine/find.ts";
import { ENGINE_VERSION, isAtLeast, versionIn } from "../../packages/cli/src/engine/version.ts";
import { fromCache, fromPath, type Tools } from "../../packages/cli/src/engine/ways.ts";
import { UserError } from "../../packages/cli/src/error.ts";
import { silent } from "../../packages/cli/src/progress.ts";
import { ROOT } from "../support/engine.ts";

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "kasbah-find-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const ok = (stdout: string): ExecResult => ({ code: 0, stdout, stderr: "" });
const fails = (stderr: string): ExecResult => ({ code: 1, stdout: "", stderr });

interface Call {
  readonly line: string;
  readonly cwd: string | undefined;
  readonly env: NodeJS.ProcessEnv | undefined;
}

/** Answers by the command's name; keeps what was asked. */
function fakeExec(answers: Readonly<Record<string, (call: Call) => ExecResult>>): { exec: Exec; calls: Call[] } {
  const calls: Call[] = [];
  const exec: Exec = async (file, args, options) => {
    const call = { line: [path.basename(file), ...args].join(" "), cwd: options?.cwd, env: options?.env };
    calls.push(call);
    return answers[path.basename(file)]?.(call) ?? { code: null, stdout: "", stderr: `${file}: not found` };
  };
  return { exec, calls };
}

function tools(exec: Exec, env: NodeJS.ProcessEnv = {}): Tools {
  return { exec, env, progress: silent, cache: path.join(folder, "cache") };
}

function executable(file: string): string {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, "#!/bin/sh\n", { mode: 0o755 });
  return file;
}

describe("versions", () => {
  test.each([
    ["3.259.0", "3.250.0", true],
    ["3.250.0", "3.250.0", true],
    ["3.99.1", "3.250.0", false],
    ["4.0.0", "3.250.0", true],
    ["1.26", "1.25.11", true],
    ["1.25", "1.25.11", false],
  ])("%s is at least %s: %s", (have, need, expected) => expect(isAtLeast(have, need)).toBe(expected));

  test("are read as tools print them", () => {
    expect(versionIn("v3.259.0\n")).toBe("3.259.0");
    expect(versionIn("go1.26.8")).toBe("1.26.8");
    expect(versionIn("nothing")).toBeUndefined();
  });

  test("the carried Go module pins the same release", () => {
    const module = fs.readFileSync(path.join(ROOT, "packages/cli/engine/go.mod"), "utf8");
    expect(module).toContain(`github.com/pulumi/pulumi/pkg/v3 v${ENGINE_VERSION}`);
    expect(module).toMatch(/^module kasbah-engine$/m);
  });
});

test.each([
  [{ KASBAH_CACHE: "/a", XDG_CACHE_HOME: "/b", HOME: "/c" }, "/a"],
  [{ XDG_CACHE_HOME: "/b", HOME: "/c" }, "/b/kasbah"],
  [{ HOME: "/c" }, "/c/.cache/kasbah"],
])("the cache folder of %o is %s", (env, expected) => expect(cacheFolder(env)).toBe(expected));

describe("on the path", () => {
  test("the vendor's, with its own language host, is taken; a link to it as well", async () => {
    executable(path.join(folder, "real", "pulumi-language-nodejs"));
    fs.mkdirSync(path.join(folder, "bin"));
    fs.symlinkSync(executable(path.join(folder, "real", "pulumi")), path.join(folder, "bin", "pulumi"));
    const { exec } = fakeExec({ pulumi: () => ok("v3.260.0\n") });
    const found = await fromPath.find(tools(exec, { PATH: `/nowhere:${folder}/bin` }));
    expect(found).toEqual({ path: `${folder}/bin/pulumi`, version: "3.260.0", kind: "path", languageHost: "own" });
  });

  test("one that is too old is said in one sentence, and the next way is tried", async () => {
    executable(path.join(folder, "bin", "pulumi"));
    executable(path.join(folder, "cache", "engine", `v${ENGINE_VERSION}`, "pulumi"));
    const answer = ({ line }: Call): ExecResult => ok(line.includes("version") ? "" : "");
    const { exec } = fakeExec({ pulumi: answer });
    const byFolder: Exec = async (file, args) =>
      file.includes("cache") ? ok(`v${ENGINE_VERSION}`) : exec(file, args).then(() => ok("v3.99.1"));
    const said: string[] = [];
    const progress = { ...silent, say: (line: string) => said.push(line) };
    const env = { PATH: `${folder}/bin`, KASBAH_CACHE: path.join(folder, "cache") };
    const found = await findEngine({ env, exec: byFolder, progress });
    expect(found).toMatchObject({ kind: "cached", languageHost: "kasbah" });
    expect(said).toEqual([`${folder}/bin/pulumi is v3.99.1, Kasbah needs v3.250.0 or newer; looking further.`]);
  });

  test("the sandbox's own wrapper is no engine", async () => {
    executable(path.join(folder, "sandbox", "wrapper", "pulumi"));
    const env = { PATH: `${folder}/sandbox/wrapper`, KASBAH_SANDBOX: `${folder}/sandbox` };
    expect(await fromPath.find(tools(fakeExec({}).exec, env))).toEqual({ problem: "there is none" });
  });
});

describe("the vendor's download", () => {
  const target = (): string =>
    path.join(folder, "cache", "engine", "vendor", "versions", ENGINE_VERSION, "bin", "pulumi");

  test("goes into the cache and is found there the next time", async () => {
    const { exec, calls } = fakeExec({
      npm: () => {
        executable(path.join(path.dirname(target()), "pulumi-language-nodejs"));
        executable(target());
        return ok("");
      },
      pulumi: () => ok(`v${ENGINE_VERSION}`),
    });
    const engine = { path: target(), version: ENGINE_VERSION, languageHost: "own" };
    expect(await fromVendor.find(tools(exec))).toEqual({ ...engine, kind: "downloaded" });
    expect(calls[0]?.line).toBe(`npm exec --yes --package=pulumi@${ENGINE_VERSION} -- pulumi version`);
    expect(calls[0]?.env?.["PULUMI_HOME"]).toBe(path.join(folder, "cache", "engine", "vendor"));
    expect(await fromCache.find(tools(exec))).toEqual({ ...engine, kind: "cached" });
  });

  test("without internet keeps the reason", async () => {
    const { exec } = fakeExec({
      npm: () => fails("npm warn something\nDownloading pulumi...\npulumi: fetch failed\n"),
    });
    expect(await fromVendor.find(tools(exec))).toEqual({
      problem: "the vendor's site could not be used (fetch failed)",
    });
  });
});

describe("the Go build", () => {
  const go = (version: string, build: (call: Call) => ExecResult) => ({
    go: (call: Call) => (call.line.startsWith("go env") ? ok(version) : build(call)),
    pulumi: () => ok(`v${ENGINE_VERSION}`),
  });

  test("needs a Go that is new enough", async () => {
    expect(await fromGo.find(tools(fakeExec({}).exec))).toEqual({ problem: "there is no `go` on the path" });
    const old = fakeExec(go("go1.22.1", () => ok("")));
    expect(await fromGo.find(tools(old.exec))).toEqual({
      problem: "go is 1.22.1, the engine asks for 1.25.11 or newer",
    });
  });

  test("appears in the cache whole or not at all", async () => {
    const target = cachedEnginePath({ KASBAH_CACHE: path.join(folder, "cache") });
    const broken = fakeExec(go("go1.26.8", () => fails("main.go:1: no\n")));
    expect(await fromGo.find(tools(broken.exec))).toEqual({ problem: "the build failed: main.go:1: no" });
    expect(fs.readdirSync(path.join(folder, "cache", "engine"))).toEqual([]);

    const whole = fakeExec(
      go("go1.26.8", ({ cwd }) => {
        expect(fs.existsSync(target)).toBe(false);
        expect(fs.readdirSync(cwd ?? "").sort()).toEqual(["go.mod", "go.sum"]);
        executable(path.join(cwd ?? "", "pulumi"));
        return ok("");
      }),
    );
    expect(await fromGo.find(tools(whole.exec))).toMatchObject({ path: target, kind: "built" });
    expect(fs.readdirSync(path.join(folder, "cache", "engine"))).toEqual([`v${ENGINE_VERSION}`]);
  });

  test("is done by one of two builders; a killed builder's lock is taken over", async () => {
    const lock = path.join(folder, "cache", "engine", `v${ENGINE_VERSION}.lock`);
    fs.mkdirSync(path.dirname(lock), { recursive: true });
    fs.writeFileSync(lock, "4194305"); // no process has it
    const both = fakeExec(
      go("go1.26.8", ({ cwd }) => {
        executable(path.join(cwd ?? "", "pulumi"));
        return ok("");
      }),
    );
    const found = await Promise.all([fromGo.find(tools(both.exec)), fromGo.find(tools(both.exec))]);
    expect(found.map((engine) => ("kind" in engine ? engine.kind : engine.problem)).sort()).toEqual([
      "built",
      "cached",
    ]);
    expect(both.calls.filter(({ line }) => line.startsWith("go build"))).toHaveLength(1);
    expect(fs.existsSync(lock)).toBe(false);
  });
});

describe("findEngine", () => {
  test("names the four ways and what failed in each, exit 3", async () => {
    const env = { PATH: "/nowhere", KASBAH_CACHE: path.join(folder, "cache") };
    const { exec } = fakeExec({ npm: () => fails("pulumi: fetch failed") });
    const error = await findEngine({ env, exec }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ exitCode: 3 });
    expect(String(error)).toMatch(/1\. `pulumi` on the path: there is none\n/);
    expect(String(error)).toMatch(/2\. the cache: nothing in .*\n/);
    expect(String(error)).toMatch(
      /3\. the vendor's download .*: the vendor's site could not be used \(fetch failed\)\n/,
    );
    expect(String(error)).toMatch(/4\. built from its Go module: there is no `go` on the path$/);
  });

  test("takes the one that KASBAH_ENGINE names, or says why not", async () => {
    const env = { KASBAH_ENGINE: executable(path.join(folder, "pulumi")) };
    const { exec } = fakeExec({ pulumi: () => ok(`v${ENGINE_VERSION}`) });
    expect(await findEngine({ env, exec })).toMatchObject({ kind: "given" });
    const none = findEngine({ env: { KASBAH_ENGINE: "/nowhere/pulumi" } });
    await expect(none).rejects.toThrow(/^KASBAH_ENGINE: \/nowhere\/pulumi did not say its version/);
  });

  test("finds the real one in the cache", async () => {
    const engine = await findEngine({ ways: [fromCache, fromPath] });
    expect(isAtLeast(engine.version, "3.250.0")).toBe(true);
  });
});
