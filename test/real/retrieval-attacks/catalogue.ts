import { type Attempt, reads } from "./attempt.ts";

const rows = (query: string) => () => [query];

/** What the catalogue and the statistics know. */
export const CATALOGUE: readonly Attempt[] = reads("catalogue", {
  pg_stats: rows("SELECT * FROM pg_stats WHERE schemaname = 'retrieval'"),
  pg_statistic: rows("SELECT * FROM pg_statistic"),
  pg_stats_ext: rows("SELECT * FROM pg_stats_ext"),
  pg_stats_ext_exprs: rows("SELECT * FROM pg_stats_ext_exprs"),
  pg_statistic_ext_data: rows("SELECT * FROM pg_statistic_ext_data"),
  "what others run": rows("SELECT usename, query FROM pg_stat_activity"),
  "what others run, the function": rows("SELECT pg_stat_get_backend_activity(b) FROM pg_stat_get_backend_idset() b"),
  "what others locked": rows("SELECT * FROM pg_locks"),
  verifiers: rows("SELECT rolname, rolpassword FROM pg_authid"),
  "verifiers, the view": rows("SELECT usename, passwd FROM pg_shadow"),
  "user mappings": rows("SELECT * FROM pg_user_mappings"),
  "foreign servers": rows("SELECT * FROM pg_foreign_server"),
  "rules of access": rows("SELECT * FROM pg_hba_file_rules"),
  "settings files": rows("SELECT * FROM pg_file_settings"),
  "secret settings": rows(
    "SELECT name, setting FROM pg_settings WHERE name IN ('primary_conninfo', 'archive_command', 'restore_command', 'ssl_key_file')",
  ),
  configuration: rows("SELECT * FROM pg_config"),
  "toast, by schema": rows("SELECT * FROM pg_toast.pg_toast_1213"),
  "toast of the partition": () => [
    "SELECT reltoastrelid::regclass FROM pg_class WHERE relname LIKE 'chunks%'",
    "DO $$ DECLARE t regclass; v text; BEGIN FOR t IN SELECT reltoastrelid FROM pg_class WHERE relname LIKE 'chunks_%' AND reltoastrelid <> 0 LOOP EXECUTE format('SELECT string_agg(encode(chunk_data, ''escape''), '''') FROM %s', t) INTO v; RAISE NOTICE '%', v; END LOOP; END $$",
  ],
  "bounds of partitions": rows("SELECT pg_get_expr(relpartbound, oid) FROM pg_class WHERE relpartbound IS NOT NULL"),
  "bodies of functions": rows(
    "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'retrieval'::regnamespace",
  ),
  comments: rows("SELECT obj_description(oid), shobj_description(oid, 'pg_authid') FROM pg_roles"),
  subscriptions: rows("SELECT subconninfo FROM pg_subscription"),
  events: rows("SELECT * FROM pg_stat_progress_copy, pg_stat_progress_create_index"),
  "information schema": rows(
    "SELECT column_default, table_name FROM information_schema.columns WHERE table_schema = 'retrieval'",
  ),
  sequences: rows("SELECT * FROM pg_sequences"),
  "pages by their number": ({ other }) => [`SELECT currtid2('retrieval.chunks_${other}', '(0,1)')`],
  "pages of the index": ({ other }) => [`SELECT brin_summarize_new_values('retrieval.chunks_${other}_embedding_idx')`],
  "functions that run with others' rights": () => [
    "DO $$ DECLARE f regprocedure; v text; BEGIN FOR f IN SELECT oid FROM pg_proc WHERE prosecdef AND pronargs = 0 AND has_function_privilege(oid, 'EXECUTE') LOOP EXECUTE format('SELECT %s::text', replace(f::text, '()', '') || '()') INTO v; RAISE NOTICE '% %', f, v; END LOOP; END $$",
  ],
  "views with others' rights": () => [
    "DO $$ DECLARE t regclass; v text; BEGIN FOR t IN SELECT oid FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace) LOOP BEGIN EXECUTE format('SELECT string_agg(x::text, '','') FROM %s x', t) INTO v; RAISE NOTICE '%', v; EXCEPTION WHEN others THEN NULL; END; END LOOP; END $$",
  ],
  "every table there is": () => [
    "DO $$ DECLARE t regclass; v text; BEGIN FOR t IN SELECT oid FROM pg_class WHERE relkind IN ('r', 'p', 'm', 'S', 't') AND relnamespace <> 'information_schema'::regnamespace AND relname <> 'pg_attribute' LOOP BEGIN EXECUTE format('SELECT string_agg(x::text, '','') FROM %s x', t) INTO v; IF t::text LIKE '%retrieval%' OR t::text LIKE 'pg_toast%' THEN RAISE NOTICE '% %', t, v; END IF; EXCEPTION WHEN others THEN NULL; END; END LOOP; END $$",
  ],
});
