import { writeFileSync } from "node:fs";
import { InvalidArgumentError, Option } from "commander";
import type { Report } from "../check/report.ts";
import type { CheckOptions } from "../check/run.ts";
import type { Register } from "../command.ts";
import { EXIT, UserError } from "../error.ts";
import { asOfOption } from "../options.ts";
import { print, screenColors } from "../output.ts";

const FORMATS = ["text", "json", "sarif", "junit", "markdown"] as const;
type Format = (typeof FORMATS)[number];

/** A further format, and the file that it goes to. */
interface Written {
  readonly format: Format;
  readonly file: string;
}

interface Given {
  readonly format: Format;
  readonly write?: readonly Written[];
  readonly stack?: string;
  readonly asOf: string;
  readonly context?: string;
  readonly base?: string;
  readonly waivers?: string;
  readonly pack?: readonly string[];
  readonly rule?: readonly string[];
  readonly failOn: NonNullable<CheckOptions["failOn"]>;
}

const list = (text: string): readonly string[] => text.split(",").map((one) => one.trim());

const isFormat = (text: string): text is Format => (FORMATS as readonly string[]).includes(text);

const written = (text: string, before: readonly Written[] = []): readonly Written[] => {
  const [format = "", ...file] = text.split("=");
  if (!isFormat(format) || file.join("=") === "")
    throw new InvalidArgumentError(
      `expected a format and a file, as sarif=kasbah.sarif; formats: ${FORMATS.join(", ")}.`,
    );
  return [...before, { format, file: file.join("=") }];
};

/** `kasbah check FILE|DIR...`: the rules over a program, a preview, a log or a state; for pull requests. */
export const registerCheck: Register = (program, { exit }) => {
  program
    .command("check")
    .description("judge a program, the output of a preview, an event log or an exported state; needs no account")
    .argument("<path...>", "folders with Pulumi.yaml, and files of pulumi preview --json, --event-log or stack export")
    .addOption(new Option("--format <format>", "how to say it").choices(FORMATS).default("text"))
    .addOption(new Option("--write <format=file>", "say it in this format too, into a file").argParser(written))
    .addOption(new Option("-s, --stack <name>", "stack of a program; default: every Pulumi.<stack>.yaml"))
    .addOption(new Option("--context <file>", "what a house calls things: labels, places, datasets"))
    .addOption(
      new Option("--base <file>", "an older report (--format json), or the same input as it was: says what changed"),
    )
    .addOption(new Option("--waivers <file>", "findings that somebody answers for, each until a day"))
    .addOption(new Option("--pack <names>", "packs, as residency,security; default: all").argParser(list))
    .addOption(new Option("--rule <names>", "only these rules of the packs").argParser(list))
    .addOption(
      new Option("--fail-on <severity>", "the least severity that refuses")
        .choices(["critical", "high", "medium", "low"])
        .default("low"),
    )
    .addOption(asOfOption())
    .action(async (paths: readonly string[], given: Given) => {
      const report = await reportOf(paths, given);
      for (const { format, file } of given.write ?? []) writeFileSync(file, `${await textOf(report, format)}\n`);
      print(await textOf(report, given.format));
      exit(report.totals.refusing > 0 ? EXIT.refused : EXIT.done);
    });
};

/** @throws {UserError} exit 2, with everything that is wrong with what was given */
const reportOf = async (paths: readonly string[], given: Given): Promise<Report> => {
  const { check } = await import("../check/run.ts");
  const options = optionsOf(paths, given);
  const checked = await check(options);
  const base = given.base === undefined ? undefined : await baseOf(given.base, options);
  const problems = [checked, ...(base === undefined ? [] : [base])].flatMap((one) => (one.ok ? [] : one.problems));
  if (!checked.ok || base?.ok === false) {
    const { said } = await import("../check/problems.ts");
    throw new UserError(EXIT.badInput, said(problems));
  }
  if (base === undefined) return checked.value;
  const { compared } = await import("../check/compare.ts");
  return compared(checked.value, base.value);
};

const optionsOf = (paths: readonly string[], given: Given): CheckOptions => {
  const { asOf, failOn, stack, context, waivers, pack, rule } = given;
  return {
    paths,
    cwd: process.cwd(),
    asOf,
    failOn,
    ...(stack === undefined ? {} : { stack }),
    ...(context === undefined ? {} : { context }),
    ...(waivers === undefined ? {} : { waivers }),
    ...(pack === undefined ? {} : { packs: pack }),
    ...(rule === undefined ? {} : { rules: rule }),
  };
};

const baseOf = async (file: string, options: CheckOptions) =>
  (await import("../check/compare.ts")).readBase(file, options);

const textOf = async (report: Report, format: Format): Promise<string> => {
  switch (format) {
    case "text":
      return (await import("../check/format/text.ts")).toText(report, screenColors());
    case "json":
      return (await import("../check/format/json.ts")).toJson(report);
    case "sarif":
      return (await import("../check/format/sarif.ts")).toSarif(report, process.cwd());
    case "junit":
      return (await import("../check/format/junit.ts")).toJunit(report);
    case "markdown":
      return (await import("../check/format/markdown.ts")).toMarkdown(report);
  }
};
