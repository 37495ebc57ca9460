// CPU seconds to the first resource of a program that uses all five SDKs: interleaved runs, medians. Asserts nothing.
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import Table from "cli-table3";
import { startMonitor } from "./monitor.ts";

const root = path.resolve(import.meta.dirname, "../..");
const run = createRequire(import.meta.url).resolve("@pulumi/pulumi/cmd/run");
const RUNS = Number(process.env["BENCH_RUNS"] ?? 5);
const CLOUDS = ["aws:", "azure-native:", "gcp:", "kubernetes:", "openstack:"];

interface Arm {
  readonly name: string;
  readonly program: "by-file" | "by-index";
  /** Pulumi's default path: ts-node, which type-checks what it has not compiled before. */
  readonly typescript: boolean;
  /** `cold`: as in CI or after an edit. `warm`: nothing has changed since the last run. */
  readonly cache: "cold" | "warm";
}

const ARMS: readonly Arm[] = [
  { name: "Pulumi's default (ts-node), whole SDKs, cold", program: "by-index", typescript: true, cache: "cold" },
  { name: "Pulumi's default (ts-node), whole SDKs, unchanged", program: "by-index", typescript: true, cache: "warm" },
  { name: "ours (types stripped, imports by file), cold", program: "by-file", typescript: false, cache: "cold" },
  { name: "ours (types stripped, imports by file), warm", program: "by-file", typescript: false, cache: "warm" },
];

/** A project with the one program, inside the checkout so that it finds the SDKs. */
const project = (folder: string, { program, typescript }: Arm): string => {
  const target = mkdtempSync(path.join(folder, "p-"));
  cpSync(path.join(root, "test/bench/program", `${program}.ts`), path.join(target, "index.ts"));
  const type = typescript ? {} : { type: "module" };
  mkdirSync(path.join(target, "node_modules"));
  symlinkSync(path.join(root, "node_modules/typescript-6"), path.join(target, "node_modules/typescript")); // what users have
  writeFileSync(path.join(target, "package.json"), JSON.stringify({ name: "bench", main: "index.ts", ...type }));
  const compilerOptions = {
    strict: true,
    target: "es2022",
    module: "commonjs",
    moduleResolution: "node10",
    ignoreDeprecations: "6.0",
    skipLibCheck: true,
  };
  writeFileSync(path.join(target, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["index.ts"] }));
  return target;
};

interface Measured {
  readonly cpu: number;
  readonly mb: number;
}

const once = async (
  arm: Arm,
  folder: string,
  cache: string,
  address: string,
  registered: string[],
): Promise<Measured> => {
  registered.length = 0;
  const env: NodeJS.ProcessEnv = { ...process.env, PULUMI_NODEJS_TYPESCRIPT: String(arm.typescript) };
  env["NODE_PATH"] = path.join(folder, "node_modules"); // the SDK looks for the user's compiler from where it lies itself
  if (arm.cache === "cold") rmSync(cache, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  env["TMPDIR"] = cache; // ts-node keeps what it compiled there
  delete env["NODE_COMPILE_CACHE"];
  if (!arm.typescript) env["NODE_COMPILE_CACHE"] = cache;
  const flags = [
    `--monitor=${address}`,
    `--engine=${address}`,
    "--project=bench",
    "--stack=dev",
    `--pwd=${folder}`,
    "--dry-run",
    "--parallel=16",
  ];
  const child = spawn(process.execPath, ["--import", path.join(root, "test/bench/usage.mjs"), run, ...flags, "."], {
    cwd: folder,
    env,
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  let [usage, errors] = ["", ""];
  child.stderr?.on("data", (text) => {
    errors += text;
  });
  child.stdio[3]?.on("data", (text) => {
    usage += text;
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  const missing = CLOUDS.filter((prefix) => !registered.some((type) => type.startsWith(prefix)));
  if (code !== 0 || missing.length > 0)
    throw new Error(`${arm.name}: exit ${code}, not registered: ${missing.join(" ")}\n${errors.slice(0, 2000)}`);
  return JSON.parse(usage);
};

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

const parent = path.join(root, ".kasbah/bench");
mkdirSync(parent, { recursive: true });
const work = mkdtempSync(path.join(parent, "w-"));
const monitor = await startMonitor();
try {
  const arms = ARMS.map((arm, index) => ({
    arm,
    folder: project(work, arm),
    cache: path.join(work, `cache-${index}`),
    runs: [] as Measured[],
  }));
  for (const { arm, folder, cache } of arms) await once(arm, folder, cache, monitor.address, monitor.registered); // warms caches and files
  for (let index = 0; index < RUNS; index++) {
    for (const { arm, folder, cache, runs } of arms)
      runs.push(await once(arm, folder, cache, monitor.address, monitor.registered));
  }
  const table = new Table({
    head: [`to the first resource, ${RUNS} interleaved runs`, "CPU s median", "min", "max", "MB"],
    style: { head: [], border: [] },
  });
  for (const { arm, runs } of arms) {
    const cpu = runs.map((run) => run.cpu);
    table.push([
      arm.name,
      ...[median(cpu), Math.min(...cpu), Math.max(...cpu)].map((seconds) => seconds.toFixed(2)),
      Math.round(median(runs.map(({ mb }) => mb))),
    ]);
  }
  console.log(table.toString());
} finally {
  monitor.close();
  rmSync(work, { recursive: true, force: true });
}
