import { cut, harmlessLines } from "../harmless.ts";
import type { Report, ReportedFinding } from "../report.ts";

/** The most that a comment on GitHub holds is 65,536 letters; GitLab takes more. Source: GitHub, API errors of comments. */
const MOST = 65_000;

/** By which a workflow finds its own comment again. */
export const MARKER = "<!-- kasbah check -->";

/**
 * What means something in Markdown inside of a line, in a table of it, in HTML, or to GitHub and GitLab: `@name`, `#1`,
 * `!1`, `%1`, `$x$`, `:smile:`, and what becomes a link by itself.
 */
const MARKUP = /[\\`*_[\]<>&!|~@#$%]|:(?=[\w+-]*:|\/\/)|(?<=\bwww)\./gi;

/** A text that stays a text: by entities, since a backslash is not heeded everywhere. */
const text = (raw: string): string => raw.replace(MARKUP, (letter) => `&#${letter.codePointAt(0)};`);

/** A summary for a pull request: what changed, then the rest folded away. Never longer than a comment may be. */
export const toMarkdown = (report: Report): string => {
  const open = report.findings.filter(({ waived }) => waived === undefined);
  const waived = report.findings.filter((finding) => finding.waived !== undefined);
  const compared = report.totals.new !== undefined;
  const sections: Section[] = [
    ...(compared
      ? [
          section(
            "New",
            open.filter(({ change }) => change === "new"),
            true,
          ),
          section("Mended", report.mended ?? [], false),
          section(
            "Unchanged",
            open.filter(({ change }) => change === "unchanged"),
            false,
          ),
        ]
      : [section("Findings", open, true)]),
    section("Waived", waived, false),
  ];
  const head = [MARKER, heading(report), "", summary(report), "", ...notes(report)].join("\n");
  const parts = [head];
  let room = MOST - head.length - FOOT.length - 2 - ROOM_FOR_WORDS;
  for (const one of sections.filter(({ rows }) => rows.length > 0)) {
    const written = write(one, room);
    parts.push(written);
    room -= written.length + 2;
  }
  return harmlessLines([...parts, FOOT].join("\n\n"));
};

const FOOT = "<sub>kasbah check. Not legal advice.</sub>";

/** Kept free for the sentences that say what was left out. */
const ROOM_FOR_WORDS = 1200;

const heading = ({ totals }: Report): string =>
  totals.refusing === 0
    ? "### ✅ Kasbah check passed"
    : `### ❌ Kasbah check refuses: ${counted(totals.refusing, "finding")}`;

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

const summary = ({ totals, inputs, rules, asOf }: Report): string => {
  const resources = inputs.reduce((sum, input) => sum + input.resources, 0);
  const columns: [string, number | undefined][] = [
    ["new", totals.new],
    ["mended", totals.mended],
    ["unchanged", totals.unchanged],
    ["refusing", totals.refusing],
    ["waived", totals.waived],
    ["advice", totals.advice],
  ];
  const shown = columns.filter(([, count]) => count !== undefined);
  return [
    `| ${shown.map(([name]) => name).join(" | ")} |`,
    `|${" ---: |".repeat(shown.length)}`,
    `| ${shown.map(([, count]) => count).join(" | ")} |`,
    "",
    `${counted(resources, "resource")} in ${counted(inputs.length, "stack")}, ${counted(rules.length, "rule")}, as of ${asOf}.`,
  ].join("\n");
};

const MOST_NOTES = 20;

const notes = ({ inputs, unread, unusedWaivers, notes: own }: Report): readonly string[] => {
  const lines = [
    ...unread.map(({ type, count, example }) => `- not read: ${count} of ${text(type)}, as ${text(example)}`),
    ...unusedWaivers.map(({ rule, resource }) => `- unused waiver: ${text(rule)} for ${text(resource)}`),
    ...inputs.flatMap((input) => input.notes.map((note) => `- ${text(input.file)}: ${text(note)}`)),
    ...own.map((note) => `- ${text(note)}`),
  ].map((line) => (line.length > 600 ? `${line.slice(0, 600).replace(/&[#\w]*$/, "")}…` : line));
  const more = lines.length - MOST_NOTES;
  return more > 0 ? [...lines.slice(0, MOST_NOTES), `- and ${more} more notes`] : lines;
};

interface Section {
  readonly title: string;
  readonly rows: readonly ReportedFinding[];
  readonly open: boolean;
}

const section = (title: string, rows: readonly ReportedFinding[], open: boolean): Section => ({ title, rows, open });

const TABLE = "| severity | rule and resource | wanted | found | mend |\n| --- | --- | --- | --- | --- |";

/** A section as far as there is room; what is left out is counted. */
const write = ({ title, rows, open }: Section, room: number): string => {
  const lines: string[] = [];
  let used = 0;
  for (const row of rows) {
    const line = lineOf(row);
    if (used + line.length + 1 > room) break;
    used += line.length + 1;
    lines.push(line);
  }
  const left = rows.length - lines.length;
  return [
    `<details${open ? " open" : ""}><summary>${title}: ${rows.length}</summary>`,
    "",
    ...(lines.length === 0 ? [] : [TABLE, ...lines]),
    ...(left === 0 ? [] : ["", `${left} more are in the other formats: this is as long as a comment may be.`]),
    "",
    "</details>",
  ].join("\n");
};

const CELL = 400;

const cell = (raw: string): string => text(cut(raw, CELL));

const lineOf = ({
  severity,
  rule,
  resource,
  path,
  wanted,
  found,
  mend,
  waived,
  file,
  line,
  stack,
}: ReportedFinding): string => {
  const where = `${cell(file)}${line === undefined ? "" : `, line ${line}`}`;
  const held =
    waived === undefined
      ? []
      : [`<br>waived until ${cell(waived.expires)} by ${cell(waived.approver)}: ${cell(waived.reason)}`];
  const what = `<b>${cell(rule)}</b><br><code>${cell(resource)}</code><br>${cell(path)}<br>${cell(stack)}, ${where}`;
  return `| ${severity} | ${what}${held.join("")} | ${cell(wanted)} | ${cell(found)} | ${cell(mend)} |`;
};
