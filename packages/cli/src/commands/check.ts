import { Option } from "commander";
import type { CheckOptions } from "../check/run.ts";
import type { Register } from "../command.ts";
import { EXIT, UserError } from "../error.ts";
import { asOfOption } from "../options.ts";
import { print, screenColors } from "../output.ts";

interface Given {
  readonly format: "text" | "json" | "sarif" | "junit" | "markdown";
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

/** `kasbah check FILE|DIR...`: the rules over a program, a preview, a log or a state; for pull requests. */
export const registerCheck: Register = (program, { exit }) => {
  program
    .command("check")
    .description("judge a program, the output of a preview, an event log or an exported state; needs no account")
    .argument("<path...>", "folders with Pulumi.yaml, and files of pulumi preview --json, --event-log or stack export")
    .addOption(
      new Option("--format <format>", "how to say it")
        .choices(["text", "json", "sarif", "junit", "markdown"])
        .default("text"),
    )
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
      const { check } = await import("../check/run.ts");
      const options: CheckOptions = {
        paths,
        cwd: process.cwd(),
        asOf: given.asOf,
        failOn: given.failOn,
        ...(given.stack === undefined ? {} : { stack: given.stack }),
        ...(given.context === undefined ? {} : { context: given.context }),
        ...(given.waivers === undefined ? {} : { waivers: given.waivers }),
        ...(given.pack === undefined ? {} : { packs: given.pack }),
        ...(given.rule === undefined ? {} : { rules: given.rule }),
      };
      const checked = await check(options);
      const base = given.base === undefined ? undefined : await baseOf(given.base, options);
      const problems = [checked, ...(base === undefined ? [] : [base])].flatMap((one) => (one.ok ? [] : one.problems));
      if (!checked.ok || base?.ok === false) {
        const { said } = await import("../check/problems.ts");
        throw new UserError(EXIT.badInput, said(problems));
      }
      const { compared } = await import("../check/compare.ts");
      const report = base === undefined ? checked.value : compared(checked.value, base.value);
      await write(report, given.format);
      exit(report.totals.refusing > 0 ? EXIT.refused : EXIT.done);
    });
};

const baseOf = async (file: string, options: CheckOptions) =>
  (await import("../check/compare.ts")).readBase(file, options);

const write = async (
  report: Awaited<ReturnType<typeof import("../check/compare.ts").compared>>,
  format: Given["format"],
): Promise<void> => {
  switch (format) {
    case "text":
      return print((await import("../check/format/text.ts")).toText(report, screenColors()));
    case "json":
      return print((await import("../check/format/json.ts")).toJson(report));
    case "sarif":
      return print((await import("../check/format/sarif.ts")).toSarif(report, process.cwd()));
    case "junit":
      return print((await import("../check/format/junit.ts")).toJunit(report));
    case "markdown":
      return print((await import("../check/format/markdown.ts")).toMarkdown(report));
  }
};
