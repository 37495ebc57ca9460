// Packs every package: JavaScript and declarations from a staged folder, `exports` rewritten from source to output.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const typescript = path.join(root, "node_modules/typescript-7/bin/tsc");

/** In dependency order: a package is built against the declarations of those before it. */
export const PACKAGES: Readonly<Record<string, string>> = {
  core: "packages/core",
  component: "packages/component",
  aws: "packages/aws",
  azure: "packages/azure",
  gcp: "packages/gcp",
  openstack: "packages/openstack",
  platform: "packages/platform",
  policy: "packages/policy",
  sandbox: "packages/sandbox",
  cli: "packages/cli",
  "policy-residency": "policy-packs/residency",
  "policy-security": "policy-packs/security",
  "policy-resilience": "policy-packs/resilience",
  "policy-egress": "policy-packs/egress",
  "policy-all": "policy-packs/all",
};

/** What a package ships beside its output, where it has it. */
const EXTRAS = ["bin", "engine", "schema", "README.md", "PulumiPolicy.yaml", "entry.js"] as const;

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly [key: string]: unknown;
}

/** `./src/x.ts` becomes `./dist/x.js`, wherever it stands in the manifest; a policy pack has no `src`. */
const built = (value: unknown): unknown => {
  if (typeof value === "string") return value.replace(/^\.\/(?:src\/)?(.*)\.ts$/, "./dist/$1.js");
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(built);
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, built(entry)]));
};

const withTypes = (exports: unknown): unknown =>
  typeof exports === "object" && exports !== null
    ? Object.fromEntries(
        Object.entries(exports).map(([key, entry]) => [
          key,
          typeof entry === "string" && entry.endsWith(".js")
            ? { types: entry.replace(/\.js$/, ".d.ts"), default: entry }
            : entry,
        ]),
      )
    : exports;

const stage = (name: string, into: string): void => {
  const source = path.join(root, PACKAGES[name] ?? "");
  const target = path.join(into, name);
  mkdirSync(target, { recursive: true });
  const src = path.join(target, "src");
  if (existsSync(path.join(source, "src"))) cpSync(path.join(source, "src"), src, { recursive: true });
  else cpSync(path.join(source, "index.ts"), path.join(src, "index.ts"), { recursive: true });
  const extras = EXTRAS.filter((extra) => existsSync(path.join(source, extra)));
  for (const extra of extras) cpSync(path.join(source, extra), path.join(target, extra), { recursive: true });
  cpSync(path.join(root, "LICENSE"), path.join(target, "LICENSE"));
  const manifest: Manifest = JSON.parse(readFileSync(path.join(source, "package.json"), "utf8"));
  const staged = {
    ...manifest,
    exports: withTypes(built(manifest["exports"])),
    ...(manifest["imports"] === undefined ? {} : { imports: built(manifest["imports"]) }),
    files: ["dist", ...extras],
  };
  writeFileSync(path.join(target, "package.json"), `${JSON.stringify(staged, null, 2)}\n`);
  const options = {
    extends: path.join(root, "tsconfig.json"),
    compilerOptions: {
      noEmit: false,
      declaration: true,
      outDir: "dist",
      rootDir: "src",
      rewriteRelativeImportExtensions: true,
      typeRoots: [path.join(root, "node_modules/@types")],
    },
    include: ["src"],
    exclude: [],
  };
  writeFileSync(path.join(target, "tsconfig.json"), JSON.stringify(options));
  symlinkSync(target, path.join(into, "node_modules/@kasbah", name));
  execFileSync(process.execPath, [typescript, "-p", target], { stdio: "inherit" });
  // What the program reads as it lies there: the files of servers, SQL. JSON is put there by the compiler.
  cpSync(src, path.join(target, "dist"), { recursive: true, filter: (file) => !/\.(ts|json)$/.test(file) });
};

/** Builds and packs all packages. Returns the tarballs. */
export const packAll = (into: string): readonly string[] => {
  rmSync(into, { recursive: true, force: true });
  mkdirSync(path.join(into, "node_modules/@kasbah"), { recursive: true });
  return Object.keys(PACKAGES).map((name) => {
    stage(name, into);
    const output = execFileSync("npm", ["pack", "--json", "--pack-destination", into], {
      cwd: path.join(into, name),
      stdio: ["ignore", "pipe", "ignore"],
      encoding: "utf8",
    });
    return path.join(into, fileNameOf(JSON.parse(output)));
  });
};

const fileNameOf = (listing: unknown): string => {
  const [first] = Object.values(Object(listing));
  const name: unknown = typeof first === "object" && first !== null ? Reflect.get(first, "filename") : undefined;
  if (typeof name !== "string") throw new Error("npm pack did not name its file");
  return name;
};

if (import.meta.main) {
  for (const tarball of packAll(path.join(root, ".kasbah/pack"))) console.log(path.relative(root, tarball));
}
