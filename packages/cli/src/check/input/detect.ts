import { closeSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import path from "node:path";
import { type Checked, isTree, type Problem, type Tree } from "@kasbah/core/judge";
import { EVENT_HEAD, readEvents } from "./events.ts";
import { type Member, readJson } from "./json.ts";
import type { StackInput } from "./model.ts";
import { PREVIEW_ARRAY, PreviewReader } from "./preview.ts";
import { STATE_ARRAYS, StateReader } from "./state.ts";

/** What can be named on the command line. */
export type Named =
  | { readonly kind: "program"; readonly folder: string }
  | { readonly kind: "file"; readonly file: string }
  | { readonly kind: "problem"; readonly problem: Problem };

/** By which a folder is known to hold a program. */
export const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml"] as const;

const WANTED = "a program's folder, the output of pulumi preview --json, an event log, or pulumi stack export";

/** What a path names. A folder without a program stands for the programs and files in it. */
export const named = (given: string): readonly Named[] => {
  const stat = statSync(given, { throwIfNoEntry: false });
  if (stat === undefined) return [bad(given, "nothing there", "correct the path")];
  if (stat.isFile())
    return (PROJECT_FILES as readonly string[]).includes(path.basename(given))
      ? [program(path.dirname(given))]
      : [{ kind: "file", file: given }];
  if (!stat.isDirectory()) return [bad(given, "neither a file nor a folder", "write it to a file first")];
  if (isProgram(given)) return [program(given)];
  const entries = readdirSync(given, { withFileTypes: true });
  const inside = entries.flatMap((entry): readonly Named[] => {
    const whole = path.join(given, entry.name);
    if (entry.isDirectory()) return isProgram(whole) ? [program(whole)] : [];
    return /\.(json|ndjson|jsonl)$/.test(entry.name) ? [{ kind: "file", file: whole }] : [];
  });
  return inside.length > 0 ? inside : [bad(given, "a folder with neither", "name the folder that has Pulumi.yaml")];
};

const program = (folder: string): Named => ({ kind: "program", folder });

const isProgram = (folder: string): boolean =>
  PROJECT_FILES.some((name) => statSync(path.join(folder, name), { throwIfNoEntry: false })?.isFile() === true);

const bad = (given: string, got: string, mend: string): Named => ({
  kind: "problem",
  problem: { path: given, expected: WANTED, got, mend },
});

/** Reads a file for what its content shows it to be. */
export const readFile = (file: string): Checked<StackInput> => {
  const start = head(file);
  if (typeof start !== "string") return wrong(start);
  if (EVENT_HEAD.test(start)) return under(file, readEvents(file));
  if (!/^\s*[{[]/.test(start)) return wrong(unknown(file, "text that is no JSON"));
  const [state, preview] = [new StateReader(file), new PreviewReader(file)];
  const take = (member: Member): void => (member.path === PREVIEW_ARRAY ? preview : state).take(member);
  const read = readJson(file, [...STATE_ARRAYS, PREVIEW_ARRAY], take);
  if (!read.ok) return wrong({ path: file, expected: "JSON", got: read.fault, mend: "write it again" });
  const { rest } = read;
  if (isState(rest)) return checked(file, state.draft.problems, () => state.end(rest));
  if (isTree(rest) && Array.isArray(rest[PREVIEW_ARRAY])) {
    return checked(file, preview.draft.problems, () => preview.end(rest));
  }
  return wrong(unknown(file, shapeOf(rest)));
};

const wrong = (problem: Problem): Checked<never> => ({ ok: false, problems: [problem] });

const isState = (rest: unknown): rest is Tree =>
  isTree(rest) && (isTree(rest["deployment"]) || (isTree(rest["checkpoint"]) && isTree(rest["checkpoint"]["latest"])));

/** The stack, or everything that is wrong with it: problems may come up until the end. */
const checked = (file: string, problems: readonly Problem[], end: () => StackInput): Checked<StackInput> => {
  const value = end();
  return under(file, problems.length > 0 ? { ok: false, problems } : { ok: true, value });
};

const MAX_PROBLEMS = 20;

/** Says of each problem in which file it is, and of the hundredth only that there are so many. */
const under = (file: string, read: Checked<StackInput>): Checked<StackInput> => {
  if (read.ok) return read;
  const shown = read.problems.slice(0, MAX_PROBLEMS).map((one) => ({ ...one, path: `${file}: ${one.path}` }));
  const more = read.problems.length - shown.length;
  const rest = { path: file, expected: "no such problems", got: `${more} more of them`, mend: "write it again" };
  return { ok: false, problems: more > 0 ? [...shown, rest] : shown };
};

const unknown = (file: string, got: string): Problem => ({
  path: file,
  expected: WANTED,
  got,
  mend: "name one of these",
});

/** What another tool's file looks like, so that the message helps. */
const shapeOf = (rest: unknown): string => {
  if (!isTree(rest)) return "JSON that is no map";
  if ("terraform_version" in rest || "planned_values" in rest)
    return "a plan or state of Terraform, which is not read yet";
  if ("Resources" in rest || "AWSTemplateFormatVersion" in rest) return "a CloudFormation template, which is not read";
  return `JSON with ${Object.keys(rest).slice(0, 5).join(", ") || "nothing in it"}`;
};

const HEAD = 512;

const head = (file: string): string | Problem => {
  const buffer = Buffer.alloc(HEAD);
  let descriptor: number;
  try {
    descriptor = openSync(file, "r");
  } catch (error) {
    const got = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    return { path: file, expected: "a readable file", got, mend: "correct its permissions" };
  }
  try {
    const size = readSync(descriptor, buffer);
    const [first, second] = buffer;
    if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
      return {
        path: file,
        expected: "UTF-8",
        got: "UTF-16",
        mend: "write it as UTF-8 (PowerShell: Out-File -Encoding utf8)",
      };
    }
    return buffer.toString("utf8", 0, size).replace(/^\uFEFF/, "");
  } finally {
    closeSync(descriptor);
  }
};
