import { type Attempt, inside, type Known, READ_ALL, readOther, reads, type Step } from "./attempt.ts";

/** Settings that a policy, a planner or a library might listen to. A refused one is an attempt too. */
const SETTINGS: readonly (readonly [string, string])[] = [
  ["row_security", "off"],
  ["is_superuser", "on"],
  ["session_replication_role", "replica"],
  ["kasbah.group", "$other"],
  ["kasbah.vector_type", "vector"],
  ["app.current_group", "$other"],
  ["request.jwt.claim.role", "kasbah_group_$other"],
  ["search_path", "pg_temp, retrieval, pg_catalog"],
  ["search_path", "retrieval, public, pg_catalog"],
  ["allow_system_table_mods", "on"],
  ["ignore_system_indexes", "on"],
  ["zero_damaged_pages", "on"],
  ["local_preload_libraries", "auto_explain"],
  ["session_preload_libraries", "auto_explain"],
  ["dynamic_library_path", "/tmp"],
  ["hnsw.iterative_scan", "off"],
  ["hnsw.max_scan_tuples", "1"],
  ["hnsw.ef_search", "1000"],
  ["enable_partition_pruning", "off"],
  ["constraint_exclusion", "off"],
  ["enable_indexscan", "off"],
  ["enable_seqscan", "off"],
  ["plan_cache_mode", "force_generic_plan"],
  ["default_transaction_isolation", "serializable"],
  ["from_collapse_limit", "1"],
  ["join_collapse_limit", "1"],
  ["debug_discard_caches", "1"],
  ["log_min_messages", "debug5"],
  ["log_statement", "all"],
  ["createrole_self_grant", "set, inherit"],
  ["default_table_access_method", "heap"],
  ["restrict_nonsystem_relation_kind", ""],
  ["array_nulls", "off"],
  ["transform_null_equals", "on"],
  ["backslash_quote", "on"],
  ["standard_conforming_strings", "off"],
  ["client_encoding", "SQL_ASCII"],
];

const named = (known: Known, text: string): string => text.replace("$other", known.other);

const bySet = Object.fromEntries(
  SETTINGS.map(([name, value]): [string, (known: Known) => readonly Step[]] => [
    `${name} = ${value || "nothing"}`,
    (known) =>
      inside(
        `SELECT set_config('${name}', '${named(known, value)}', true)`,
        readOther(known),
        READ_ALL,
        `SELECT * FROM retrieval.search('${known.vector}', 100)`,
      ),
  ]),
);

export const CONFIGURED: readonly Attempt[] = reads("setting", {
  ...bySet,
  "in parallel": (known) =>
    inside(
      "SET LOCAL debug_parallel_query = on",
      "SET LOCAL parallel_setup_cost = 0",
      "SET LOCAL parallel_tuple_cost = 0",
      "SET LOCAL min_parallel_table_scan_size = 0",
      `SELECT session_user, current_user, c.* FROM retrieval.chunks c WHERE length(content) > 0`,
      readOther(known),
    ),
  compiled: (known) =>
    inside(
      "SET LOCAL jit = on",
      "SET LOCAL jit_above_cost = 0",
      "SET LOCAL jit_inline_above_cost = 0",
      readOther(known),
      READ_ALL,
    ),
  "what the planner prints": () =>
    inside(
      "SET LOCAL client_min_messages = debug5",
      "SET LOCAL debug_print_parse = on",
      "SET LOCAL debug_print_rewritten = on",
      "SET LOCAL debug_print_plan = on",
      "SELECT * FROM retrieval.chunks WHERE content > ''",
    ),
  "kept for the role": (known) => [
    "ALTER ROLE CURRENT_USER SET row_security = off",
    "ALTER ROLE CURRENT_USER RESET row_security",
    readOther(known),
  ],
  "kept for the role, another's": (known) => [
    `ALTER ROLE CURRENT_USER SET role = 'kasbah_group_${known.other}'`,
    "ALTER ROLE CURRENT_USER RESET role",
    readOther(known),
  ],
  "kept for the database": (known) => [`ALTER DATABASE ${known.database} SET row_security = off`, readOther(known)],
  "for the whole server": (known) => ["ALTER SYSTEM SET row_security = off", readOther(known)],
  "read again": (known) => ["SELECT pg_reload_conf()", readOther(known)],
  "the other's snapshot": (known) =>
    inside("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ", "SELECT pg_export_snapshot()", readOther(known)),
  "no role, then one's own": (known) => [
    "SET ROLE NONE",
    "RESET SESSION AUTHORIZATION",
    "RESET ROLE",
    readOther(known),
    READ_ALL,
  ],
  loaded: (known) => ["LOAD 'auto_explain'", readOther(known)],
});
