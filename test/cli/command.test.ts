import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { EXIT, UserError } from "../../packages/cli/src/error.ts";
import { report } from "../../packages/cli/src/main.ts";
import { progressOn } from "../../packages/cli/src/progress.ts";
import { ROOT, type Run, start } from "../support/engine.ts";

const BIN = path.join(ROOT, "packages/cli/bin/kasbah.js");

function kasbah(args: readonly string[], env: NodeJS.ProcessEnv = {}, node = process.execPath): Promise<Run> {
  return start(node, [BIN, ...args], { cwd: ROOT, env: { ...process.env, ...env } });
}

describe("kasbah", () => {
  test("--help names the commands and the exit codes", async () => {
    const run = await kasbah(["--help"]);
    expect(run.code).toBe(EXIT.done);
    expect(run.stdout).toContain(
      "Exit codes: 0 done, 1 refused by law or policy, 2 bad input, 3 missing tool, 4 engine or cloud.",
    );
    for (const name of ["sandbox", "engine"]) expect(run.stdout).toMatch(new RegExp(`^ {2}${name}\\b`, "m"));
  });

  test.each([[["nonsense"]], [["--nonsense"]], [["engine", "--nonsense"]], [["sandbox"]]])(
    "%j is bad input, said in a line or two",
    async (args) => {
      const run = await kasbah(args);
      expect(run.code).toBe(EXIT.badInput);
      expect(run.stderr).toMatch(/^error: /);
      expect(run.stderr.trim().split("\n").length).toBeLessThanOrEqual(2);
    },
  );

  test("engine says where the engine is, for a program too", async () => {
    const run = await kasbah(["engine", "--json"]);
    expect(run.code, run.all).toBe(EXIT.done);
    expect(fs.existsSync((JSON.parse(run.stdout) as { path: string }).path)).toBe(true);
  });

  test("engine without any way is a missing tool", async () => {
    const run = await kasbah(["engine"], { KASBAH_ENGINE: "/nowhere/pulumi" });
    expect(run.code).toBe(EXIT.missingTool);
    expect(run.stderr).not.toContain("    at ");
  });

  test("an old Node gets one sentence", async () => {
    const shim = `Object.defineProperty(process.versions, "node", { value: "20.20.2" });`;
    const run = await start(process.execPath, [
      "--import",
      `data:text/javascript,${encodeURIComponent(shim)}`,
      BIN,
      "--help",
    ]);
    expect(run.code).toBe(EXIT.missingTool);
    expect(run.stdout).toBe("");
    expect(run.stderr.trim()).toMatch(/^Kasbah needs Node 22\.18 or newer and this is 20\.20\.2: get one .*$/);
  });

  test("its first file is one that Node 12 could read", () => {
    const text = fs.readFileSync(BIN, "utf8");
    expect(text).not.toMatch(/\?\.|\?\?|`[^`]*\$\{|^\s*(?:const|let|await) |^import (?!\w+ from "node:)/m);
    execFileSync(process.execPath, ["--check", BIN]);
  });
});

describe("an error", () => {
  const said = (error: unknown, env: NodeJS.ProcessEnv = {}): [number, string] => {
    let text = "";
    const code = report(error, env, (piece) => {
      text += piece;
    });
    return [code, text];
  };

  test("for the user is its message and its exit code", () =>
    expect(said(new UserError(EXIT.refused, "not there"))).toEqual([1, "not there\n"]));

  test("that nobody expected is its message and a hint, with the stack on request", () => {
    const [code, text] = said(new Error("boom"));
    expect(code).toBe(EXIT.engineOrCloud);
    expect(text).toBe("boom\nThis was not expected: KASBAH_DEBUG=1 shows where it comes from.\n");
    expect(said(new Error("boom"), { KASBAH_DEBUG: "1" })[1]).toContain("    at ");
  });
});

describe("progress", () => {
  const run = async (isTTY: boolean, env: NodeJS.ProcessEnv, ms: number): Promise<string> => {
    let text = "";
    const screen = { isTTY, write: (piece: string) => (text += piece) };
    const result = await progressOn(screen, env).during("Working", async (step) => {
      step("half");
      await new Promise((done) => setTimeout(done, ms));
      return 7;
    });
    expect(result).toBe(7);
    return text;
  };

  test("says nothing on what is quick", async () => expect(await run(false, {}, 5)).toBe(""));
  test("is a plain line when not on a terminal", async () =>
    expect(await run(false, {}, 1100)).toBe("· Working 1 s, half\n"));
  test("is one line that goes away on a terminal, without colour when asked", async () =>
    expect(await run(true, { NO_COLOR: "1", TERM: "xterm" }, 1100)).toBe("\r\u001b[2K· Working 1 s, half\r\u001b[2K"));
});
