import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { rulesOf } from "../../packages/policy/src/index.ts";

test("every rule stands in docs/policies.md, with what it asks and what it serves", () => {
  const text = readFileSync(path.resolve(import.meta.dirname, "../../docs/policies.md"), "utf8").replace(
    / {2,}/g, // tables are padded
    " ",
  );
  for (const { name, severity, description } of rulesOf()) {
    expect(text).toContain(`| \`${name}\` | ${severity} | ${description} |`);
  }
  expect([...text.matchAll(/^\| `((?:keep|require)-[a-z-]+)` \|/gm)].map(([, name]) => name)).toEqual(
    rulesOf().map(({ name }) => name),
  );
});
