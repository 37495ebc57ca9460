import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connectTo } from "./pg-session.ts";
import { plant, type Scene } from "./retrieval-attacks/scene.ts";
import { ATTEMPTS, attack, type Session } from "./retrieval-attacks.ts";
import { DIMENSIONS, type RetrievalServer, retrievalServer } from "./retrieval-server.ts";
import { newProject, type Project } from "./support/project.ts";

// Real logins over TCP with SCRAM, as the groups of an owner who is no superuser. The cluster's own test runs the same
// attempts through its TLS.
let project: Project;
let server: RetrievalServer;
let scene: Scene;

const connect = (port: number) => connectTo({ host: server.host, port, database: "app" });
const login = (user: string) => ({ user, password: server.passwords[user] ?? "" });
const during = async <T>(user: string, work: (session: Session) => Promise<T>): Promise<T> => {
  const session = await connect(5432)(login(user));
  try {
    return await work(session);
  } finally {
    await session.end();
  }
};

beforeAll(async () => {
  project = await newProject("retrieval");
  server = await retrievalServer(project);
  const own = login("kasbah_group_legal");
  const setting = { own, ownGroup: "legal", otherGroup: "hr", database: "app", dimensions: DIMENSIONS };
  scene = await during("loader", (writer) => plant(writer, setting));
  await during("kasbah_1", async (owner) => {
    for (const step of ["SET ROLE kasbah", "ANALYZE retrieval.chunks", "ANALYZE retrieval.documents"])
      expect((await owner.send(step)).code).toBeUndefined();
  });
});
afterAll(async () => project?.delete());

test("the owner, whose rights hold no row, sees none", async () => {
  const { text } = await during("kasbah_1", async (owner) => {
    await owner.send("SET ROLE kasbah");
    return owner.send(
      "SELECT (SELECT count(*) FROM retrieval.chunks) + (SELECT count(*) FROM retrieval.chunks_hr), rolsuper FROM pg_roles WHERE rolname = current_user",
    );
  });
  expect(text).toBe('[["0","f"]]');
});

describe.each([
  ["PostgreSQL", 5432],
  ["PgBouncer in transaction mode", 6432],
])("through %s", (_what, port) => {
  test("more than 200 attempts to read another group's chunk, and each read of the own", async () => {
    const outcomes = await attack(connect(port), scene);
    expect(outcomes.filter(({ breach }) => breach).map(({ name }) => name)).toEqual([]);
    expect(outcomes.filter(({ ownRead }) => !ownRead).map(({ name }) => name)).toEqual([]);
    expect(new Set(outcomes.map(({ name }) => name)).size).toBe(ATTEMPTS.length);
    expect(outcomes.length).toBeGreaterThan(200);
  });
});

test("without the policies most of the attempts succeed: it is the policies that stop them", async () => {
  await during("kasbah_1", async (owner) => {
    await owner.send("SET ROLE kasbah");
    for (const name of ["chunks", "documents"])
      expect((await owner.send(`ALTER TABLE retrieval.${name} DISABLE ROW LEVEL SECURITY`)).code).toBeUndefined();
  });
  const outcomes = await attack(connect(5432), scene);
  expect(outcomes.filter(({ breach }) => breach).length).toBeGreaterThan(200);
});
