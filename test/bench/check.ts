// CPU seconds of `kasbah check` over an exported state: interleaved fresh processes. Asserts that every breach is found.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import Table from "cli-table3";
import { type Breach, type Expected, estate, writeEstate } from "./estate/index.ts";

const root = path.resolve(import.meta.dirname, "../..");
const RUNS = Number(process.env["BENCH_RUNS"] ?? 5);
const SIZES = (process.env["BENCH_SIZES"] ?? "1000,10000,50000").split(",").map(Number);

/** The five rules that the peers were given, by our names for them. */
const FIVE: Readonly<Record<Breach, string>> = {
  residency: "keep-copies-in-permitted-places",
  "public-bucket": "keep-data-private",
  "db-encryption": "require-encryption-at-rest",
  "classification-tag": "require-class-label",
  "backup-retention": "require-backups",
};

/** The labels of another house, and where its data may be. */
const CONTEXT = { homeCountries: ["DE", "FR"], labels: { class: "data-class" } };

interface Arm {
  readonly name: string;
  readonly args: (folder: string) => readonly string[];
  readonly checks: boolean;
}

const BIN = path.join(root, "packages/cli/bin/kasbah.js");
const FLOOR = path.join(root, "test/bench/floor.mjs");
const checkArgs = (folder: string): readonly string[] => [
  BIN,
  "check",
  path.join(folder, "state.json"),
  "--context",
  path.join(folder, "context.json"),
  "--format",
  "json",
];

const ARMS: readonly Arm[] = [
  {
    name: "floor: node, read, JSON.parse, one pass",
    args: (folder) => [FLOOR, path.join(folder, "state.json")],
    checks: false,
  },
  {
    name: "five rules",
    args: (folder) => [...checkArgs(folder), "--rule", Object.values(FIVE).join(",")],
    checks: true,
  },
  { name: "all rules", args: checkArgs, checks: true },
];

interface Measured {
  readonly cpu: number;
  readonly mb: number;
}

const once = async ({ name, args, checks }: Arm, folder: string): Promise<Measured> => {
  const env = { ...process.env, NODE_COMPILE_CACHE: path.join(work, "compile-cache") };
  const usage = ["--import", path.join(root, "test/bench/usage.mjs")];
  const child = spawn(process.execPath, [...usage, ...args(folder)], {
    env,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const texts = ["", "", "", ""];
  for (const index of [1, 2, 3])
    child.stdio[index]?.on("data", (text) => {
      texts[index] += text;
    });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  if (code !== (checks ? 1 : 0)) throw new Error(`${name}: exit ${code}: ${texts[2]?.slice(0, 1000)}`);
  if (checks) expectFound(texts[1] ?? "", folder, name);
  return JSON.parse(texts[3] ?? "");
};

/** Every breach is found; with the five rules alone, nothing else. */
const expectFound = (text: string, folder: string, name: string): void => {
  const expected: readonly Expected[] = JSON.parse(readFileSync(path.join(folder, "expected.json"), "utf8"));
  const { findings }: { findings: readonly { rule: string; resource: string }[] } = JSON.parse(text);
  const found = new Set(findings.map(({ rule, resource }) => `${rule} ${resource}`));
  const wanted = new Set(expected.map(({ rule, urn }) => `${FIVE[rule]} ${urn}`));
  const missed = [...wanted].filter((one) => !found.has(one));
  const more = name === "five rules" ? [...found].filter((one) => !wanted.has(one)) : [];
  if (missed.length > 0 || more.length > 0)
    throw new Error(`${name}: ${missed.length} missed, as ${missed[0]}; ${more.length} too many, as ${more[0]}`);
};

const parent = path.join(root, ".kasbah/bench");
mkdirSync(parent, { recursive: true });
const work = mkdtempSync(path.join(parent, "c-"));
try {
  const table = new Table({
    head: [`kasbah check, ${RUNS} interleaved runs`, "resources", "CPU s min", "median", "max", "MB"],
    style: { head: [], border: [] },
  });
  for (const size of SIZES) {
    const folder = path.join(work, String(size));
    writeEstate(folder, estate(size), false);
    writeFileSync(path.join(folder, "context.json"), JSON.stringify(CONTEXT));
    const arms = ARMS.map((arm) => ({ arm, runs: [] as Measured[] }));
    for (const { arm } of arms) await once(arm, folder); // warms files and the compile cache
    for (let index = 0; index < RUNS; index += 1) for (const { arm, runs } of arms) runs.push(await once(arm, folder));
    for (const { arm, runs } of arms) {
      const cpu = runs.map((run) => run.cpu).sort((a, b) => a - b);
      const seconds = [cpu[0], cpu[cpu.length >> 1], cpu.at(-1)].map((value) => (value ?? Number.NaN).toFixed(2));
      table.push([arm.name, size, ...seconds, Math.round(Math.max(...runs.map(({ mb }) => mb)))]);
    }
  }
  console.log(table.toString());
} finally {
  rmSync(work, { recursive: true, force: true });
}
