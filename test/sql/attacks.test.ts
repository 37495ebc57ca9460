import type { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { plant, type Scene } from "../real/retrieval-attacks/scene.ts";
import { ATTEMPTS, type Attempt, attack } from "../real/retrieval-attacks.ts";
import { as, becomeSuperuser, install, openDatabase } from "./database.ts";

const known = { own: "legal", other: "hr", document: "d", vector: "[1]", database: "postgres" };
const guess = { content: "c", document: "d", title: "t", vector: "[1]" };

// Here the authenticated user is the superuser: whoever may log in, and who may change the session's user, is asked of
// real servers (test/real).
const here = (attempt: Attempt): boolean =>
  attempt.kind !== "login" && !/session.authorization/i.test(JSON.stringify(attempt.steps(known, guess)));

const tried = ATTEMPTS.filter(here);
let database: PGlite;
let scene: Scene;

const connect = () => as(database, "kasbah_group_legal");

beforeAll(async () => {
  database = await openDatabase();
  await install(database, ["legal", "hr"], 16);
  const own = { user: "kasbah_group_legal", password: "" };
  const writer = await as(database, "loader");
  scene = await plant(writer, { own, ownGroup: "legal", otherGroup: "hr", database: "postgres", dimensions: 16 });
  await writer.end();
  await database.exec("ANALYZE retrieval.chunks; ANALYZE retrieval.documents");
}, 120_000);
afterAll(() => database.close());

test("more than 200 attempts to read another group's chunk, each another one", () => {
  expect(new Set(tried.map(({ name }) => name)).size).toBeGreaterThan(200);
  expect(new Set(ATTEMPTS.map(({ name }) => name)).size).toBe(ATTEMPTS.length);
});

test("none succeeds, and the own group is read after each", async () => {
  const outcomes = await attack(connect, scene, tried);
  expect(outcomes.filter(({ breach }) => breach).map(({ name }) => name)).toEqual([]);
  expect(outcomes.filter(({ ownRead }) => !ownRead).map(({ name }) => name)).toEqual([]);
  expect(outcomes).toHaveLength(tried.length);
}, 120_000);

test("without the policies the same attempts read what they want: it is the policies that stop them", async () => {
  await becomeSuperuser(database);
  await database.exec(`
    ALTER TABLE retrieval.chunks DISABLE ROW LEVEL SECURITY;
    ALTER TABLE retrieval.documents DISABLE ROW LEVEL SECURITY;
  `);
  const outcomes = await attack(connect, scene, tried);
  expect(outcomes.filter(({ breach }) => breach).length).toBeGreaterThan(200);
}, 120_000);
