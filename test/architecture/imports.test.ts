import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const tracked = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => file !== "");
const sources = tracked.filter((file) => /\.(ts|js|mjs)$/.test(file));
const text = (file: string): string => readFileSync(path.join(root, file), "utf8");

/** Which module specifiers a file imports, statically or not. */
const importsOf = (file: string): readonly string[] =>
  [
    ...text(file).matchAll(/^\s*(?:import|export)\s(?:[^"';]*?\sfrom\s)?\s*["']([^"'\n]+)["']/gm),
    ...text(file).matchAll(/\b(?:import|require|resolve)\(\s*["']([^"'\n]+)["']/g),
  ].flatMap(([, specifier]) => specifier ?? []);

/** Who may import whom among our own packages; nothing else. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  component: ["core"],
  aws: ["core", "component"],
  azure: ["core", "component"],
  gcp: ["core", "component"],
  openstack: ["core", "component"],
  platform: ["core", "component"],
  policy: ["core"],
  sandbox: ["core"],
  cli: ["core", "policy", "platform", "sandbox"],
};

/** Which SDKs a package may import. */
const SDK: Readonly<Record<string, readonly string[]>> = {
  core: [],
  component: ["pulumi"],
  aws: ["pulumi", "aws"],
  azure: ["pulumi", "azure-native"],
  gcp: ["pulumi", "gcp"],
  openstack: ["pulumi", "openstack"],
  platform: ["pulumi"],
  policy: ["policy"],
  sandbox: ["pulumi"],
  cli: ["pulumi"],
};

const packages = Object.keys(MAY_IMPORT);
const filesOf = (name: string): readonly string[] => sources.filter((file) => file.startsWith(`packages/${name}/`));

test("every package has its rule", () => {
  const found = new Set(tracked.flatMap((file) => /^packages\/([^/]+)\//.exec(file)?.[1] ?? []));
  expect([...found].sort()).toEqual([...packages].sort());
});

test.each(packages)("%s imports only whom it may", (name) => {
  const files = filesOf(name);
  expect(files.length).toBeGreaterThan(0);
  const wrong = files.flatMap((file) =>
    importsOf(file)
      .filter((specifier) => {
        const [, ours] = /^@kasbah\/([^/]+)/.exec(specifier) ?? [];
        if (ours !== undefined && ours !== name) return !MAY_IMPORT[name]?.includes(ours);
        const [, sdk] = /^@pulumi\/([^/]+)/.exec(specifier) ?? [];
        if (sdk !== undefined) return !SDK[name]?.includes(sdk);
        return (
          specifier.startsWith(".") &&
          !path.resolve(root, path.dirname(file), specifier).startsWith(path.join(root, "packages", name))
        );
      })
      .map((specifier) => `${file} imports ${specifier}`),
  );
  expect(wrong).toEqual([]);
});

test("a dependency that is imported is declared, and one that is declared is imported", () => {
  const wrong = packages.flatMap((name) => {
    const manifest: Record<string, Record<string, string>> = JSON.parse(text(`packages/${name}/package.json`));
    const declared = Object.keys({ ...manifest["dependencies"], ...manifest["peerDependencies"] });
    const used = new Set(
      filesOf(name)
        .filter((file) => !file.includes("/generate/"))
        .flatMap(importsOf)
        .filter((specifier) => !/^(\.|#|node:)/.test(specifier))
        .map((specifier) =>
          specifier
            .split("/")
            .slice(0, specifier.startsWith("@") ? 2 : 1)
            .join("/"),
        ),
    );
    return [
      ...[...used]
        .filter((dependency) => !declared.includes(dependency))
        .map((dependency) => `${name} uses ${dependency} undeclared`),
      ...declared
        .filter((dependency) => !used.has(dependency))
        .map((dependency) => `${name} declares ${dependency} and does not use it`),
    ];
  });
  expect(wrong).toEqual([]);
});

test("cloud SDKs are imported by file", () => {
  const wrong = sources.flatMap((file) =>
    importsOf(file)
      .filter((specifier) => /^@pulumi\/(aws|azure-native|gcp|kubernetes|openstack)(\/[^/]+)*$/.test(specifier))
      .filter((specifier) => !specifier.endsWith(".js") || specifier.endsWith("/index.js"))
      .filter((specifier) => !/^@pulumi\/[^/]+\/package\.json$/.test(specifier))
      .map((specifier) => `${file} imports ${specifier}`),
  );
  // the benchmark measures the index imports that we do not use
  expect(wrong.filter((line) => !line.startsWith("test/bench/program/by-index.ts"))).toEqual([]);
});

test("nothing leads outside the repository, and lock files name no host", () => {
  const own = "test/architecture/imports.test.ts";
  const outside = tracked.filter((file) => file !== own && /\.\.\/shared\b/.test(text(file)));
  expect(outside).toEqual([]);
  expect(text("package-lock.json")).not.toMatch(/"resolved": "https?:/);
});
