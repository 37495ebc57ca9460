import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { Store } from "./store.ts";
import { isRecord } from "./values.ts";

/** The calls that a fault can strike. */
export const FAULT_CALLS = ["create", "read", "update", "delete", "invoke"] as const;

/** What a fault can do. */
export const FAULT_DEEDS = ["throttle", "fail", "slow", "crash", "kill-engine-before", "kill-engine-after"] as const;

/** A call that a fault can strike. */
export type FaultCall = (typeof FAULT_CALLS)[number];

/** One fault on request, as it stands in `faults.json`. */
export interface Fault {
  readonly on: FaultCall;
  /** Pulumi type token, or function token for `invoke`; any when absent. */
  readonly type?: string;
  /** Which matching call it strikes, from 1. @default 1 */
  readonly nth?: number;
  readonly do: (typeof FAULT_DEEDS)[number];
  /** For `slow`: how long, in milliseconds. @default 1000 */
  readonly ms?: number;
  /** For `fail`: what the cloud says. */
  readonly message?: string;
}

interface Rule {
  readonly wanted: string;
  readonly holds: (value: unknown) => boolean;
}

const oneOf = (words: readonly string[]): Rule => ({
  wanted: `one of ${words.join(", ")}`,
  holds: (value) => typeof value === "string" && words.includes(value),
});
const optional = ({ wanted, holds }: Rule): Rule => ({ wanted, holds: (value) => value === undefined || holds(value) });
const text: Rule = { wanted: "a text", holds: (value) => typeof value === "string" && value !== "" };
const whole: Rule = {
  wanted: "a whole number from 1",
  holds: (value) => Number.isInteger(value) && Number(value) >= 1,
};

const RULES: Readonly<Record<keyof Fault, Rule>> = {
  on: oneOf(FAULT_CALLS),
  type: optional(text),
  nth: optional(whole),
  do: oneOf(FAULT_DEEDS),
  ms: optional(whole),
  message: optional(text),
};

/**
 * Reads the text of a `faults.json`.
 * @throws {Error} naming everything that is wrong with it: path, wanted, found.
 */
export function parseFaults(json: string): readonly Fault[] {
  let list: unknown;
  try {
    list = JSON.parse(json);
  } catch (error) {
    throw new Error(`faults.json: not JSON: ${error instanceof Error ? error.message : error}`);
  }
  if (!Array.isArray(list)) throw new Error("faults.json: expected a list of faults");
  const problems = list.flatMap((fault: unknown, index) => {
    if (!isRecord(fault)) return [`[${index}]: expected an object, got ${JSON.stringify(fault)}`];
    const unknown = Object.keys(fault).filter((key) => !(key in RULES));
    return [
      ...unknown.map((key) => `[${index}].${key}: not known; known are ${Object.keys(RULES).join(", ")}`),
      ...Object.entries(RULES)
        .filter(([key, rule]) => !rule.holds(fault[key]))
        .map(([key, rule]) => `[${index}].${key}: expected ${rule.wanted}, got ${JSON.stringify(fault[key])}`),
    ];
  });
  if (problems.length > 0) throw new Error(problems.map((problem) => `faults.json${problem}`).join("\n"));
  return list;
}

/** The faults that strike this very call. Every call that matches counts, over all processes, for the file's life. */
export function faultsFor(folder: string, store: Store, on: FaultCall, type: string): readonly Fault[] {
  const file = path.join(folder, "faults.json");
  const changed = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  if (changed === undefined) return [];
  const json = readFileSync(file, "utf8");
  const life = createHash("sha256").update(`${changed}\n${json}`).digest("hex").slice(0, 16);
  return parseFaults(json).filter((fault, index) => {
    if (fault.on !== on || (fault.type !== undefined && fault.type !== type)) return false;
    return store.count(`${life}/${index}`) === (fault.nth ?? 1);
  });
}
