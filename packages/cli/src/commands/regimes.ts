import { readFileSync } from "node:fs";
import type { Regime } from "@kasbah/core";
import { Option } from "commander";
import type { Register } from "../command.ts";
import { EXIT, UserError } from "../error.ts";
import { asOfOption, cwdOption, jsonOption, secretOption } from "../options.ts";
import { print, printJson, screenColors } from "../output.ts";

interface DiffOptions {
  readonly cwd: string;
  readonly stack?: string;
  readonly asOf: string;
  readonly json?: boolean;
  readonly showSecretStatus?: boolean;
}

/** `kasbah regimes` and `kasbah regimes diff A B`. */
export const registerRegimes: Register = (program, { exit }) => {
  const regimes = program
    .command("regimes")
    .description("list the regimes with version, dates and confidence")
    .addOption(jsonOption())
    .action(async ({ json }: { readonly json?: boolean }) => {
      const { REGIMES } = await import("@kasbah/core");
      const { regimeRows, regimeTable } = await import("../law/regimes.ts");
      const rows = regimeRows(REGIMES);
      if (json) printJson(rows);
      else print(regimeTable(rows));
    });
  regimes
    .command("diff")
    .description("show which verdicts of a declaration another version of a regime changes")
    .argument("<a>", "id of a regime that Kasbah has, or a file")
    .argument("<b>", "the same, to compare with")
    .addOption(cwdOption())
    .addOption(new Option("-s, --stack <name>", "with what Pulumi.<name>.yaml changes"))
    .addOption(asOfOption())
    .addOption(jsonOption())
    .addOption(secretOption())
    .action(async (a: string, b: string, { cwd, stack, asOf, json, showSecretStatus }: DiffOptions) => {
      const { readPlatform } = await import("../stack.ts");
      const { changedVerdicts } = await import("../law/regimes.ts");
      const { painted } = await import("../law/tree.ts");
      const { declaration } = readPlatform(cwd, stack);
      const changes = changedVerdicts(declaration, await regime(a), await regime(b), asOf, showSecretStatus ?? false);
      if (json) printJson(changes);
      else if (changes.length === 0) print("No verdict changes.");
      const colors = screenColors();
      if (!json)
        for (const { dataset, place, before, after } of changes)
          print(`${dataset} in ${place}: ${painted(before, colors)} -> ${painted(after, colors)}`);
      exit(EXIT.done);
    });
};

/** A regime by its id, or out of a file. */
const regime = async (name: string): Promise<Regime> => {
  const { findRegime, formatProblem, parseRegime } = await import("@kasbah/core");
  const known = findRegime(name);
  if (known !== undefined) return known;
  let input: unknown;
  try {
    input = JSON.parse(readFileSync(name, "utf8"));
  } catch (error) {
    throw new UserError(
      EXIT.badInput,
      `${name} is no regime that Kasbah has, and no file that can be read: ${error instanceof Error ? error.message : error}`,
    );
  }
  const parsed = parseRegime(input);
  if (!parsed.ok)
    throw new UserError(
      EXIT.badInput,
      parsed.problems.map((problem) => `${name}: ${formatProblem(problem)}`).join("\n"),
    );
  return parsed.value;
};
