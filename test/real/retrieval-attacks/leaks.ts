import { type Attempt, inside, reads } from "./attempt.ts";

const where = (condition: string) => () => [`SELECT ordinal FROM retrieval.chunks WHERE ${condition}`];
const shown =
  (expression: string, from = "retrieval.chunks") =>
  () => [`SELECT ${expression} FROM ${from}`];

/** Functions that say what they were given: in an error, a notice, or on another way. */
export const LEAKS: readonly Attempt[] = reads("leak", {
  "cast to int": where("content::int = 1"),
  "cast to numeric": where("content::numeric > 0"),
  "cast to boolean": where("content::boolean"),
  "cast to date": where("content::date > now()"),
  "cast to interval": where("content::interval > '1 s'"),
  "cast to inet": where("content::inet = '::1'"),
  "cast to uuid": where("content::uuid IS NULL"),
  "cast to JSON": where("content::json IS NULL"),
  "cast to XML": where("content::xml IS NULL"),
  "cast to a table": where("content::regclass IS NULL"),
  "cast to a role": where("content::regrole IS NULL"),
  "cast to an array": where("content::int[] IS NULL"),
  "cast to a range": where("content::int4range IS NULL"),
  "cast to a vector": where("content::vector IS NULL"),
  "cast to money": where("content::money IS NULL"),
  "cast to a time zone": where("now() AT TIME ZONE content IS NULL"),
  "cast of metadata": where("(metadata->>'note')::int = 1"),
  "cast before the test": where("CASE WHEN content::int > 0 THEN true ELSE false END"),
  "cast in a join": () => ["SELECT 1 FROM (VALUES (1)) v(n) JOIN retrieval.chunks c ON c.content::int = v.n"],
  "cast in HAVING": () => ["SELECT count(*) FROM retrieval.chunks GROUP BY content HAVING content::int > 0"],
  "cast in ORDER BY": () => ["SELECT ordinal FROM retrieval.chunks ORDER BY content::int"],
  "cast in an aggregate's filter": shown("count(*) FILTER (WHERE content::int > 0)"),
  "cast in a semijoin": () => ["SELECT 1 FROM pg_class WHERE oid::int IN (SELECT content::int FROM retrieval.chunks)"],
  "cast in a lateral": () => ["SELECT 1 FROM retrieval.chunks c, LATERAL (SELECT c.content::int) l"],
  "cast in LIMIT": () => ["SELECT 1 LIMIT (SELECT content::int FROM retrieval.chunks ORDER BY group_name LIMIT 1)"],
  "cheap before dear": where("content::int = 1 OR pg_sleep(0) IS NULL"),
  "division by what is there": ({ document }) => [
    `SELECT 1 / (CASE WHEN document_id = '${document}' THEN 0 ELSE 1 END) FROM retrieval.chunks`,
  ],
  "division in WHERE": ({ other }) => [
    `SELECT 1 FROM retrieval.chunks WHERE 1 / (CASE WHEN group_name = '${other}' THEN 0 ELSE 1 END) = 1`,
  ],
  "a pattern from the content": where("'x' ~ content"),
  "a LIKE from the content": where("'x' LIKE content || chr(92)"),
  "a text query": where("to_tsquery(content || ' &') IS NULL"),
  "a headline": shown("ts_headline(content, to_tsquery('a | b'), 'MaxWords=1000,MinWords=999')"),
  "a path": where("xpath(content, '<a/>') IS NULL"),
  "a JSON path": where("metadata @? content::jsonpath"),
  "a decoding": where("decode(content, 'hex') IS NULL"),
  "a conversion": where("convert_from(convert_to(content, 'UTF8'), content) IS NULL"),
  "a date by format": where("to_date(content, 'YYYY') IS NULL"),
  "a format": where("format('%' || content, 1) IS NULL"),
  "a setting from the content": () =>
    inside(
      "SELECT set_config('kasbah.seen', string_agg(content, ','), true) FROM retrieval.chunks",
      "SELECT current_setting('kasbah.seen')",
    ),
  "a setting in WHERE": () =>
    inside(
      "SELECT 1 FROM retrieval.chunks WHERE set_config('kasbah.seen', coalesce(current_setting('kasbah.seen', true), '') || content, true) = ''",
      "SELECT current_setting('kasbah.seen', true)",
    ),
  "a setting's name": where("set_config(content, 'x', true) IS NULL"),
  "a setting read": where("current_setting(content) IS NULL"),
  "a notification": () => [
    "LISTEN seen",
    "SELECT pg_notify('seen', content) FROM retrieval.chunks",
    "SELECT 1",
    "UNLISTEN *",
  ],
  "a notification in WHERE": () => [
    "LISTEN seen",
    "SELECT 1 FROM retrieval.chunks WHERE pg_notify('seen', content) IS NULL",
    "SELECT 1",
    "UNLISTEN *",
  ],
  "a message in the log": where("pg_logical_emit_message(true, 'seen', content) IS NULL"),
  "a large object": () =>
    inside(
      "SELECT lo_from_bytea(0, convert_to(content, 'UTF8')) FROM retrieval.chunks",
      "SELECT convert_from(lo_get(oid), 'UTF8') FROM pg_largeobject_metadata",
    ),
  "a sequence": where("nextval(content::regclass) IS NULL"),
  "a privilege": where("has_table_privilege(content, 'SELECT')"),
  "a file": where("pg_read_file(content) IS NULL"),
  "a schema to XML": where("query_to_xml(content, true, true, '') IS NULL"),
  "a statement's text": () => [
    "SELECT query_to_xml(format('SELECT %L', content), true, true, '') FROM retrieval.chunks",
  ],
  "a vector of the wrong size": where("embedding <=> '[1,2]' > 0"),
  "a vector's size": where("embedding::vector(3) IS NULL"),
  "a vector that overflows": where("embedding * embedding * embedding * embedding * embedding * embedding IS NULL"),
  "a vector's norm": shown("l2_norm(embedding)"),
  "parts of a vector": shown("subvector(embedding, 1, 3)"),
  "bits of a vector": shown("binary_quantize(embedding)"),
  "a vector as numbers": shown("embedding::vector::real[]"),
  "a distance in WHERE": ({ vector }) => [
    `SELECT content FROM retrieval.chunks WHERE embedding <-> '${vector}' < 1e30`,
  ],
  "a distance as a function": ({ vector }) => [
    `SELECT content, cosine_distance(embedding, '${vector}') FROM retrieval.chunks`,
  ],
  "a comparison with a default": shown("coalesce(nullif(content, ''), metadata::text)"),
  "a block that catches": () => [
    "DO $$ DECLARE r record; BEGIN FOR r IN SELECT * FROM retrieval.chunks LOOP BEGIN PERFORM r.content::int; EXCEPTION WHEN others THEN RAISE NOTICE '% %', SQLERRM, r; END; END LOOP; END $$",
  ],
  "a block on the partition": ({ other }) => [
    `DO $$ DECLARE r record; BEGIN FOR r IN EXECUTE 'SELECT * FROM retrieval.chunks_${other}' LOOP RAISE NOTICE '%', r; END LOOP; EXCEPTION WHEN others THEN RAISE NOTICE '%', SQLERRM; END $$`,
  ],
  "a block that asserts": () => [
    "DO $$ BEGIN ASSERT false, (SELECT string_agg(content, ',') FROM retrieval.chunks); END $$",
  ],
  "a series as long as the content": shown("generate_series(1, length(content)), content"),
  "a table function of the content": () => [
    "SELECT r.* FROM retrieval.chunks c, regexp_split_to_table(c.content, ' ') r",
  ],
  "a record from the metadata": () => ["SELECT * FROM retrieval.chunks c, jsonb_each_text(c.metadata)"],
  "a stack": () => [
    "DO $$ DECLARE s text; BEGIN PERFORM content::int FROM retrieval.chunks; EXCEPTION WHEN others THEN GET STACKED DIAGNOSTICS s = MESSAGE_TEXT; RAISE EXCEPTION '%', s; END $$",
  ],
});
