import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { publishedSchemas } from "../../scripts/schemas.ts";

test.each(publishedSchemas())("$file is what the parser says (mend: npm run schemas)", ({ file, text }) => {
  expect(readFileSync(file, "utf8")).toBe(text);
});
