import { PGlite, types } from "@electric-sql/pglite";
import { vector } from "@electric-sql/pglite-pgvector";
import { retrievalScript } from "@kasbah/core";
import type { Answer, Session } from "../real/retrieval-attacks.ts";

/**
 * PostgreSQL compiled to WebAssembly, with pgvector: the real parser, planner, executor and rights. It is one process
 * with one session, whose authenticated user is the superuser, and its version is 18: SET SESSION AUTHORIZATION stands in
 * for a login, and what a login may not do with it is tested on real servers only.
 */
export const openDatabase = async (): Promise<PGlite> => {
  const database = await PGlite.create({ extensions: { vector } });
  await database.exec(`
    CREATE EXTENSION vector;
    CREATE ROLE kasbah CREATEROLE;
    ALTER DATABASE postgres OWNER TO kasbah;
    CREATE ROLE loader LOGIN;
  `);
  return database;
};

/** As the agent does: as the owner, and then the writer's login. */
export const install = async (database: PGlite, groups: readonly string[], dimensions = 8): Promise<void> => {
  await database.exec("SET ROLE kasbah");
  try {
    await database.exec(retrievalScript({ groups, dimensions }).text);
    await database.exec("GRANT kasbah_ingest TO loader");
  } finally {
    await becomeSuperuser(database);
  }
};

const AS_TEXT = Object.fromEntries(Object.values(types).map((type) => [type, (value: string) => value]));

/** Back to who it really is; one by one, since a ROLLBACK takes back what was set beside it. */
export const becomeSuperuser = async (database: PGlite): Promise<void> => {
  for (const statement of ["ROLLBACK", "SET SESSION AUTHORIZATION postgres", "RESET ROLE", "RESET ALL"])
    await database.exec(statement);
};

/** The one session, as this login from now on. */
export const sessionOf = (database: PGlite, login: string): Session => {
  let overheard: string[] = [];
  const hear = {
    rowMode: "array",
    parsers: AS_TEXT,
    onNotice: (notice: { message?: string | undefined; detail?: string | undefined }) =>
      overheard.push(`${notice.message ?? ""} ${notice.detail ?? ""}`),
  } as const;
  const become = `SET SESSION AUTHORIZATION ${login}`;
  const send = async (step: Parameters<Session["send"]>[0]): Promise<Answer> => {
    overheard = [];
    try {
      const results =
        typeof step === "string"
          ? await database.exec(step, hear)
          : [await database.query(step.text, [...step.values], hear)];
      const rows = results.map((result) => result.rows);
      const copied = await Promise.all(results.map(({ blob }) => blob?.text() ?? ""));
      return { text: [JSON.stringify(rows.length === 1 ? rows[0] : rows), ...copied, ...overheard].join("\n") };
    } catch (error) {
      const parts = ["message", "detail", "hint", "where", "internalQuery", "code"].map((part) =>
        error instanceof Object ? String(Reflect.get(error, part) ?? "") : "",
      );
      return { text: [...parts, ...overheard].join("\n"), code: parts[5] || "none" };
    } finally {
      if (typeof step === "string" && step === "RESET SESSION AUTHORIZATION") await database.exec(become);
    }
  };
  return {
    send,
    alive: () => true,
    end: () => becomeSuperuser(database),
  };
};

/** Begins a session as this login; whoever was there before is not any more. */
export const as = async (database: PGlite, login: string): Promise<Session> => {
  await becomeSuperuser(database);
  await database.exec(`SET SESSION AUTHORIZATION ${login}`);
  return sessionOf(database, login);
};
