import type { Attempt, Known, Login } from "./attempt.ts";

const logins = (list: Readonly<Record<string, (own: Login, known: Known) => Login>>): Attempt[] =>
  Object.entries(list).map(([name, login]) => ({ kind: "login", name: `login: ${name}`, login }));

const other = ({ other: group }: Known): string => `kasbah_group_${group}`;

/** Sessions that are not to be had, or that are the own group's and nothing more. */
export const LOGINS: readonly Attempt[] = logins({
  "the other's, by the own password": (own, known) => ({ ...own, user: other(known) }),
  "the other's, without a password": (own, known) => ({ ...own, user: other(known), password: "" }),
  "the other's, by its name": (own, known) => ({ ...own, user: other(known), password: other(known) }),
  "the other's, in capitals": (own, known) => ({ ...own, user: other(known).toUpperCase() }),
  "the other's, with a byte after it": (own, known) => ({ ...own, user: `${other(known)}\u0000${own.user}` }),
  "the owner's": (own) => ({ ...own, user: "kasbah" }),
  "the readers'": (own) => ({ ...own, user: "kasbah_reader" }),
  "the writers'": (own) => ({ ...own, user: "kasbah_ingest" }),
  "the superuser's": (own) => ({ ...own, user: "postgres" }),
  "the superuser's, without a password": (own) => ({ ...own, user: "postgres", password: "" }),
  "a role at the start": (own, known) => ({ ...own, options: `-c role=${other(known)}` }),
  "the owner at the start": (own) => ({ ...own, options: "-c role=kasbah" }),
  "an authorization at the start": (own, known) => ({ ...own, options: `-c session_authorization=${other(known)}` }),
  "no row security at the start": (own) => ({ ...own, options: "-c row_security=off" }),
  "a path at the start": (own) => ({ ...own, options: "-c search_path=pg_temp,public" }),
  "a superuser at the start": (own) => ({ ...own, options: "-c is_superuser=on" }),
  "a library at the start": (own) => ({ ...own, options: "-c session_preload_libraries=auto_explain" }),
  "a group's variable at the start": (own, known) => ({ ...own, options: `-c kasbah.group=${known.other}` }),
  "as a replica": (own) => ({ ...own, replication: "true" }),
  "as a replica of the database": (own) => ({ ...own, replication: "database" }),
  "another database": (own) => ({ ...own, database: "postgres" }),
  "the template": (own) => ({ ...own, database: "template1" }),
});
