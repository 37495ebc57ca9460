import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");

interface Block {
  readonly line: number;
  readonly code: string;
  /** What must be printed. */
  readonly text: RegExp;
  readonly exit: number;
}

/** The shell blocks, each with what the comment before it expects. */
const blocks: readonly Block[] = [
  ...readFileSync(path.join(root, "README.md"), "utf8").matchAll(/(?:<!-- (.*?) -->\n)?```sh\n([\s\S]*?)```/g),
].flatMap((match, _index, all) => {
  const [, comment = "expect: ", code = ""] = match;
  if (comment.startsWith("skip: ")) return [];
  const [, exit = "0", text = ""] = /^expect ?(\d*): ?(.*)$/.exec(comment) ?? [];
  const line = (match.input ?? "").slice(0, match.index).split("\n").length;
  return all.length === 0 ? [] : [{ line, code, exit: Number(exit || "0"), text: new RegExp(text) }];
});

let clone = "";

/** A clone as a newcomer has it: what git tracks (and what is about to be), nothing that was installed or cached here. */
beforeAll(() => {
  clone = mkdtempSync(path.join(tmpdir(), "kasbah-readme-"));
  const list = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  for (const file of list.split("\n").filter((name) => name !== "")) {
    mkdirSync(path.dirname(path.join(clone, file)), { recursive: true });
    cpSync(path.join(root, file), path.join(clone, file));
  }
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.ma", ...args], { cwd: clone });
  git("init", "--quiet");
  git("add", "--all");
  git("commit", "--quiet", "--message", "as cloned");
});

afterAll(() => rmSync(clone, { recursive: true, force: true, maxRetries: 5 }));

test("there are blocks to run", () => {
  expect(blocks.length).toBeGreaterThanOrEqual(7);
});

test.each(blocks)("line $line: $code", { timeout: 300_000 }, ({ code, text, exit }) => {
  const { status, stdout, stderr } = spawnSync("bash", ["-euo", "pipefail", "-c", code], {
    cwd: clone,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  expect(status, `${stdout}\n${stderr}`).toBe(exit);
  expect(`${stdout}\n${stderr}`).toMatch(text);
});

test("after all of them git has nothing to say", () => {
  expect(execFileSync("git", ["status", "--porcelain"], { cwd: clone, encoding: "utf8" })).toBe("");
});
