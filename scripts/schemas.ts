// Writes the published JSON Schemas from the zod schemas that parse. `--check` only compares.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { declarationSchema, regimeSchema } from "@kasbah/core";
import { z } from "zod";

const root = path.resolve(import.meta.dirname, "..");

const schemas = {
  "platform.schema.json": { title: "Kasbah platform declaration", schema: declarationSchema },
  "regime.schema.json": { title: "Kasbah regime", schema: regimeSchema },
} as const;

/** Each schema file with the text that it should have. */
export const publishedSchemas = (): readonly { readonly file: string; readonly text: string }[] =>
  Object.entries(schemas).map(([name, { title, schema }]) => ({
    file: path.join(root, "packages/core/schema", name),
    text: `${JSON.stringify({ title, ...z.toJSONSchema(schema, { io: "input" }) }, null, 2)}\n`,
  }));

if (import.meta.main) {
  for (const { file, text } of publishedSchemas()) {
    if (!process.argv.includes("--check")) writeFileSync(file, text);
    else if (readFileSync(file, "utf8") !== text)
      throw new Error(`${path.relative(root, file)} is stale: npm run schemas`);
  }
}
