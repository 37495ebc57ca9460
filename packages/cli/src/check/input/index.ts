import type { Checked, Problem } from "@kasbah/core";
import type { StackOutputs } from "../../program/protocol.ts";
import { isNamed, referenceNames } from "../references.ts";
import { type Named, named, readFile } from "./detect.ts";
import type { Read, StackInput } from "./model.ts";

export type { InputKind, Read, ReadResource, StackInput } from "./model.ts";

export interface ReadOptions {
  /** The stack of a program. @default - every `Pulumi.<stack>.yaml` */
  readonly stack?: string;
  readonly asOf: string;
}

/** Reads everything that was named. What is wrong with some of it comes back with what could be read. */
export const readInputs = async (paths: readonly string[], options: ReadOptions): Promise<Read> => {
  const [stacks, problems]: [StackInput[], Problem[]] = [[], []];
  const keep: Keep = (read) => void (read.ok ? stacks.push(read.value) : problems.push(...read.problems));
  const given = unique(paths.flatMap(named));
  for (const one of given) if (one.kind === "problem") problems.push(one.problem);
  for (const one of given) if (one.kind === "file") keep(readFile(one.file));
  const folders = given.flatMap((one) => (one.kind === "program" ? [one.folder] : []));
  if (folders.length > 0) await readPrograms(folders, options, stacks, keep);
  return { stacks, problems };
};

type Keep = (read: Checked<StackInput>) => void;

/** A path that is named twice, or by its folder too, is one. */
const unique = (given: readonly Named[]): readonly Named[] => {
  const byKey = new Map(given.map((one) => [JSON.stringify(one), one]));
  return [...byKey.values()];
};

/** How often a program is run again because a stack that it refers to has told its outputs since. */
const MAX_ROUNDS = 4;

/** Runs the programs; one that refers to a stack among them is run again with that stack's outputs. */
const readPrograms = async (
  folders: readonly string[],
  { stack, asOf }: ReadOptions,
  stacks: StackInput[],
  keep: Keep,
): Promise<void> => {
  const { readProgram, stacksOf } = await import("./program.ts");
  const programs = folders.flatMap((folder) => {
    const found = stacksOf(folder, stack);
    if (!found.ok) keep(found);
    return found.ok ? found.value : [];
  });
  const done = new Map<string, { readonly told: string; readonly read: Checked<StackInput> }>();
  const known = (): readonly StackInput[] => [...done.values()].flatMap(({ read }) => (read.ok ? [read.value] : []));
  for (let [round, changed] = [0, true]; round < MAX_ROUNDS && changed; round += 1) {
    changed = false;
    for (const program of programs) {
      const key = `${program.folder} ${program.stack}`;
      const before = done.get(key);
      if (before?.read.ok === false) continue;
      const outputs = before?.read.ok === true ? outputsFor(before.read.value, [...stacks, ...known()]) : {};
      const told = JSON.stringify(outputs);
      if (before?.told === told) continue;
      done.set(key, { told, read: await readProgram(program, asOf, outputs) });
      changed = true;
    }
  }
  for (const { read } of done.values()) keep(read);
};

/** The outputs of the stacks to which a program was seen to refer, under the names by which it does. */
const outputsFor = (read: StackInput, others: readonly StackInput[]): Readonly<Record<string, StackOutputs>> =>
  Object.fromEntries(
    referenceNames(read).flatMap((name) => {
      const other = others.find(({ stack }) => stack !== read.stack && isNamed(stack, name));
      return other === undefined ? [] : [[name, other.outputs]];
    }),
  );
