import { InvalidArgumentError, Option } from "commander";

/** The folder of the Pulumi project. */
export const cwdOption = (): Option => new Option("--cwd <folder>", "folder of the stack").default(".");

export const stackOption = (): Option =>
  new Option("-s, --stack <name>", "stack, as dev for Pulumi.dev.yaml").makeOptionMandatory();

/** Today is an argument: taken once, printed, handed to the program and the pack. */
export const asOfOption = (): Option =>
  new Option("--as-of <date>", "the day for which the law is asked, YYYY-MM-DD")
    .default(new Date().toISOString().slice(0, 10), "today")
    .argParser(date);

const date = (text: string): string => {
  const parsed = new Date(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== text) {
    throw new InvalidArgumentError("expected a day as YYYY-MM-DD.");
  }
  return text;
};

export const sandboxOption = (): Option =>
  new Option("--sandbox", "against the simulated cloud, on a backend of its own");

export const jsonOption = (): Option => new Option("--json", "say it as JSON");

/** A status that a law keeps secret is never shown by itself. */
export const secretOption = (): Option =>
  new Option(
    "--show-secret-status",
    "show rules that betray a status which a law keeps secret; only where entitled persons read it",
  );
