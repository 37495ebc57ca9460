import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseDeclaration } from "@kasbah/core";
import { readDeclaration } from "@kasbah/platform";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stringify } from "yaml";
import { sample } from "../support/declarations.ts";
import { sayRefusal } from "./checks.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "kasbah-yaml-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = (text: string) => {
  writeFileSync(path.join(folder, "platform.yaml"), text);
  return readDeclaration(folder, "dev", undefined);
};

/** Nine lists of nine aliases, nine deep: a billion words when written out. */
const laughs = (): string => {
  const letters = [..."abcdefghi"];
  const lines = letters.map((letter, index) => {
    const below = letters[index - 1];
    return `${letter}: &${letter} [${Array(9)
      .fill(below === undefined ? "lol" : `*${below}`)
      .join(",")}]`;
  });
  return `${lines.join("\n")}\n`;
};

test.each<[string, () => string]>([
  ["a billion laughs", laughs],
  ["a thousand aliases", () => `a: &a x\nb: [${Array(1_000).fill("*a").join(",")}]\n`],
  ["an alias that nothing stands behind", () => "platform: *nothing\n"],
  ["a list that holds itself", () => "&a [*a]\n"],
  ["a map that holds itself", () => "datasets: &a\n  odd: *a\n"],
  ["10,000 lists in one another", () => `a: ${"[".repeat(10_000)}${"]".repeat(10_000)}\n`],
  ["5,000 dashes", () => `${"- ".repeat(5_000)}x\n`],
  ["two documents", () => `${stringify(sample())}---\na: 1\n`],
  ["a key twice", () => "platform: a\nplatform: b\n"],
  [
    "bytes for a place",
    () => stringify({ ...sample(), places: {} }).replace("places: {}", "places: { p: !!binary abc }"),
  ],
  ["control characters", () => 'platform: "a\\u0000\\e[31m"\n'],
  ["nothing in it", () => ""],
  ["a tag of another language", () => "platform: !!js/function 'x'\n"],
  ["a map for a key", () => "? { a: 1 }\n: 2\n"],
  ["a key __proto__", () => `__proto__: { preset: throwaway }\n${stringify(sample())}`],
])("%s is refused in words", (_, text) => {
  const result = read(text());
  expect(result.ok).toBe(false);
  // the reader puts the file before a path, so the whole document has one too
  if (!result.ok) sayRefusal(result.problems, undefined);
  expect(Reflect.get({}, "preset")).toBeUndefined();
});

test("a few aliases are allowed, and mean what they point at", () => {
  const declaration = { ...sample(), workloads: {} };
  const text = `${stringify(declaration).replace("workloads: {}\n", "")}workloads:\n  one: &one { layer: object-storage, datasets: [documents] }\n  two: *one\n`;
  const result = read(text);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  expect(Object.keys(result.value.declaration.workloads)).toEqual(["one", "two"]);
  expect(parseDeclaration(result.value.raw, "dev").ok).toBe(true);
});
