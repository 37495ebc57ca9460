import { type Attempt, inside, READ_ALL, readOther, reads } from "./attempt.ts";

/** Other ways out of the database: copies, cursors, prepared statements, large objects, files, functions that run text. */
export const CHANNELS: readonly Attempt[] = reads("channel", {
  "COPY of the table": () => ["COPY retrieval.chunks TO STDOUT"],
  "COPY of the partition": ({ other }) => [`COPY retrieval.chunks_${other} TO STDOUT`],
  "COPY of the documents": () => ["COPY retrieval.documents TO STDOUT"],
  "COPY of columns": () => ["COPY retrieval.documents (id, title) TO STDOUT WITH (FORMAT csv, HEADER)"],
  "COPY of a query": () => ["COPY (SELECT * FROM retrieval.chunks) TO STDOUT"],
  "COPY in binary": () => ["COPY (SELECT content FROM retrieval.chunks) TO STDOUT WITH (FORMAT binary)"],
  "COPY of a deletion": () => ["COPY (DELETE FROM retrieval.chunks RETURNING *) TO STDOUT"],
  "COPY to a file": () => ["COPY (SELECT * FROM retrieval.chunks) TO '/tmp/chunks'"],
  "COPY to a program": () => ["COPY (SELECT * FROM retrieval.chunks) TO PROGRAM 'cat'"],
  "COPY from a program": () => ["COPY retrieval.documents FROM PROGRAM 'cat /etc/passwd'"],
  "COPY from a file": () => ["COPY retrieval.documents FROM '/etc/passwd'"],
  "COPY without row security": () => inside("SET LOCAL row_security = off", "COPY retrieval.documents TO STDOUT"),
  "a cursor": () => inside("DECLARE c CURSOR FOR SELECT * FROM retrieval.chunks", "FETCH ALL FROM c"),
  "a cursor that stays": () => [
    "BEGIN",
    "DECLARE kept CURSOR WITH HOLD FOR SELECT * FROM retrieval.chunks",
    "COMMIT",
    "FETCH ALL FROM kept",
    "CLOSE kept",
  ],
  "a cursor across a role": ({ other }) =>
    inside(
      "DECLARE c CURSOR FOR SELECT * FROM retrieval.chunks",
      "SAVEPOINT s",
      `SET LOCAL ROLE kasbah_group_${other}`,
      "ROLLBACK TO s",
      "FETCH ALL FROM c",
    ),
  "a cursor across a setting": () =>
    inside(
      "DECLARE c SCROLL CURSOR FOR SELECT * FROM retrieval.chunks",
      "SET LOCAL row_security = off",
      "FETCH ALL FROM c",
    ),
  "a cursor on the partition": ({ other }) =>
    inside(`DECLARE c BINARY CURSOR FOR SELECT * FROM retrieval.chunks_${other}`, "FETCH ALL FROM c"),
  "another's cursors": () => ["SELECT * FROM pg_cursors"],
  "a cursor to XML": () =>
    inside("DECLARE c CURSOR FOR SELECT * FROM retrieval.chunks", "SELECT cursor_to_xml('c', 1000, true, true, '')"),
  "a deletion at a cursor": () =>
    inside(
      "DECLARE c CURSOR FOR SELECT * FROM retrieval.chunks",
      "FETCH c",
      "DELETE FROM retrieval.chunks WHERE CURRENT OF c RETURNING *",
    ),
  "prepared, then a role": ({ other }) =>
    inside(
      "PREPARE p1 AS SELECT * FROM retrieval.chunks",
      "EXECUTE p1",
      "SAVEPOINT s",
      `SET LOCAL ROLE kasbah_group_${other}`,
      "ROLLBACK TO s",
      "EXECUTE p1",
      "DEALLOCATE p1",
    ),
  "prepared, then no row security": () =>
    inside("PREPARE p2 AS SELECT * FROM retrieval.chunks", "EXECUTE p2", "SET LOCAL row_security = off", "EXECUTE p2"),
  "prepared, generic": ({ other }) =>
    inside(
      "SET LOCAL plan_cache_mode = force_generic_plan",
      "PREPARE p3(text) AS SELECT * FROM retrieval.chunks WHERE group_name = $1",
      `EXECUTE p3('${other}')`,
    ),
  "prepared, often": ({ own, other }) =>
    inside(
      "PREPARE p4(text) AS SELECT * FROM retrieval.chunks WHERE group_name = $1",
      ...Array.from({ length: 6 }, () => `EXECUTE p4('${own}')`),
      `EXECUTE p4('${other}')`,
    ),
  "another's prepared statements": () => ["SELECT * FROM pg_prepared_statements"],
  query_to_xml: () => ["SELECT query_to_xml('SELECT * FROM retrieval.chunks', true, true, '')"],
  query_to_xml_and_xmlschema: ({ other }) => [
    `SELECT query_to_xml_and_xmlschema('SELECT * FROM retrieval.chunks_${other}', true, true, '')`,
  ],
  table_to_xml: () => ["SELECT table_to_xml('retrieval.chunks', true, true, '')"],
  "table_to_xml of the partition": ({ other }) => [`SELECT table_to_xml('retrieval.chunks_${other}', true, true, '')`],
  schema_to_xml: () => ["SELECT schema_to_xml('retrieval', true, true, '')"],
  database_to_xml: () => ["SELECT database_to_xml(true, true, '')"],
  ts_stat: () => ["SELECT * FROM ts_stat('SELECT to_tsvector(content) FROM retrieval.chunks')"],
  ts_rewrite: () => [
    "SELECT ts_rewrite('a'::tsquery, 'SELECT ''a''::tsquery, plainto_tsquery(content) FROM retrieval.chunks')",
  ],
  "large objects": () => ["SELECT loid, data FROM pg_largeobject"],
  "large objects, one by one": () => ["SELECT oid, lo_get(oid) FROM pg_largeobject_metadata"],
  lo_import: () => ["SELECT lo_import('/etc/passwd')"],
  lo_export: () => inside("SELECT lo_export(lo_from_bytea(0, 'x'), '/tmp/x')"),
  pg_read_file: () => ["SELECT pg_read_file('PG_VERSION')"],
  pg_read_binary_file: ({ other }) => [`SELECT pg_read_binary_file(pg_relation_filepath('retrieval.chunks_${other}'))`],
  pg_ls_dir: () => ["SELECT pg_ls_dir('base')"],
  pg_ls_waldir: () => ["SELECT * FROM pg_ls_waldir()"],
  pg_ls_logdir: () => ["SELECT * FROM pg_ls_logdir()", "SELECT pg_current_logfile()"],
  pg_stat_file: () => ["SELECT * FROM pg_stat_file('PG_VERSION')"],
  "a slot": () => [
    "SELECT pg_create_logical_replication_slot('mine', 'test_decoding')",
    "SELECT * FROM pg_logical_slot_get_changes('mine', NULL, NULL)",
  ],
  "a physical slot": () => ["SELECT pg_create_physical_replication_slot('mine')"],
  "slots that are there": () => [
    "SELECT s.slot_name, c.data FROM pg_replication_slots s, LATERAL pg_logical_slot_peek_changes(s.slot_name, NULL, NULL) c",
  ],
  "a backup": () => ["SELECT pg_backup_start('mine')"],
  pg_walinspect: () => ["SELECT * FROM pg_get_wal_records_info('0/0', 'F/0')"],
  "another's session ended": ({ other }) => [
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'kasbah_group_${other}'`,
  ],
  "a snapshot of the past": ({ other }) =>
    inside(
      "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ",
      "SET TRANSACTION SNAPSHOT '00000003-0000001B-1'",
      readOther({ own: "", other, document: "", vector: "", database: "" }),
    ),
  "a lock on the partition": ({ other }) =>
    inside(`LOCK TABLE retrieval.chunks_${other} IN ACCESS EXCLUSIVE MODE`, READ_ALL),
  "a lock on the table": () => inside("LOCK TABLE retrieval.chunks IN SHARE MODE", READ_ALL),
  "VACUUM that talks": () => ["VACUUM (VERBOSE) retrieval.chunks"],
  "ANALYZE that talks": () => ["ANALYZE VERBOSE retrieval.chunks"],
  "REINDEX that talks": ({ other }) => [`REINDEX (VERBOSE) TABLE retrieval.chunks_${other}`],
});
