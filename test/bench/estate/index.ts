import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from "node:fs";
import path from "node:path";
import { type Bad, group } from "./group.ts";
import { stateText } from "./pulumi.ts";
import { random, some } from "./random.ts";
import { planText } from "./terraform.ts";
import { addressOf, BREACHES, type Breach, type Made, urnOf } from "./types.ts";

export { BREACHES, type Breach } from "./types.ts";

/** One breach that every tool has to find, by the names of both worlds. */
export interface Expected {
  readonly rule: Breach;
  readonly urn: string;
  readonly address: string;
  /** The bucket abroad, where a tool can only name that one. */
  readonly also: readonly string[];
}

/** An estate of so many resources in groups of ten, a twentieth of which breaks each rule. The same for the same seed. */
export const estate = (resources: number, seed = 7, share = 0.05): readonly Made[] => {
  const next = random(seed);
  const groups = resources / 10;
  const bad: Bad = {
    residency: some(groups, share, next),
    "public-bucket": some(groups, share, next),
    "db-encryption": some(groups, share, next),
    "classification-tag": some(groups, share, next),
    "backup-retention": some(groups, share, next),
  };
  return Array.from({ length: groups }, (_, index) => group(index, bad, next)).flat();
};

export const expectedIn = (made: readonly Made[]): readonly Expected[] =>
  made.flatMap(({ kind, name, bad, refs }) =>
    BREACHES.filter((rule) => bad.includes(rule)).map((rule) => {
      const target = rule === "residency" ? (refs["rule.destination.bucket"] ?? "") : undefined;
      const also = target === undefined ? [] : [addressOf("bucket", target), urnOf("bucket", target)];
      return { rule, urn: urnOf(kind, name), address: addressOf(kind, name), also };
    }),
  );

const writeAll = (file: string, pieces: Iterable<string>): void => {
  const descriptor = openSync(file, "w");
  let waiting = "";
  for (const piece of pieces) {
    waiting += piece;
    if (waiting.length < 1 << 20) continue;
    writeSync(descriptor, waiting);
    waiting = "";
  }
  writeSync(descriptor, waiting);
  closeSync(descriptor);
};

/** Writes `state.json` (pulumi stack export), and `plan.json` (terraform show -json) where it is wanted, with `expected.json`. */
export const writeEstate = (folder: string, made: readonly Made[], plan: boolean): void => {
  mkdirSync(folder, { recursive: true });
  writeAll(path.join(folder, "state.json"), stateText(made));
  if (plan) writeAll(path.join(folder, "plan.json"), planText(made));
  writeFileSync(path.join(folder, "expected.json"), JSON.stringify(expectedIn(made)));
};
