// Writes packages/core/src/data/retrieval-sql.json from packages/core/sql: core reads no files, and the tarball has the text.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../packages/core");

/** The artefact as it should be: the files in order, as they are. */
export const artefact = (): string => {
  const files = readdirSync(path.join(root, "sql")).filter((name) => name.endsWith(".sql"));
  const parts = files.sort().map((file) => ({
    name: file.replace(/\.sql$/, ""),
    text: readFileSync(path.join(root, "sql", file), "utf8"),
  }));
  return `${JSON.stringify(parts, null, 2)}\n`;
};

export const ARTEFACT = path.join(root, "src/data/retrieval-sql.json");

if (import.meta.main) writeFileSync(ARTEFACT, artefact());
