import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { formatProblem, type Place } from "../../packages/core/src/index.ts";
import { type Capability, has, lacks, NEEDS } from "../../packages/openstack/src/capabilities.ts";
import { encryptionProblems } from "../../packages/openstack/src/site.ts";
import { place } from "./place.ts";

const DOC = readFileSync(new URL("../../docs/capabilities.md", import.meta.url), "utf8");

/** Rows of the table: layer, capability, what it is for, what is done without it. */
const ROWS = DOC.split("\n")
  .filter((line) => line.startsWith("| ") && !/^\| (layer|-)/.test(line))
  .map((line) =>
    line
      .split("|")
      .map((cell) => cell.trim())
      .slice(1, -1),
  );

const BARE: Place = { ...place(), facts: {}, settings: { flavors: {} } };

type Layer = keyof typeof NEEDS;
const CASES = Object.entries(NEEDS).flatMap(([layer, needs]) =>
  Object.entries(needs).map(([capability, need]) => [layer as Layer, capability as Capability, need] as const),
);

test.each(CASES)("%s without %s: the refusal names it, and the table says the same", (layer, capability, need) => {
  const problems = [...lacks(BARE, layer, capability as never)];
  expect(problems).toHaveLength(1);
  const said = problems.map(formatProblem).join("\n");
  expect(said).toMatch(
    new RegExp(`^place\\.(facts|settings\\.capabilities)\\.${capability}: expected the capability that `),
  );
  expect(said).toContain(need.use);
  const row = ROWS.find(([of, name]) => of === layer && name === `\`${capability}\``);
  expect(row?.[2]).toBe(need.use);
  expect(
    row?.[3]
      ?.replace("`*` `", "restricted and critical data in production: `")
      .replace("`*` ", "restricted and critical data in production: "),
  ).toBe(need.without);
});

test("the table has no row of which the layers know nothing, and encryption's are written by hand", () => {
  const known = CASES.map(([layer, capability]) => `${layer} \`${capability}\``);
  const others = ROWS.map(([layer, capability]) => `${layer} ${capability}`).filter((row) => !known.includes(row));
  expect(others).toEqual(["object-storage", "vault", "postgres"].map((layer) => `${layer} \`encryptionAtRest\``));
  const [problem] = encryptionProblems(BARE, "confidential", "production");
  expect(formatProblem(problem ?? expect.fail())).toContain(
    "place.facts.encryptionAtRest: expected true, the capability that",
  );
});

test.each([
  ["s3", undefined, false],
  ["s3", "https://10.0.0.5:8080", true],
  ["identityAdmin", false, false],
  ["identityAdmin", true, true],
] as const)("%s declared as %o: %o", (capability, declared, expected) => {
  expect(has(place({ capabilities: { [capability]: declared } }), capability)).toBe(expected);
});

test("a fact that is not declared is not relied upon", () => {
  expect(has(BARE, "keyManager")).toBe(false);
  expect(has(place({}, { keyManager: false }), "keyManager")).toBe(false);
  expect(has(place(), "keyManager")).toBe(true);
});
