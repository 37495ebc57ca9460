import { readFileSync } from "node:fs";
import { Option } from "commander";
import type { Register } from "../command.ts";
import { EXIT, UserError } from "../error.ts";
import { jsonOption } from "../options.ts";
import { print, printJson } from "../output.ts";

interface JudgeOptions {
  readonly json?: boolean;
  readonly asOf?: string;
}

/** `kasbah judge CASES.json`: judges the cases of a file. Whoever gives the cases knows their subjects: nothing is withheld. */
export const registerJudge: Register = (program) => {
  program
    .command("judge")
    .description("judge the cases of a file: datasets, places, formalities, as regime-cases.json spells them")
    .argument("<file>", "a JSON file with cases and, where it wants, placements")
    .addOption(jsonOption())
    .addOption(
      new Option("--as-of <date>", "the day, where a case names none").default(
        new Date().toISOString().slice(0, 10),
        "today",
      ),
    )
    .action(async (file: string, { json, asOf }: JudgeOptions) => {
      const { formatProblem, judgeCases, REGIMES } = await import("@kasbah/core");
      const judged = judgeCases(parsed(file), REGIMES, asOf ?? "");
      if (!judged.ok) throw new UserError(EXIT.badInput, judged.problems.map(formatProblem).join("\n"));
      if (json) printJson(judged.value);
      else for (const { n, verdict, decides } of judged.value) print(`${n}\t${verdict}\t${decides.join(", ")}`);
    });
};

const parsed = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new UserError(EXIT.badInput, `${file}: ${error instanceof Error ? error.message : error}`);
  }
};
