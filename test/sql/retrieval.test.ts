import { readFileSync } from "node:fs";
import type { PGlite } from "@electric-sql/pglite";
import { RETRIEVAL_SQL, retrievalProblems, retrievalScript } from "@kasbah/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ARTEFACT, artefact } from "../../scripts/sql.ts";
import { as, becomeSuperuser, install, openDatabase } from "./database.ts";

describe("the artefact", () => {
  test("is what lies in packages/core/sql", () => {
    expect(readFileSync(ARTEFACT, "utf8"), "node scripts/sql.ts").toBe(artefact());
  });

  test("has a version that follows from the text, the groups and the dimensions", () => {
    expect(RETRIEVAL_SQL.map(({ sha256 }) => sha256)).toHaveLength(new Set(RETRIEVAL_SQL.map(({ text }) => text)).size);
    const of = (groups: readonly string[], dimensions = 8) => retrievalScript({ groups, dimensions }).sha256;
    expect(of(["a", "b"])).toBe(of(["b", "a", "b"]));
    expect(of(["a"])).not.toBe(of(["a", "b"]));
    expect(of(["a"])).not.toBe(of(["a"], 9));
  });

  test("says what is wrong with what is asked of it, and writes no such text", () => {
    const wrong = { groups: ["legal", "everyone", "Robert'); DROP"], vectorType: "vector", dimensions: 2001 } as const;
    expect([...retrievalProblems(wrong)].map(({ path }) => path)).toEqual(["groups.1", "groups.2", "dimensions"]);
    expect(() => retrievalScript(wrong)).toThrow(RangeError);
  });
});

const VECTOR = (first: number) => `[${[first, 1, 0, 0, 0, 0, 0, 0].join(",")}]`;

