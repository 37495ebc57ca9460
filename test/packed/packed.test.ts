import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PACKAGES, packAll } from "../../scripts/pack.ts";

const root = path.resolve(import.meta.dirname, "../..");
const nodeBin = path.join(root, "node_modules/.bin");
const env = { ...process.env, PATH: `${nodeBin}${path.delimiter}${process.env["PATH"]}` };

let folder = "";
const inFolder = (command: string, ...args: string[]): string => {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, env, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
};

const PROGRAM = `import { openstack } from "@kasbah/openstack";
import { ObjectStorage } from "@kasbah/aws";
import { findRegime, judge, parseDeclaration } from "@kasbah/core";
import { Platform } from "@kasbah/platform";
const law = findRegime("ma-09-08");
const parsed = parseDeclaration({ platform: "Bad name" }, "dev");
const problems: number = parsed.ok ? 0 : parsed.problems.length;
console.log(law?.id, typeof judge, typeof Platform, typeof ObjectStorage, Object.keys(openstack.layers).length, problems > 0);
`;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "kasbah-packed-"));
  const tarballs = packAll(path.join(root, ".kasbah/pack-test"));
  const { devDependencies }: { devDependencies: Record<string, string> } = JSON.parse(
    execFileSync("git", ["show", ":package.json"], { cwd: root, encoding: "utf8" }),
  );
  const pinned = (name: string) => `${name}@${devDependencies[name]}`;
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name: "user", private: true, type: "module" }));
  const sdks = [
    "@pulumi/pulumi",
    "@pulumi/aws",
    "@pulumi/azure-native",
    "@pulumi/gcp",
    "@pulumi/openstack",
    "@types/node",
  ].map(pinned);
  const typescript = `typescript@${devDependencies["typescript-6"]?.replace("npm:typescript@", "")}`;
  inFolder(
    "npm",
    "install",
    "--prefer-offline",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    ...sdks,
    typescript,
    ...tarballs,
  );
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("every package is in an empty folder as JavaScript with declarations, and no source", () => {
  for (const name of Object.keys(PACKAGES)) {
    const installed = path.join(folder, "node_modules/@kasbah", name);
    const files = readdirSync(installed, { recursive: true, encoding: "utf8" }).filter(
      (file) => !file.includes("node_modules"),
    );
    expect(files, name).toContain("dist/index.js");
    expect(files, name).toContain("dist/index.d.ts");
    expect(files, name).toContain("LICENSE");
    expect(
      files.filter((file) => /(?<!\.d)\.ts$/.test(file)),
      name,
    ).toEqual([]);
  }
});

test("TypeScript 6, which users have, accepts a strict program of ten lines", () => {
  const compilerOptions = {
    strict: true,
    target: "es2022",
    module: "nodenext",
    outDir: "out",
    rootDir: "src",
    types: ["node"],
    skipLibCheck: false,
  };
  mkdirSync(path.join(folder, "src"), { recursive: true });
  writeFileSync(path.join(folder, "src/program.ts"), PROGRAM);
  writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["src"] }));
  expect(inFolder("node", "node_modules/typescript/bin/tsc", "--version")).toMatch(/Version 6\./);
  expect(inFolder("node", "node_modules/typescript/bin/tsc", "-p", ".")).toBe("");
}, 120_000);

test("the compiled program runs", () => {
  expect(inFolder("node", "out/program.js").trim()).toBe("ma-09-08 function function function 5 true");
}, 60_000);

test("the installed command brings our stack up in the sandbox, with the installed pack, and down again", () => {
  cpSync(path.join(root, "stacks/sme-rag"), path.join(folder, "stack"), { recursive: true });
  const kasbah = (verb: string) =>
    inFolder("node", "node_modules/@kasbah/cli/bin/kasbah.js", verb, "--sandbox", "--cwd", "stack", "--stack", "dev");
  expect(kasbah("up")).toMatch(/kasbah-residency@[\s\S]*36 created/);
  expect(kasbah("down")).toContain("36 deleted");
}, 120_000);
