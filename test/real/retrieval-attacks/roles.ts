import { type Attempt, inside, type Known, READ_ALL, readOther, refused } from "./attempt.ts";

/** A statement that might make the session another, then the question. */
const then =
  (...first: readonly ((known: Known) => string)[]) =>
  (known: Known) => [...first.map((one) => one(known)), readOther(known), READ_ALL, "ROLLBACK"];

const login = ({ other }: Known): string => `kasbah_group_${other}`;
const own = ({ own: name }: Known): string => `kasbah_group_${name}`;

/** Becoming somebody else. */
export const ROLES: readonly Attempt[] = refused("role", {
  "SET ROLE": then((k) => `SET ROLE ${login(k)}`),
  "SET LOCAL ROLE": (k) => inside(`SET LOCAL ROLE ${login(k)}`, readOther(k)),
  "SET SESSION AUTHORIZATION": then((k) => `SET SESSION AUTHORIZATION ${login(k)}`),
  "SET LOCAL SESSION AUTHORIZATION": (k) => inside(`SET LOCAL SESSION AUTHORIZATION ${login(k)}`, readOther(k)),
  "set_config of role": then((k) => `SELECT set_config('role', '${login(k)}', false)`),
  "set_config of session_authorization": then(
    (k) => `SELECT set_config('session_authorization', '${login(k)}', false)`,
  ),
  "set_config in the query": (k) => [`SELECT set_config('role', '${login(k)}', true), c.* FROM retrieval.chunks c`],
  "set_config in WHERE": (k) => [
    `SELECT * FROM retrieval.chunks WHERE set_config('session_authorization', '${login(k)}', true) <> ''`,
  ],
  "SET ROLE in a block": (k) => [
    `DO $$ DECLARE r record; BEGIN EXECUTE 'SET LOCAL ROLE ${login(k)}'; FOR r IN ${readOther(k)} LOOP RAISE NOTICE '%', r; END LOOP; END $$`,
  ],
  "the owner": then(() => "SET ROLE kasbah"),
  "the readers": then(() => "SET ROLE kasbah_reader"),
  "the writers": then(() => "SET ROLE kasbah_ingest"),
  "the owner of the database": then(() => "SET ROLE pg_database_owner"),
  "the superuser": then(() => "SET ROLE postgres"),
  "the superuser's session": then(() => "SET SESSION AUTHORIZATION postgres"),
  pg_read_all_data: then(() => "SET ROLE pg_read_all_data"),
  "membership of the other": then(
    (k) => `GRANT ${login(k)} TO ${own(k)}`,
    (k) => `SET ROLE ${login(k)}`,
  ),
  "membership the other way": then((k) => `GRANT ${own(k)} TO ${login(k)}`),
  "membership of the owner": then(
    (k) => `GRANT kasbah TO ${own(k)}`,
    () => "SET ROLE kasbah",
  ),
  "membership of the writers": then((k) => `GRANT kasbah_ingest TO ${own(k)}`),
  "pg_read_all_data for oneself": then((k) => `GRANT pg_read_all_data TO ${own(k)}`),
  "as granted by the owner": then((k) => `GRANT kasbah_ingest TO ${own(k)} GRANTED BY kasbah`),
  "old syntax": then((k) => `ALTER GROUP kasbah_ingest ADD USER ${own(k)}`),
  "superuser by ALTER": then((k) => `ALTER ROLE ${own(k)} SUPERUSER`),
  "BYPASSRLS by ALTER": then((k) => `ALTER ROLE ${own(k)} BYPASSRLS`),
  "CREATEROLE by ALTER": then((k) => `ALTER ROLE ${own(k)} CREATEROLE`),
  "REPLICATION by ALTER": then((k) => `ALTER ROLE ${own(k)} REPLICATION`),
  "the other's name": then((k) => `ALTER ROLE ${own(k)} RENAME TO ${login(k)}_2`),
  "the other's password": then((k) => `ALTER ROLE ${login(k)} PASSWORD 'taken'`),
  "a role that names the other": then((k) => `CREATE ROLE ${login(k)}_x LOGIN IN ROLE ${login(k)}`),
  "what the other owns": then((k) => `REASSIGN OWNED BY kasbah TO ${own(k)}`),
  "what the other may": then(
    (k) => `GRANT SELECT ON ALL TABLES IN SCHEMA retrieval TO ${own(k)}`,
    () => "TABLE retrieval.groups",
  ),
  "what the partition may": then(
    (k) => `GRANT SELECT ON retrieval.chunks_${k.other} TO ${own(k)}`,
    (k) => `TABLE retrieval.chunks_${k.other}`,
  ),
  "rights of the future": then((k) => `ALTER DEFAULT PRIVILEGES FOR ROLE kasbah GRANT ALL ON TABLES TO ${own(k)}`),
  "the schema's functions for groups": then((k) => `SELECT retrieval.open_group('${k.own}')`),
  "all groups but one": then((k) => `SELECT retrieval.set_groups('{${k.own}}')`),
  "a group dropped": then((k) => `SELECT retrieval.drop_group('${k.other}')`),
  "a partition made": then((k) => `SELECT retrieval.make_partition('${k.own}')`),
});
