import { Option } from "commander";
import type { Register } from "../command.ts";
import { EXIT, UserError } from "../error.ts";
import { asOfOption, cwdOption, jsonOption, secretOption } from "../options.ts";
import { print, printJson, screenColors } from "../output.ts";

interface ExplainOptions {
  readonly cwd: string;
  readonly stack?: string;
  readonly asOf: string;
  readonly json?: boolean;
  readonly showSecretStatus?: boolean;
}

/** `kasbah explain DATASET PLACE`: may this data be there, and which articles say so. */
export const registerExplain: Register = (program, { exit }) => {
  program
    .command("explain")
    .description("say whether a dataset may be in a place, with the rules and articles that decide")
    .argument("<dataset>", "a dataset of the declaration")
    .argument("<place>", "a place or site of the declaration")
    .addOption(cwdOption())
    .addOption(new Option("-s, --stack <name>", "with what Pulumi.<name>.yaml changes"))
    .addOption(asOfOption())
    .addOption(jsonOption())
    .addOption(secretOption())
    .action(async (dataset: string, place: string, { cwd, stack, asOf, json, showSecretStatus }: ExplainOptions) => {
      const { contextOf, judgeAll, permits, publicView } = await import("@kasbah/core");
      const { readPlatform } = await import("../stack.ts");
      const { verdictTree } = await import("../law/tree.ts");
      const { declaration } = readPlatform(cwd, stack);
      const site = declaration.places[place] ?? declaration.sites[place];
      known("dataset", dataset, Object.keys(declaration.datasets));
      known("place", place, [...Object.keys(declaration.places), ...Object.keys(declaration.sites)]);
      if (site === undefined) return;
      const [whole] = judgeAll([dataset], site, contextOf(declaration, asOf)).verdicts;
      if (whole === undefined) return;
      const verdict = showSecretStatus ? whole : publicView(whole);
      if (json) printJson({ dataset, place, asOf, ...verdict });
      else print(`${verdictTree(`${dataset} in ${place}, as of ${asOf}`, verdict, screenColors())}\nNot legal advice.`);
      exit(permits(whole.outcome) ? EXIT.done : EXIT.refused);
    });
};

/** @throws {UserError} exit 2, naming what is declared */
const known = (what: string, name: string, declared: readonly string[]): void => {
  if (!declared.includes(name))
    throw new UserError(EXIT.badInput, `There is no ${what} ${name}: declared are ${declared.join(", ")}.`);
};
