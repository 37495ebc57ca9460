// Writes the published JSON Schemas from the zod schemas that parse. `--check` only compares.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { contextSchema, declarationSchema, PROBE_FILE, probeSchema, regimeSchema, waiversSchema } from "@kasbah/core";
import { z } from "zod";

const root = path.resolve(import.meta.dirname, "..");

const schemas = {
  "context.schema.json": { title: "Kasbah check context", schema: contextSchema },
  "waivers.schema.json": { title: "Kasbah waivers", schema: waiversSchema },
  "platform.schema.json": { title: "Kasbah platform declaration", schema: declarationSchema },
  "probe.schema.json": { title: "What kasbah probe found in an OpenStack place", schema: probeSchema },
  "regime.schema.json": { title: "Kasbah regime", schema: regimeSchema },
} as const;

/** A folder's declaration may name a probe's record where capabilities stand: the reader puts them in its place. */
const orProbe = ({
  jsonSchema,
  path,
}: {
  readonly jsonSchema: Record<string, unknown>;
  readonly path: PropertyKey[];
}) => {
  if (path.at(-1) !== "capabilities" || !path.includes("openstack") || "anyOf" in jsonSchema) return;
  const { description, default: absent, ...own } = jsonSchema;
  for (const key of Object.keys(own)) delete jsonSchema[key];
  const file = { type: "string", pattern: `${PROBE_FILE.replaceAll(".", "\\.")}$`, description: "Path of its record." };
  Object.assign(jsonSchema, { default: absent, description, anyOf: [own, file] });
};

/** Each schema file with the text that it should have. */
export const publishedSchemas = (): readonly { readonly file: string; readonly text: string }[] =>
  Object.entries(schemas).map(([name, { title, schema }]) => ({
    file: path.join(root, "packages/core/schema", name),
    text: `${JSON.stringify({ title, ...z.toJSONSchema(schema, { io: "input", override: orProbe }) }, null, 2)}\n`,
  }));

if (import.meta.main) {
  for (const { file, text } of publishedSchemas()) {
    if (!process.argv.includes("--check")) writeFileSync(file, text);
    else if (readFileSync(file, "utf8") !== text)
      throw new Error(`${path.relative(root, file)} is stale: npm run schemas`);
  }
}
