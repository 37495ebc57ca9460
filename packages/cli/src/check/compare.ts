import { readFileSync } from "node:fs";
import { type Checked, isTree } from "@kasbah/core/judge";
import { cut, harmless } from "./harmless.ts";
import { redactor } from "./redact.ts";
import type { Report, ReportedFinding } from "./report.ts";
import { type CheckOptions, check } from "./run.ts";

/** What a report is compared with: an older one, or anything that can be checked, judged by the same rules. */
export const readBase = async (file: string, options: CheckOptions): Promise<Checked<readonly ReportedFinding[]>> => {
  const older = olderReport(file);
  if (older !== undefined) return older;
  const checked = await check({ ...options, paths: [file] });
  if (!checked.ok)
    return { ok: false, problems: checked.problems.map((one) => ({ ...one, path: `--base ${one.path}` })) };
  return { ok: true, value: checked.value.findings };
};

const olderReport = (file: string): Checked<readonly ReportedFinding[]> | undefined => {
  let input: unknown;
  try {
    const text = readFileSync(file, "utf8");
    if (!text.slice(0, 200).includes('"kasbahCheck"')) return undefined;
    input = JSON.parse(text);
  } catch {
    return undefined; // reading it as an input says what is wrong with it
  }
  if (!isTree(input) || input["kasbahCheck"] !== 1 || !Array.isArray(input["findings"])) {
    const expected = "a report of kasbah check --format json";
    return {
      ok: false,
      problems: [{ path: `--base ${file}`, expected, got: "another version of one", mend: "write it again" }],
    };
  }
  return { ok: true, value: input["findings"].filter(isFinding).map(said) };
};

const TEXTS = ["id", "rule", "severity", "stack", "resource", "path", "wanted", "found", "mend", "file"] as const;

const isFinding = (value: unknown): value is ReportedFinding =>
  isTree(value) && TEXTS.every((key) => typeof value[key] === "string");

/** A file that somebody may have changed: its texts are no more trusted than a program's. */
const said = (finding: ReportedFinding): ReportedFinding => {
  const redact = redactor([]);
  const texts = TEXTS.map((key) => [key, cut(harmless(redact(finding[key])))]);
  return { ...finding, ...Object.fromEntries(texts) };
};

/** The report with what changed since the base. */
export const compared = (report: Report, base: readonly ReportedFinding[]): Report => {
  const open = (one: ReportedFinding): boolean => one.waived === undefined;
  const before = new Set(base.filter(open).map(({ id }) => id));
  const now = new Set(report.findings.map(({ id }) => id));
  const findings = report.findings.map(
    (finding): ReportedFinding => ({ ...finding, change: before.has(finding.id) ? "unchanged" : "new" }),
  );
  const mended = base.filter((one) => open(one) && !now.has(one.id));
  const count = (change: ReportedFinding["change"]): number =>
    findings.filter((finding) => open(finding) && finding.change === change).length;
  const totals = { ...report.totals, new: count("new"), unchanged: count("unchanged"), mended: mended.length };
  return { ...report, findings, mended, totals };
};
