import { type Attempt, READ_ALL, reads } from "./attempt.ts";

/** Queries as anybody writes them. */
export const PLAIN: readonly Attempt[] = reads("plain", {
  everything: () => ["SELECT * FROM retrieval.chunks"],
  "by group": ({ other }) => [`SELECT * FROM retrieval.chunks WHERE group_name = '${other}'`],
  "by document": ({ document }) => [`SELECT * FROM retrieval.chunks WHERE document_id = '${document}'`],
  "the partition": ({ other }) => [`SELECT * FROM retrieval.chunks_${other}`],
  "the partition, only": ({ other }) => [`SELECT * FROM ONLY retrieval.chunks_${other}`],
  TABLE: ({ other }) => [`TABLE retrieval.chunks_${other}`],
  "the partition's index": ({ other }) => [`SELECT * FROM retrieval.chunks_${other}_embedding_idx`],
  documents: () => ["SELECT * FROM retrieval.documents"],
  "documents by group": ({ other }) => [`SELECT title FROM retrieval.documents WHERE group_name = '${other}'`],
  groups: () => ["SELECT * FROM retrieval.groups"],
  joined: () => [READ_ALL],
  "joined the other way": () => [
    "SELECT d.title, c.content FROM retrieval.documents d, LATERAL (SELECT * FROM retrieval.chunks c WHERE c.document_id = d.id OFFSET 0) c",
  ],
  aggregate: () => ["SELECT string_agg(content, ','), jsonb_agg(metadata) FROM retrieval.chunks"],
  "aggregate by group": () => [
    "SELECT group_name, max(content), min(content) FROM retrieval.chunks GROUP BY ROLLUP (group_name)",
  ],
  window: () => [
    "SELECT lag(content) OVER (ORDER BY group_name), lead(content) OVER (ORDER BY group_name) FROM retrieval.chunks",
  ],
  "distinct on": () => ["SELECT DISTINCT ON (group_name) * FROM retrieval.chunks ORDER BY group_name"],
  "union of partitions": ({ own, other }) => [
    `SELECT content FROM retrieval.chunks_${own} UNION ALL SELECT content FROM retrieval.chunks_${other}`,
  ],
  sampled: () => ["SELECT * FROM retrieval.chunks TABLESAMPLE SYSTEM (100)"],
  "sampled row by row": () => ["SELECT * FROM retrieval.chunks TABLESAMPLE BERNOULLI (100)"],
  "by place on the page": () => [
    "SELECT * FROM retrieval.chunks WHERE ctid = ANY (ARRAY['(0,1)', '(0,2)', '(1,1)']::tid[])",
  ],
  "by range of pages": () => ["SELECT * FROM retrieval.chunks WHERE ctid < '(100,1)'"],
  "by table": ({ other }) => [
    `SELECT * FROM retrieval.chunks WHERE tableoid = (SELECT oid FROM pg_class WHERE relname = 'chunks_${other}')`,
  ],
  locking: () => ["SELECT * FROM retrieval.chunks FOR UPDATE"],
  "locking for a key": () => ["SELECT * FROM retrieval.chunks FOR KEY SHARE SKIP LOCKED"],
  recursive: ({ document }) => [
    `WITH RECURSIVE r AS (SELECT '${document}' AS d, ''::text AS t, 0 AS n UNION ALL SELECT c.document_id, c.content, n + 1 FROM r JOIN retrieval.chunks c ON c.document_id = r.d WHERE n < 3) SELECT * FROM r`,
  ],
  materialised: () => ["WITH m AS MATERIALIZED (SELECT * FROM retrieval.chunks) SELECT * FROM m"],
  scalar: ({ document }) => [`SELECT (SELECT content FROM retrieval.chunks WHERE document_id = '${document}' LIMIT 1)`],
  "in an array": () => ["SELECT ARRAY(SELECT content FROM retrieval.chunks)"],
  "as a row": () => ["SELECT c FROM retrieval.chunks c"],
  "as JSON": () => ["SELECT to_jsonb(c) FROM retrieval.chunks c"],
  "as XML": () => ["SELECT xmlforest(content, metadata) FROM retrieval.chunks"],
  "as hex": () => ["SELECT encode(convert_to(content, 'UTF8'), 'hex') FROM retrieval.chunks"],
  "as base64": () => ["SELECT encode(convert_to(content, 'UTF8'), 'base64') FROM retrieval.chunks"],
  reversed: () => ["SELECT reverse(content) FROM retrieval.chunks"],
  "hidden columns": () => ["SELECT xmin, xmax, cmin, ctid, tableoid::regclass, content FROM retrieval.chunks"],
  "full join": () => [
    "SELECT a.content, b.content FROM retrieval.chunks a FULL JOIN retrieval.chunks b ON a.ordinal = b.ordinal",
  ],
  "except own": ({ own }) => [
    `SELECT content FROM retrieval.chunks EXCEPT SELECT content FROM retrieval.chunks WHERE group_name = '${own}'`,
  ],
  "not own": ({ own }) => [`SELECT content FROM retrieval.chunks WHERE group_name <> '${own}' OR group_name IS NULL`],
  "always true": ({ own }) => [`SELECT content FROM retrieval.chunks WHERE group_name = '${own}' OR true`],
  vectors: () => ["SELECT embedding FROM retrieval.chunks"],
  "sum of vectors": () => ["SELECT avg(embedding), sum(embedding) FROM retrieval.chunks"],
  search: ({ vector }) => [`SELECT * FROM retrieval.search('${vector}', 1000)`],
  "search, everything": ({ vector }) => [`SELECT * FROM retrieval.search('${vector}', 2147483647)`],
  "search, less than nothing": ({ vector }) => [`SELECT * FROM retrieval.search('${vector}', -1)`],
  "search in a document": ({ document, vector }) => [
    `SELECT * FROM retrieval.search_documents('${vector}', '{${document}}', 1000)`,
  ],
  "search in no document": ({ vector }) => [`SELECT * FROM retrieval.search_documents('${vector}', NULL, 1000)`],
  "nearest by hand": ({ vector }) => [`SELECT * FROM retrieval.chunks ORDER BY embedding <=> '${vector}' LIMIT 1000`],
  "nearest in the partition": ({ other, vector }) => [
    `SELECT * FROM retrieval.chunks_${other} ORDER BY embedding <=> '${vector}' LIMIT 10`,
  ],
  "delete and look": () => ["DELETE FROM retrieval.chunks RETURNING *"],
  "update and look": () => ["UPDATE retrieval.chunks SET ordinal = ordinal RETURNING *"],
  "insert and look": ({ own }) => [
    `INSERT INTO retrieval.documents (group_name, id) SELECT '${own}', title FROM retrieval.documents RETURNING *`,
  ],
  "move to the own group": ({ own, other }) => [
    `UPDATE retrieval.chunks SET group_name = '${own}' WHERE group_name = '${other}'`,
    READ_ALL,
  ],
  merge: ({ own }) => [
    `MERGE INTO retrieval.chunks c USING (VALUES (1)) v ON true WHEN MATCHED THEN UPDATE SET group_name = '${own}' RETURNING c.*`,
    READ_ALL,
  ],
  "put for the own group": ({ own, document, vector }) => [
    `SELECT retrieval.put_document('${document}', '{${own}}')`,
    `SELECT retrieval.put_chunk('${document}', 0, '{${own}}', 'x', '${vector}')`,
    READ_ALL,
  ],
  truncate: () => ["TRUNCATE retrieval.chunks"],
});
