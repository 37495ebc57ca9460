import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { guestFiles } from "../../packages/openstack/src/cluster/guest/files.ts";

const has = (command: string): boolean => spawnSync(command, ["--version"], { stdio: "ignore" }).status === 0;
const firstLine = (content: string): string => content.slice(0, content.indexOf("\n"));
const shell = guestFiles().filter(({ content }) => /^#!\/bin\/(ba)?sh$/.test(firstLine(content)));
const python = guestFiles().filter(
  ({ path: at, content }) => at.endsWith(".py") || firstLine(content).includes("python3"),
);

const folder = mkdtempSync(path.join(tmpdir(), "kasbah-guest-"));
afterAll(() => rmSync(folder, { recursive: true }));
const put = (name: string, content: string): string => {
  const file = path.join(folder, path.basename(name));
  writeFileSync(file, content);
  return file;
};

test("there is something to look at", () => {
  expect([shell.length, python.length]).toEqual([6, 15]);
});

test.each(shell.map((file) => [path.basename(file.path), file] as const))("%s is shell", (_, { path: at, content }) => {
  const { status, stderr } = spawnSync("bash", ["-n", put(at, content)], { encoding: "utf8" });
  expect([status, stderr]).toEqual([0, ""]);
  if (content.startsWith("#!/bin/bash\n")) expect(content).toContain("\nset -euo pipefail\n");
});

const checked = has("shellcheck") ? test : test.skip;
checked(`shellcheck${has("shellcheck") ? "" : ": skipped, it is not installed here"}`, () => {
  const files = shell.map(({ path: at, content }) => put(at, content));
  const { status, stdout } = spawnSync("shellcheck", files, { encoding: "utf8" });
  expect([status, stdout]).toEqual([0, ""]);
});

const compiled = has("python3") ? test : test.skip;
compiled(`the agent is Python that compiles${has("python3") ? "" : ": skipped, there is no python3 here"}`, () => {
  const files = python.map(({ path: at, content }) => put(at, content));
  const { status, stderr } = spawnSync("python3", ["-W", "error", "-m", "py_compile", ...files], { encoding: "utf8" });
  expect([status, stderr]).toEqual([0, ""]);
});
