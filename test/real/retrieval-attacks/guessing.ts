import { type Attempt, type Guess, guesses, inside } from "./attempt.ts";

const plan =
  (condition: (guess: Guess) => string, options = "") =>
  (_: unknown, guess: Guess) => [
    `EXPLAIN (FORMAT json${options}) SELECT * FROM retrieval.chunks WHERE ${condition(guess)}`,
  ];
const ANALYSED = ", ANALYZE, TIMING off, SUMMARY off, BUFFERS off";

/** A right guess and a wrong one must look the same: in estimates, in plans, in errors, in counts. */
export const GUESSES: readonly Attempt[] = guesses("guess", {
  "estimate of the content": plan(({ content }) => `content = '${content}'`),
  "estimate of a document": plan(({ document }) => `document_id = '${document}'`),
  "estimate of a range": plan(({ document }) => `document_id <= '${document}'`),
  "estimate of a prefix": plan(({ content }) => `content LIKE '${content.slice(0, 12)}%'`),
  "estimate in the group": (known, { document }) => [
    `EXPLAIN SELECT * FROM retrieval.chunks WHERE group_name = '${known.other}' AND document_id = '${document}'`,
  ],
  "estimate of the title": (_, { title }) => [`EXPLAIN SELECT * FROM retrieval.documents WHERE title = '${title}'`],
  "estimate of a document's id": (_, { document }) => [
    `EXPLAIN SELECT * FROM retrieval.documents WHERE id = '${document}'`,
  ],
  "estimate of a join": (_, { document }) => [
    `EXPLAIN SELECT * FROM retrieval.chunks c JOIN (VALUES ('${document}')) v(id) ON c.document_id = v.id`,
  ],
  "estimate on the partition": ({ other }, { document }) => [
    `EXPLAIN SELECT * FROM retrieval.chunks_${other} WHERE document_id = '${document}'`,
  ],
  "a generic plan": (_, { document }) =>
    inside(
      "SET LOCAL plan_cache_mode = force_custom_plan",
      "PREPARE g(text) AS SELECT * FROM retrieval.chunks WHERE document_id = $1",
      `EXPLAIN EXECUTE g('${document}')`,
    ),
  "what ran": plan(({ content }) => `content = '${content}'`, ANALYSED),
  "what ran, by document": plan(({ document }) => `document_id = '${document}'`, ANALYSED),
  "what ran, without the index": (_, { document }) =>
    inside(
      "SET LOCAL enable_indexscan = off",
      "SET LOCAL enable_bitmapscan = off",
      `EXPLAIN (FORMAT json${ANALYSED}) SELECT * FROM retrieval.chunks WHERE document_id = '${document}'`,
    ),
  "what ran, unpruned": (_, { document }) =>
    inside(
      "SET LOCAL enable_partition_pruning = off",
      `EXPLAIN (FORMAT json${ANALYSED}) SELECT * FROM retrieval.chunks WHERE document_id = '${document}'`,
    ),
  "neighbours that were left out": (_, { vector }) =>
    inside(
      "SET LOCAL enable_sort = off",
      "SET LOCAL enable_seqscan = off",
      `EXPLAIN (FORMAT json, COSTS off${ANALYSED}) SELECT 1 FROM retrieval.chunks ORDER BY embedding <=> '${vector}' LIMIT 5`,
    ),
  "neighbours that crowd out": (_, { vector }) =>
    inside(
      "SET LOCAL enable_sort = off",
      "SET LOCAL enable_seqscan = off",
      "SET LOCAL hnsw.iterative_scan = off",
      "SET LOCAL hnsw.ef_search = 40",
      `SELECT count(*) FROM (SELECT 1 FROM retrieval.chunks ORDER BY embedding <=> '${vector}' LIMIT 5) s`,
    ),
  "neighbours at a distance of nothing": (_, { vector }) => [
    `SELECT count(*) FROM retrieval.chunks WHERE embedding = '${vector}'`,
  ],
  "neighbours in the search": (_, { vector }) => [
    `SELECT count(*) FILTER (WHERE distance < 0.000001) FROM retrieval.search('${vector}', 1000)`,
  ],
  "an error if it is there": (_, { content }) => [
    `SELECT 1 / (CASE WHEN content = '${content}' THEN 0 ELSE 1 END) FROM retrieval.chunks`,
  ],
  "an error if the document is there": (_, { document }) => [
    `SELECT 1 FROM retrieval.chunks WHERE document_id = '${document}' AND 1 / 0 = 1`,
  ],
  "a count": (_, { content }) => [`SELECT count(*) FROM retrieval.chunks WHERE content = '${content}'`],
  "a count without row security": (_, { content }) =>
    inside("SET LOCAL row_security = off", `SELECT count(*) FROM retrieval.chunks WHERE content = '${content}'`),
  existence: (_, { document }) => [`SELECT EXISTS (SELECT FROM retrieval.documents WHERE id = '${document}')`],
  "a key that is taken": ({ other }, { document }) => [
    `INSERT INTO retrieval.documents (group_name, id) VALUES ('${other}', '${document}')`,
  ],
  "a key that is taken, in the own group": ({ own }, { document }) => [
    `INSERT INTO retrieval.documents (group_name, id) VALUES ('${own}', '${document}') ON CONFLICT DO NOTHING`,
  ],
  "a reference that holds": ({ other, vector }, { document }) => [
    `INSERT INTO retrieval.chunks VALUES ('${other}', '${document}', 999, 'x', '${vector}')`,
  ],
  "an update that finds": (_, { document }) => [
    `UPDATE retrieval.documents SET title = title WHERE id = '${document}'`,
  ],
  "a deletion that finds": (_, { document }) => [`DELETE FROM retrieval.documents WHERE id = '${document}'`],
  "a merge that finds": (_, { document }) => [
    `MERGE INTO retrieval.documents d USING (VALUES ('${document}')) v(id) ON d.id = v.id WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN DO NOTHING`,
  ],
  "put, as a writer": ({ own }, { document }) => [`SELECT retrieval.put_document('${document}', '{${own}}')`],
  "rows read, as counted": ({ other }, { document }) =>
    inside(
      `SELECT count(*) FROM retrieval.chunks WHERE document_id = '${document}'`,
      `SELECT pg_stat_get_xact_tuples_returned('retrieval.chunks_${other}'::regclass), pg_stat_get_xact_tuples_fetched('retrieval.chunks_${other}'::regclass)`,
    ),
  "locks taken": (_, { document }) =>
    inside(
      `SELECT 1 FROM retrieval.chunks WHERE document_id = '${document}'`,
      "SELECT count(*), mode FROM pg_locks WHERE pid = pg_backend_pid() GROUP BY mode ORDER BY mode",
    ),
  "a document's search": ({ vector }, { document }) => [
    `SELECT count(*) FROM retrieval.search_documents('${vector}', '{${document}}')`,
  ],
});
