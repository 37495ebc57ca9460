import fs from "node:fs";
import path from "node:path";

/** What we have to know of a `pulumi` command line. */
export interface CommandLine {
  /** The verb and, for `stack` and `config`, what follows: `["stack", "init"]`. */
  readonly verbs: readonly string[];
  /** `--cwd`, resolved. */
  readonly cwd: string;
  /** `--stack`, without organisation and project. */
  readonly stack?: string;
}

/** Flags whose value is the next word; only those that can come before a verb, and those that we read. */
const WITH_VALUE = new Set([
  "-C",
  "--cwd",
  "--color",
  "-s",
  "--stack",
  "-v",
  "--verbose",
  "--otel-traces",
  "--profiling",
  "--tracing",
  "--memprofilerate",
]);

/** Flags that name a file: relative to where the user stands, and the engine will stand elsewhere. */
const FILES = new Set([
  "--policy-pack",
  "--policy-pack-config",
  "--plan",
  "--save-plan",
  "--file",
  "--import-file",
  "--out",
  "--event-log",
]);

/** Reads a command line; nothing in it is judged. */
export function parseCommandLine(args: readonly string[], cwd: string): CommandLine {
  const verbs: string[] = [];
  let [folder, stack] = [cwd, undefined as string | undefined];
  for (const [flag, value] of pairs(args)) {
    if (flag === undefined) verbs.push(value ?? "");
    else if (flag === "-C" || flag === "--cwd") folder = path.resolve(cwd, value ?? "");
    else if (flag === "-s" || flag === "--stack") stack = value?.split("/").at(-1);
  }
  return { verbs, cwd: folder, ...(stack ? { stack } : {}) };
}

/** The words as flag and value, flag alone, or value alone. */
function pairs(args: readonly string[]): [string | undefined, string | undefined][] {
  const found: [string | undefined, string | undefined][] = [];
  for (let index = 0; index < args.length; index++) {
    const word = args[index] ?? "";
    const [, name, value] = /^(--[^=]+)=(.*)$/s.exec(word) ?? [];
    if (name) found.push([name, value]);
    else if (WITH_VALUE.has(word) || FILES.has(word) || word === "--config-file") found.push([word, args[++index]]);
    else if (/^-[sC]./.test(word)) found.push([word.slice(0, 2), word.slice(2)]);
    else if (word.startsWith("-")) found.push([word, undefined]);
    else found.push([undefined, word]);
  }
  return found;
}

/**
 * The command line for an engine that stands in the shadow: `--cwd` left out, files made absolute, and what
 * `--config-file` names replaced by its copy.
 */
export function relocated(args: readonly string[], cwd: string, copyOf: (configFile: string) => string): string[] {
  const isImport = parseCommandLine(args, cwd).verbs[0] === "import";
  return pairs(args).flatMap(([flag, value]) => {
    if (flag === undefined) return [value ?? ""];
    if (flag === "-C" || flag === "--cwd") return [];
    if (value === undefined) return [flag];
    if (flag === "--config-file") return [flag, copyOf(path.resolve(cwd, value))];
    if (FILES.has(flag) || (isImport && flag === "-f"))
      return [
        flag,
        value
          .split(",")
          .map((file) => absolute(file, cwd))
          .join(","),
      ];
    // `--flag=value` and not `--flag value`: a boolean flag takes no second word
    return flag.startsWith("--") && !WITH_VALUE.has(flag) ? [`${flag}=${value}`] : [flag, value];
  });
}

/** A name that is no file and does not look like one (a pack of a registry) stays. */
function absolute(file: string, cwd: string): string {
  const resolved = path.resolve(cwd, file);
  const isPath = /[./\\]/.test(file) || fs.existsSync(resolved);
  return isPath && !/^\w+:\/\//.test(file) ? resolved : file;
}
