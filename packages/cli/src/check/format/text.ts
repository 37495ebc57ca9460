import Table from "cli-table3";
import type { Colors } from "../../law/tree.ts";
import { harmlessLines, wholeLetters } from "../harmless.ts";
import type { Report, ReportedFinding } from "../report.ts";

/** More rows than this are counted by rule; the other formats have them all. */
const MOST_ROWS = 200;

const STYLE = { head: [], border: [], compact: true };

/** The report for a person. */
export const toText = (report: Report, colors: Colors): string => {
  const open = report.findings.filter(({ waived }) => waived === undefined);
  const waived = report.findings.filter((finding) => finding.waived !== undefined);
  return harmlessLines(
    [
      ...report.inputs.map(({ file, kind, stack, resources }) => `${file} (${kind}): ${stack}, ${resources} resources`),
      `Judged as of ${report.asOf} by ${report.rules.length} rules. Not legal advice.`,
      ...notesOf(report),
      "",
      ...(open.length === 0 ? [] : [tableOf(open.slice(0, MOST_ROWS), colors), ...left(open), ""]),
      ...(waived.length === 0 ? [] : [colors.bold("Waived"), ...waived.map(waivedLine), ""]),
      ...(report.mended ?? []).map(({ rule, resource }) => `${colors.green("mended")} ${rule}: ${resource}`),
      totalLine(report, colors),
    ].join("\n"),
  );
};

const notesOf = ({ inputs, unread, unusedWaivers, notes }: Report): readonly string[] => [
  ...inputs.flatMap((input) => input.notes.map((note) => `note: ${input.file}: ${note}`)),
  ...unread.map(({ type, count, example }) => `not read: ${count} of ${type}, as ${example}`),
  ...unusedWaivers.map(({ rule, resource }) => `unused waiver: ${rule} for ${resource}`),
  ...notes.map((note) => `note: ${note}`),
];

const painted = (severity: ReportedFinding["severity"], { red, yellow, dim }: Colors): string =>
  severity === "critical" || severity === "high"
    ? red(severity)
    : severity === "medium"
      ? yellow(severity)
      : dim(severity);

const tableOf = (findings: readonly ReportedFinding[], colors: Colors): string => {
  const changed = findings.some(({ change }) => change !== undefined);
  const table = new Table({
    head: [...(changed ? ["change"] : []), "severity", "rule and resource", "wanted, found, and the mend"],
    style: STYLE,
  });
  for (const { severity, rule, resource, path, wanted, found, mend, change, file, line } of findings) {
    table.push([
      ...(changed ? [change ?? ""] : []),
      painted(severity, colors),
      [colors.bold(rule), ...wrapped([resource, path, line === undefined ? file : `${file}:${line}`], 60)].join("\n"),
      wrapped([`wanted ${wanted}`, `found ${found}`, mend], 72).join("\n"),
    ]);
  }
  return table.toString();
};

/** Lines of at most so many letters, broken between words; a longer word, as a URN, is broken where it must. */
const wrapped = (texts: readonly string[], width: number): readonly string[] =>
  texts.flatMap((text) => {
    const lines: string[] = [];
    let rest = text;
    while (rest.length > width) {
      const space = rest.lastIndexOf(" ", width);
      const end = space > width / 2 ? space : wholeLetters(rest, width);
      lines.push(rest.slice(0, end));
      rest = rest.slice(end).trimStart();
    }
    return [...lines, rest];
  });

const left = (open: readonly ReportedFinding[]): readonly string[] => {
  const rest = open.slice(MOST_ROWS);
  if (rest.length === 0) return [];
  const byRule = [...Map.groupBy(rest, ({ rule }) => rule)].map(([rule, { length }]) => `${length} of ${rule}`);
  return [`and ${rest.length} more, which --format json has: ${byRule.join(", ")}`];
};

const waivedLine = ({ rule, resource, waived }: ReportedFinding): string =>
  `  ${rule}: ${resource}, until ${waived?.expires} by ${waived?.approver}: ${waived?.reason}`;

const totalLine = ({ totals }: Report, { red, green, bold }: Colors): string => {
  const { refusing, waived, advice } = totals;
  const words = refusing === 0 ? green("passed") : red(bold(`refused: ${refusing} findings`));
  const more = [
    ...(advice > 0 ? [`${advice} below --fail-on`] : []),
    ...(waived > 0 ? [`${waived} waived`] : []),
    ...(totals.new === undefined ? [] : [`${totals.new} new, ${totals.unchanged} unchanged, ${totals.mended} mended`]),
  ];
  return [words, ...more].join(", ");
};
