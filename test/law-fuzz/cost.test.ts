import { type Dataset, inheritAll, parseDeclaration } from "@kasbah/core";
import { expect, test } from "vitest";
import { sample } from "../support/declarations.ts";
import { sayRefusal } from "./checks.ts";

const names = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `d${index}`);

const ODD = { class: "public" };

test.each<[string, () => unknown]>([
  [
    "1,500 names that are none of 1,500 others",
    () => ({
      ...sample(),
      datasets: Object.fromEntries(names(1_500).map((name) => [name, ODD])),
      workloads: { store: { layer: "object-storage", datasets: names(1_500).map((name) => `missing-${name}`) } },
    }),
  ],
  [
    "a name of 20,000 letters that is not another one",
    () => ({
      ...sample(),
      datasets: { ...sample().datasets, ["x".repeat(20_000)]: ODD },
      workloads: { store: { layer: "object-storage", datasets: ["y".repeat(20_000)] } },
    }),
  ],
])("%s: what was meant is not looked for at any price", { timeout: 60_000 }, (_, make) => {
  const input = make();
  const parsed = parseDeclaration(input, "dev");
  expect(parsed.ok).toBe(false);
  if (!parsed.ok) sayRefusal(parsed.problems, input);
});

/** Datasets whose sources are counted each time that somebody asks for them. */
const counted = (sources: Readonly<Record<string, readonly string[]>>) => {
  const reads = { count: 0 };
  const of = (derivedFrom: readonly string[]): Dataset => ({
    class: "internal",
    categories: ["personal"],
    form: "raw",
    get derivedFrom() {
      reads.count += 1;
      if (reads.count > 20_000) throw new Error("more than 20,000 reads of derivedFrom");
      return derivedFrom;
    },
  });
  return { reads, datasets: Object.fromEntries(Object.entries(sources).map(([name, from]) => [name, of(from)])) };
};

test.each([
  ["twenty datasets, each from all others", Object.fromEntries(names(20).map((name) => [name, names(20)]))],
  [
    "a chain of thirty, each twice",
    Object.fromEntries(names(30).map((name, index) => [name, [`d${index - 1}`, `d${index - 1}`]])),
  ],
  ["a chain of a hundred", Object.fromEntries(names(100).map((name, index) => [name, [`d${index - 1}`]]))],
])("%s: what is inherited is found in few steps", (_, sources) => {
  const { datasets, reads } = counted(sources);
  expect(Object.keys(inheritAll(datasets, []))).toHaveLength(Object.keys(sources).length);
  expect(reads.count).toBeLessThanOrEqual(20_000);
});
