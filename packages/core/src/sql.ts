import { createHash } from "node:crypto";
import parts from "./data/retrieval-sql.json" with { type: "json" };
import type { Problem } from "./problem.ts";

/** One piece of SQL. Its hash is its version: a database that ran this text has this schema. */
export interface SqlArtefact {
  readonly name: string;
  readonly text: string;
  readonly sha256: string;
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The retrieval schema, in the order in which it is run; each piece can be run again. Source: packages/core/sql. */
export const RETRIEVAL_SQL: readonly SqlArtefact[] = parts.map(({ name, text }) => ({
  name,
  text,
  sha256: sha256(text),
}));

/** How a chunk's vector is kept. */
export type VectorType = "halfvec" | "vector";

/** Most dimensions that an HNSW index takes. Source: pgvector's README, HNSW, supported types. */
export const MAX_DIMENSIONS: Readonly<Record<VectorType, number>> = { halfvec: 4000, vector: 2000 };

export interface RetrievalSpec {
  /** Groups of readers. Each gets a login `kasbah_group_<name>`, and those that are no longer named lose theirs. */
  readonly groups: readonly string[];
  /** 16 or 32 bits a dimension. At 1024 dimensions 32 bits cost three times the index. @default "halfvec" */
  readonly vectorType?: VectorType | undefined;
  /** Dimensions of the embeddings; a change needs a new database. @default 1024 */
  readonly dimensions?: number | undefined;
}

export const DEFAULT_DIMENSIONS = 1024;

/** Name of a group: with its prefix it is a role's, with another a table's. */
export const GROUP_NAME = /^[a-z][a-z0-9_]{0,30}$/;

export function* retrievalProblems({
  groups,
  vectorType = "halfvec",
  dimensions = DEFAULT_DIMENSIONS,
}: RetrievalSpec): Generator<Problem> {
  for (const [index, group] of groups.entries()) {
    if (GROUP_NAME.test(group) && group !== "everyone") continue;
    yield {
      path: `groups.${index}`,
      expected: "a small letter, then up to 30 of a-z 0-9 _; everyone is taken",
      got: group,
    };
  }
  const most = MAX_DIMENSIONS[vectorType];
  if (!Number.isInteger(dimensions) || dimensions < 1 || dimensions > most) {
    yield { path: "dimensions", expected: `1 to ${most} for ${vectorType}`, got: dimensions };
  }
}

/** The role that logs in for a group. */
export const groupLogin = (group: string): string => `kasbah_group_${group}`;

/**
 * The whole schema as one text, for any client that sends several statements at once. It is run as the role that owns the
 * database and has CREATEROLE, never as a superuser; it can be run again, and is one transaction. Passwords are not in
 * it. The schema's comment ends in the text's hash.
 * @throws {RangeError} on what {@link retrievalProblems} names
 */
export const retrievalScript = (spec: RetrievalSpec): SqlArtefact => {
  const [problem] = retrievalProblems(spec);
  if (problem !== undefined) throw new RangeError(`${problem.path}: expected ${problem.expected}`);
  const { groups, vectorType = "halfvec", dimensions = DEFAULT_DIMENSIONS } = spec;
  const named = [...new Set(groups)].sort().map((group) => `'${group}'`);
  const body = [
    "SET LOCAL client_min_messages = warning;",
    "SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext('kasbah retrieval'));",
    `SELECT pg_catalog.set_config('kasbah.vector_type', '${vectorType}', true);`,
    `SELECT pg_catalog.set_config('kasbah.dimensions', '${dimensions}', true);`,
    ...RETRIEVAL_SQL.map(({ name, text }) => `-- ${name}\n${text}`),
    `SELECT retrieval.set_groups(ARRAY[${named.join(", ")}]::text[]);`,
  ].join("\n");
  const hash = sha256(body);
  const text = `BEGIN;\n${body}\nCOMMENT ON SCHEMA retrieval IS 'Kasbah retrieval schema ${hash}';\nCOMMIT;\n`;
  return { name: "retrieval", text, sha256: hash };
};
