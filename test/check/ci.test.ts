import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { parseDocument } from "yaml";
import { commandsFor } from "../../packages/cli/src/commands/index.ts";
import { program } from "../../packages/cli/src/main.ts";
import { silent } from "../../packages/cli/src/progress.ts";
import { folder, write } from "./support.ts";

const root = path.resolve(import.meta.dirname, "../..");
const FILES = ["github-workflow.yaml", "gitlab-template.yaml"] as const;

const read = (name: string) => {
  const document = parseDocument(readFileSync(path.join(root, "examples/ci", name), "utf8"));
  expect(document.errors).toEqual([]);
  expect(document.warnings).toEqual([]);
  return document.toJS();
};

/** Every text under the keys that hold shell. */
const scriptsIn = (value: unknown, key = ""): readonly string[] => {
  if (typeof value === "string") return ["run", "script", "after_script"].includes(key) ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => scriptsIn(one, Array.isArray(value) ? key : name));
};

const { commands } = program({ progress: silent, env: {}, exit: () => {} }, await commandsFor([]));

describe.each(FILES)("%s", (name) => {
  const scripts = scriptsIn(read(name));

  test("is YAML whose shell a shell can read", () => {
    expect(scripts.length).toBeGreaterThan(2);
    for (const script of scripts) execFileSync("sh", ["-n", "-c", script]);
  });

  test("calls only commands and options that exist", () => {
    const calls = scripts.flatMap((script) => [...script.matchAll(/npx kasbah (\S+)(.*)/g)]);
    expect(calls.length).toBe(2);
    for (const [, verb] of calls) expect(commands.map((command) => command.name())).toContain(verb);
    const known = commands.find((command) => command.name() === "check")?.options.map(({ long }) => long) ?? [];
    const own = new Set(
      scripts.flatMap((script) =>
        [...script.matchAll(/(?:set --|npx kasbah check).*/g)].flatMap(([line]) => line.match(/--[a-z][a-z-]+/g) ?? []),
      ),
    );
    expect([...own].sort()).toEqual(["--base", "--context", "--format", "--waivers", "--write"]);
    expect([...own].filter((option) => !known.includes(option))).toEqual([]);
  });

  test("puts nothing that others write into the shell", () => {
    for (const script of scripts) expect(script).not.toContain("${{");
  });
});

test("the script of the workflow runs: refused, with its files, and with the waivers that lie there", () => {
  const scripts = scriptsIn(read("github-workflow.yaml"));
  const script = scripts.find((one) => one.includes("--write")) ?? "";
  const into = folder();
  write("bin/npx", `#!/bin/sh\nprintf '%s\\n' "$@" > calls\nexit 1\n`, into);
  execFileSync("chmod", ["+x", path.join(into, "bin/npx")]);
  for (const file of ["kasbah-waivers.yaml", "base.json"]) write(file, "", into);
  const env = { PATH: `${path.join(into, "bin")}:${process.env["PATH"]}`, STACKS: "one two", RUNNER_TEMP: into };
  expect(() => execFileSync("bash", ["-eo", "pipefail", "-c", script], { cwd: into, env, stdio: "ignore" })).toThrow();
  expect(readFileSync(path.join(into, "calls"), "utf8").trim().split("\n")).toEqual([
    "kasbah",
    "check",
    "one",
    "two",
    "--write",
    "sarif=kasbah.sarif",
    "--write",
    `markdown=${into}/kasbah.md`,
    "--waivers",
    "kasbah-waivers.yaml",
    "--base",
    `${into}/base.json`,
  ]);
});