describe("the schema", () => {
  let database: PGlite;
  const rows = async (login: string, sql: string, values: readonly string[] = []): Promise<unknown> => {
    const session = await as(database, login);
    const answer = await session.send(values.length > 0 ? { text: sql, values } : sql);
    await session.end();
    return answer.code ?? JSON.parse(answer.text.split("\n")[0] ?? "");
  };
  const put = async (id: string, groups: string, chunks: Readonly<Record<number, string>>): Promise<void> => {
    expect(await rows("loader", "SELECT retrieval.put_document($1, $2)", [id, groups])).toEqual([[null]]);
    for (const [ordinal, to] of Object.entries(chunks))
      await rows("loader", "SELECT retrieval.put_chunk($1, $2, $3, $4, $5)", [
        id,
        ordinal,
        to,
        `${id} ${ordinal}`,
        VECTOR(Number(ordinal)),
      ]);
  };
  const contents = (login: string) => rows(login, "SELECT content FROM retrieval.chunks ORDER BY 1");

  beforeAll(async () => {
    database = await openDatabase();
    await install(database, ["legal", "hr"]);
    await put("contract", "{legal,hr}", { 0: "{legal,hr}", 1: "{legal}" });
    await put("pay", "{hr}", { 0: "{hr}" });
    await put("menu", "{everyone}", { 9: "{everyone}" });
  }, 120_000);
  afterAll(() => database.close());

  test("shows each group its own chunks and those for everyone", async () => {
    expect(await contents("kasbah_group_legal")).toEqual([["contract 0"], ["contract 1"], ["menu 9"]]);
    expect(await contents("kasbah_group_hr")).toEqual([["contract 0"], ["menu 9"], ["pay 0"]]);
    expect(await rows("kasbah_group_legal", "SELECT id FROM retrieval.documents ORDER BY 1")).toEqual([
      ["contract"],
      ["menu"],
    ]);
  });

  test("shows the owner nothing, not even in the partition", async () => {
    expect(await contents("kasbah")).toEqual([]);
    expect(await rows("kasbah", "SELECT content FROM retrieval.chunks_hr")).toEqual([]);
    expect(await rows("kasbah", "SELECT id FROM retrieval.documents")).toEqual([]);
  });

  test("lets a writer find and change what is there, and read none of it", async () => {
    expect(
      await rows("loader", "SELECT count(*) FROM (SELECT group_name, document_id, ordinal FROM retrieval.chunks) s"),
    ).toEqual([["5"]]);
    for (const question of [
      "SELECT content FROM retrieval.chunks",
      "SELECT title FROM retrieval.documents",
      "SELECT * FROM retrieval.search('[1,1,1,1,1,1,1,1]')",
      "UPDATE retrieval.chunks SET metadata = to_jsonb(content)",
      "DELETE FROM retrieval.chunks RETURNING embedding",
      "SELECT content FROM retrieval.chunks_hr",
    ])
      expect(await rows("loader", question), question).toBe("42501");
  });

  test("gives a login that is a group's no right to write, whatever it was granted", async () => {
    await database.exec("GRANT kasbah_ingest TO kasbah_group_legal");
    expect(await contents("kasbah_group_legal")).toEqual([["contract 0"], ["contract 1"], ["menu 9"]]);
    expect(await rows("kasbah_group_legal", "SELECT retrieval.put_document('mine', '{legal}')")).toBe("42501");
    await database.exec("REVOKE kasbah_ingest FROM kasbah_group_legal");
  });

  test("finds the nearest of a group, in order", async () => {
    const search = (login: string, question: string) =>
      rows(login, `SELECT content FROM retrieval.${question}`, [VECTOR(1)]);
    expect(await search("kasbah_group_legal", "search($1, 2)")).toEqual([["contract 1"], ["menu 9"]]);
    expect(await search("kasbah_group_hr", "search($1, 0)")).toEqual([]);
    expect(await search("kasbah_group_hr", "search_documents($1, '{pay,contract}', 9)")).toEqual([
      ["contract 0"],
      ["pay 0"],
    ]);
  });

  test("takes a document's chunks from a group that it is no longer for", async () => {
    await put("notes", "{legal,hr}", { 0: "{legal,hr}" });
    await put("notes", "{legal}", {});
    expect(await contents("kasbah_group_hr")).toEqual([["contract 0"], ["menu 9"], ["pay 0"]]);
    await put("notes", "{}", {});
    expect(await contents("kasbah_group_legal")).toEqual([["contract 0"], ["contract 1"], ["menu 9"]]);
  });

  test("knows no group that was not declared", async () => {
    expect(await rows("loader", "SELECT retrieval.put_document('x', '{strangers}')")).toBe("23503");
  });

  test("can be installed again, closes the login of a group that is no longer named, and keeps its chunks", async () => {
    const logins = () =>
      rows("kasbah", "SELECT rolname, rolcanlogin FROM pg_roles WHERE rolname LIKE 'kasbah_group_%' ORDER BY 1");
    await install(database, ["legal"]);
    expect(await logins()).toEqual([
      ["kasbah_group_hr", "f"],
      ["kasbah_group_legal", "t"],
    ]);
    await install(database, ["legal", "hr"]);
    expect(await logins()).toEqual([
      ["kasbah_group_hr", "t"],
      ["kasbah_group_legal", "t"],
    ]);
    expect(await contents("kasbah_group_hr")).toEqual([["contract 0"], ["menu 9"], ["pay 0"]]);
  });

  test("refuses other dimensions than are there, and a superuser as its owner", async () => {
    await expect(install(database, ["legal"], 9)).rejects.toThrow("holds halfvec(8), and halfvec(9) is asked for");
    await expect(database.exec(retrievalScript({ groups: [], dimensions: 8 }).text)).rejects.toThrow("SET ROLE first");
    await becomeSuperuser(database);
    await database.exec("SET ROLE loader");
    await expect(database.exec(retrievalScript({ groups: [], dimensions: 8 }).text)).rejects.toThrow(
      "owner of database",
    );
    await becomeSuperuser(database);
  });

  test("runs nothing with another's rights, and leaves nothing to everybody", async () => {
    const definer = "SELECT proname FROM pg_proc WHERE pronamespace = 'retrieval'::regnamespace AND prosecdef";
    const open =
      "SELECT proname FROM pg_proc WHERE pronamespace = 'retrieval'::regnamespace AND has_function_privilege('public', oid, 'EXECUTE')";
    const bare =
      "SELECT relname FROM pg_class WHERE relnamespace = 'retrieval'::regnamespace AND relkind IN ('r', 'p') AND relname <> 'groups' AND NOT (relrowsecurity AND relforcerowsecurity)";
    const known =
      "SELECT attrelid::regclass::text, attname FROM pg_statistic JOIN pg_attribute ON starelid = attrelid AND staattnum = attnum JOIN pg_class c ON c.oid = attrelid WHERE relnamespace = 'retrieval'::regnamespace AND relkind <> 'i' AND attname <> 'group_name' AND relname <> 'groups'";
    await database.exec("ANALYZE retrieval.chunks; ANALYZE retrieval.documents");
    for (const query of [definer, open, bare, known]) expect((await database.query(query)).rows, query).toEqual([]);
  });

  test("can drop a group for good", async () => {
    await install(database, ["legal", "hr", "gone"]);
    await put("secret", "{gone}", { 0: "{gone}" });
    await rows("kasbah", "SELECT retrieval.drop_group('gone')");
    const left =
      "SELECT (SELECT count(*) FROM retrieval.documents WHERE id = 'secret') + (SELECT count(*) FROM pg_roles WHERE rolname = 'kasbah_group_gone') AS n";
    expect((await database.query(left)).rows).toEqual([{ n: 0 }]);
    expect(await rows("kasbah", "SELECT relforcerowsecurity FROM pg_class WHERE relname = 'documents'")).toEqual([
      ["t"],
    ]);
  });
});
