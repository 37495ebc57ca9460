// Which breaches each tool finds, and which it demands to commit. CHECKOV and CONFTEST name the peers' commands; one that
// is not named is left out. Writes a Markdown table. Not part of npm test: it needs tools that are not ours.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Case } from "./case.ts";
import { AWS } from "./cases-aws.ts";
import { OTHERS } from "./cases-others.ts";
import { planOf, stateOf } from "./plan.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const { CHECKOV, CONFTEST } = process.env;
const parent = path.join(root, ".kasbah/bench");
mkdirSync(parent, { recursive: true });
const work = mkdtempSync(path.join(parent, "peers-"));

/** What a tool says of one estate: names of rules, each once. */
type Said = ReadonlySet<string>;

const run = (command: string, args: readonly string[]): string => {
  const { stdout, error } = spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  if (error !== undefined) throw error;
  return stdout;
};

const kasbah = (state: string, context: string): Said => {
  const bin = path.join(root, "packages/cli/bin/kasbah.js");
  const report = JSON.parse(run(process.execPath, [bin, "check", state, "--context", context, "--format", "json"]));
  return new Set(report.findings.map(({ rule }: { readonly rule: string }) => rule));
};

interface CheckovReport {
  readonly results?: { readonly failed_checks: readonly { readonly check_id: string; readonly check_name: string }[] };
}

const checkov = (plan: string): Said => {
  const args = ["-f", plan, "--framework", "terraform_plan", "--skip-download", "--quiet", "--compact", "-o", "json"];
  const text = run(CHECKOV ?? "", args);
  const report: CheckovReport = JSON.parse(text.slice(Math.max(0, text.search(/[{[]/))));
  return new Set(report.results?.failed_checks.map((one) => `${one.check_id} ${one.check_name}`) ?? []);
};

const conftest = (plan: string): Said => {
  const rules = path.join(import.meta.dirname, "rego");
  const reports: readonly { readonly failures?: readonly { readonly msg: string }[] }[] = JSON.parse(
    run(CONFTEST ?? "", ["test", plan, "-p", rules, "-o", "json"]),
  );
  return new Set(reports.flatMap(({ failures = [] }) => failures.map(({ msg }) => msg.split("\t")[0] ?? "")));
};

/** Checks that ask for a copy somewhere else: of restricted data, the breach itself. */
const DEMANDS = /cross.?region|geo.?(?:redundan|replic)|use replication|multi.?region/i;

interface Row {
  readonly name: string;
  readonly what: string;
  readonly kasbah: string;
  readonly checkov: string;
  /** Checks that fail on the lawful estate and are content with the breach. */
  readonly demands: string;
  readonly conftest: string;
}

const demanded = new Map<string, Set<string>>();

/** What a tool says of the breach and not of its lawful twin. */
const caught = (clean: Said, broken: Said): string => {
  const more = [...broken].filter((one) => !clean.has(one));
  if (more.length === 0) return "no";
  return `${more[0]}${more.length > 1 ? `, and ${more.length - 1} more` : ""}`;
};

const rowOf = ({ name, what, rules, estate }: Case): Row => {
  const [clean, broken] = [false, true].map((breach) => {
    const { terraform, pulumi } = estate(breach);
    const [plan, state] = ["plan.json", "state.json"].map((file) => path.join(work, file));
    if (plan === undefined || state === undefined) throw new Error("no files");
    writeFileSync(plan, JSON.stringify(planOf(terraform)));
    writeFileSync(state, JSON.stringify(stateOf(pulumi)));
    const none: Said = new Set();
    return {
      kasbah: kasbah(state, path.join(work, "context.json")),
      checkov: CHECKOV === undefined ? none : checkov(plan),
      conftest: CONFTEST === undefined ? none : conftest(plan),
    };
  });
  if (clean === undefined || broken === undefined) throw new Error("no estates");
  for (const check of clean.checkov) {
    if (DEMANDS.test(check)) demanded.set(check, (demanded.get(check) ?? new Set<string>()).add(name));
  }
  const ours = rules.filter((rule) => broken.kasbah.has(rule) && !clean.kasbah.has(rule));
  return {
    name,
    what,
    kasbah: ours.length === rules.length ? `yes: ${ours.join(", ")}` : "no",
    checkov: caught(clean.checkov, broken.checkov),
    demands: [...clean.checkov].filter((check) => DEMANDS.test(check) && !broken.checkov.has(check)).join(", ") || "no",
    conftest: caught(clean.conftest, broken.conftest),
  };
};

const version = (command: string | undefined): string =>
  command === undefined
    ? "not run"
    : (execFileSync(command, ["--version"], { encoding: "utf8" }).trim().split("\n")[0] ?? "");

try {
  writeFileSync(path.join(work, "context.json"), JSON.stringify({ homeCountries: ["FR", "NL"] }));
  const rows = [...AWS, ...OTHERS].map(rowOf);
  console.log(`checkov: ${version(CHECKOV)}; conftest: ${version(CONFTEST)}\n`);
  console.log(
    `| breach | kasbah check | checkov finds | checkov demands it | conftest finds |\n|${" --- |".repeat(5)}`,
  );
  for (const { name, what, ...said } of rows)
    console.log(`| **${name}**: ${what} | ${said.kasbah} | ${said.checkov} | ${said.demands} | ${said.conftest} |`);
  console.log("\nDemanded of the lawful estates by checkov:\n");
  for (const [check, names] of demanded) console.log(`- ${check}: of ${[...names].join("; ")}`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
