import { type Attempt, type Known, READ_ALL, readOther, refused, type Step } from "./attempt.ts";

/** A statement that might have made, changed or taken something, then the questions. */
const made =
  (...statements: readonly ((known: Known) => string)[]) =>
  (known: Known): readonly Step[] => [
    ...statements.map((one) => one(known)),
    readOther(known),
    READ_ALL,
    `SELECT * FROM retrieval.search('${known.vector}', 100)`,
  ];

const FUNCTION = "() RETURNS text LANGUAGE sql AS";
const SPY =
  "(anyelement) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS $$ BEGIN RAISE NOTICE '%', $1; RETURN true; END $$";

/** Objects of one's own that shadow, watch or take over; and changes to what is there. */
export const OBJECTS: readonly Attempt[] = refused("object", {
  "the policy's function in public": made(
    (k) => `CREATE FUNCTION public.session_group${FUNCTION} $$ SELECT '${k.other}' $$`,
  ),
  "the policy's function in pg_temp": made(
    (k) => `CREATE FUNCTION pg_temp.session_group${FUNCTION} $$ SELECT '${k.other}' $$`,
  ),
  "the policy's function itself": made(
    (k) => `CREATE OR REPLACE FUNCTION retrieval.session_group${FUNCTION} $$ SELECT '${k.other}' $$`,
  ),
  "the policy's function, other settings": made(() => "ALTER FUNCTION retrieval.session_group() SECURITY DEFINER"),
  "the policy's function, another owner": made(
    (k) => `ALTER FUNCTION retrieval.session_group() OWNER TO kasbah_group_${k.own}`,
  ),
  "the policy's function, gone": made(() => "DROP FUNCTION retrieval.session_group() CASCADE"),
  "starts_with in pg_temp": made(
    () => "CREATE FUNCTION pg_temp.starts_with(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
  ),
  "a watching function": () => [
    `CREATE FUNCTION pg_temp.spy${SPY}`,
    "SELECT * FROM retrieval.chunks WHERE pg_temp.spy(content)",
  ],
  "a watching function in public": () => [
    `CREATE FUNCTION public.spy${SPY}`,
    "SELECT * FROM retrieval.chunks WHERE public.spy(content)",
  ],
  "a watching function called leakproof": () => [
    "CREATE FUNCTION pg_temp.spy(text) RETURNS boolean LANGUAGE sql LEAKPROOF AS 'SELECT true'",
    "SELECT * FROM retrieval.chunks WHERE pg_temp.spy(content)",
  ],
  "a watching operator": () => [
    "CREATE OPERATOR public.### (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq)",
    "SELECT * FROM retrieval.chunks WHERE content OPERATOR(public.###) 'x'",
  ],
  "an operator with an estimator": () => [
    "CREATE OPERATOR pg_temp.<< (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq, RESTRICT = scalarltsel)",
    "EXPLAIN SELECT * FROM retrieval.chunks WHERE content OPERATOR(pg_temp.<<) 'x'",
  ],
  "a domain": made(() => "CREATE DOMAIN public.tell AS text CHECK (VALUE = 'x')"),
  "a temporary domain": () => [
    "CREATE DOMAIN pg_temp.tell AS text CHECK (VALUE = 'x')",
    "SELECT content::pg_temp.tell FROM retrieval.chunks",
  ],
  "a type": made(() => "CREATE TYPE public.pair AS (a text, b text)"),
  "a cast": made(() => "CREATE CAST (text AS int) WITH INOUT AS IMPLICIT"),
  "an aggregate": made(() => "CREATE AGGREGATE public.all_of(text) (SFUNC = textcat, STYPE = text)"),
  "a temporary table": made(() => "CREATE TEMP TABLE stolen AS SELECT * FROM retrieval.chunks"),
  "a table": made(() => "CREATE TABLE public.stolen AS SELECT * FROM retrieval.chunks"),
  "SELECT INTO": made(() => "SELECT * INTO public.stolen FROM retrieval.chunks"),
  "a table of the same name": made((k) => `CREATE TEMP TABLE chunks (group_name text DEFAULT '${k.other}')`),
  "a schema": made(() => "CREATE SCHEMA mine"),
  "a view": made(() => "CREATE VIEW public.v AS SELECT * FROM retrieval.chunks"),
  "a temporary view": made(() => "CREATE TEMP VIEW v AS SELECT * FROM retrieval.chunks"),
  "a view with a barrier": made(
    () =>
      "CREATE VIEW retrieval.v WITH (security_barrier = false, security_invoker = false) AS SELECT * FROM retrieval.chunks",
  ),
  "a materialised view": made(() => "CREATE MATERIALIZED VIEW public.m AS SELECT * FROM retrieval.chunks"),
  "a policy of one's own": made(() => "CREATE POLICY mine ON retrieval.chunks USING (true)"),
  "a policy on the partition": made((k) => `CREATE POLICY mine ON retrieval.chunks_${k.other} USING (true)`),
  "the policy changed": made(() => "ALTER POLICY readers ON retrieval.chunks USING (true)"),
  "the policy for others": made(
    (k) => `ALTER POLICY writers ON retrieval.chunks TO kasbah_group_${k.own} USING (true)`,
  ),
  "the policy gone": made(() => "DROP POLICY readers ON retrieval.chunks"),
  "row security off": made(() => "ALTER TABLE retrieval.chunks DISABLE ROW LEVEL SECURITY"),
  "row security not forced": made(() => "ALTER TABLE retrieval.chunks NO FORCE ROW LEVEL SECURITY"),
  "the table's owner": made((k) => `ALTER TABLE retrieval.chunks OWNER TO kasbah_group_${k.own}`),
  "the schema's owner": made((k) => `ALTER SCHEMA retrieval OWNER TO kasbah_group_${k.own}`),
  "the table's name": made(() => "ALTER TABLE retrieval.chunks RENAME TO old_chunks"),
  "a column's type": made(() => "ALTER TABLE retrieval.chunks ALTER content TYPE text USING upper(content)"),
  "a column with a default": made(() => "ALTER TABLE retrieval.chunks ADD stolen text DEFAULT ''"),
  "the partition taken off": made((k) => `ALTER TABLE retrieval.chunks DETACH PARTITION retrieval.chunks_${k.other}`),
  "a partition of one's own": made(
    (k) => `CREATE TABLE pg_temp.p PARTITION OF retrieval.chunks FOR VALUES IN ('${k.own}2')`,
  ),
  "a child table": made((k) => `CREATE TABLE public.child () INHERITS (retrieval.chunks_${k.other})`),
  "a copy of the table": made((k) => `CREATE TABLE public.c (LIKE retrieval.chunks_${k.other} INCLUDING ALL)`),
  "a foreign key that tells": made(
    (k) =>
      `CREATE TEMP TABLE f (g text, i text, FOREIGN KEY (g, i) REFERENCES retrieval.documents); INSERT INTO f VALUES ('${k.other}', 'x')`,
  ),
  "a rule": made(
    () => "CREATE RULE r AS ON SELECT TO retrieval.documents DO INSTEAD SELECT * FROM retrieval.documents",
  ),
  "a trigger": made(
    () =>
      "CREATE TRIGGER t BEFORE UPDATE ON retrieval.chunks FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
  ),
  "an event trigger": made(
    () => "CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION retrieval.session_group()",
  ),
  "an index on an expression": made((k) => `CREATE INDEX ON retrieval.chunks_${k.other} ((content::int))`),
  statistics: made((k) => `CREATE STATISTICS public.s ON content, document_id FROM retrieval.chunks_${k.other}`),
  "statistics of values": made(
    (k) => `ALTER TABLE retrieval.chunks_${k.other} ALTER content SET STATISTICS 1000`,
    (k) => `ANALYZE retrieval.chunks_${k.other}`,
  ),
  "a publication": made(() => "CREATE PUBLICATION p FOR ALL TABLES"),
  "a subscription": made((k) => `CREATE SUBSCRIPTION s CONNECTION 'dbname=${k.database}' PUBLICATION p`),
  "a language": made(() => "CREATE LANGUAGE plpython3u"),
  "a server": made(() => "CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw"),
  "a wrapper": made(() => "CREATE FOREIGN DATA WRAPPER w"),
  dblink: (k) => [
    "CREATE EXTENSION dblink",
    `SELECT * FROM dblink('dbname=${k.database} user=postgres', 'SELECT content FROM retrieval.chunks') AS t(c text)`,
  ],
  postgres_fdw: made(() => "CREATE EXTENSION postgres_fdw"),
  file_fdw: made(() => "CREATE EXTENSION file_fdw"),
  pageinspect: (k) => [
    "CREATE EXTENSION pageinspect",
    `SELECT * FROM heap_page_items(get_raw_page('retrieval.chunks_${k.other}', 0))`,
  ],
  "a trusted extension": made(() => "CREATE EXTENSION pg_trgm"),
  pg_stat_statements: () => ["CREATE EXTENSION pg_stat_statements", "SELECT query FROM pg_stat_statements"],
  "a label": made(() => "SECURITY LABEL ON TABLE retrieval.chunks IS 'mine'"),
  "a comment": made(() => "COMMENT ON POLICY readers ON retrieval.chunks IS 'mine'"),
  "a clustering": made((k) => `CLUSTER retrieval.chunks_${k.other}`),
  "a database": made(() => "CREATE DATABASE mine TEMPLATE app"),
});
