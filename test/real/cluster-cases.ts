// What is asked of any cluster that runs: access at the chunk through its real doors, and drills of its backups.
import { generateKeyPairSync, randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { DRILL_RECORD_TYPE, parseDrillRecord, verifyEnvelope } from "@kasbah/core";
import { describe, expect, test } from "vitest";
import { readVerifyingKey } from "../../packages/cli/src/drill/keys.ts";
import { leftovers } from "../../packages/openstack/src/drill/sweep.ts";
import { ROOT, type Run, start } from "../support/engine.ts";
import { type Client, connect } from "./agent/load.ts";
import { connectTo } from "./pg-session.ts";
import { clear, plant } from "./retrieval-attacks/scene.ts";
import { ATTEMPTS, attack, type Session } from "./retrieval-attacks.ts";
import type { Sovereign } from "./support/sovereign.ts";
import { until } from "./support/until.ts";

const MINUTES = 60_000;
const clusterOf = ({ platform }: Sovereign): string => `${platform}-dev-vectors`;

/** As the administrator, by what the stack hands out. */
const administrator = async (it: Sovereign): Promise<Client> => {
  const { hosts, user, passwordRef } = it.database();
  const { body } = await it.cloud.request("object-store", `/${clusterOf(it)}-reports/authority.crt`);
  const password = await it.password({ passwordRef });
  return { hosts, port: 5432, user, password, database: "app", authority: body.toString("utf8") };
};

/** The one that leads, as the members report. */
const leader = (it: Sovereign): Promise<Readonly<Record<string, unknown>>> =>
  until("a leader's report", async () => {
    const reports = await Promise.all([1, 2, 3].map((number) => it.report(number)));
    return reports.find(({ role }) => role === "leader");
  });

/** The reference of a group's password, as the published settings name it. */
const passwordOfGroup = async (it: Sovereign, group: string): Promise<string> => {
  const { body } = await it.cloud.request("object-store", `/${clusterOf(it)}-settings/settings.json`);
  const { payload } = JSON.parse(body.toString("utf8"));
  const { groups } = JSON.parse(Buffer.from(payload, "base64").toString("utf8"));
  const { passwordRef } = groups.find(({ name }: { name: string }) => name === group);
  return it.password({ passwordRef });
};

/** 200 attempts and more as a group's login, through PostgreSQL and through the pooler, with TLS. */
export const retrievalCases = (sovereign: () => Sovereign, ownGroup: string, otherGroup: string): void => {
  describe.each([
    ["PostgreSQL", 5432],
    ["the pooler", 6432],
  ])("another group's chunks, through %s", (_what, port) => {
    test("are read by none of the attempts, and the own ones after each", { timeout: 5 * MINUTES }, async () => {
      const it = sovereign();
      const admin = await administrator(it);
      const session = await connect(admin);
      const { host } = session;
      const loader = { user: "attacks_loader", password: randomBytes(16).toString("hex") };
      await session.query("DROP ROLE IF EXISTS attacks_loader");
      await session.query(`CREATE ROLE attacks_loader LOGIN PASSWORD '${loader.password}' IN ROLE kasbah_ingest`);
      const door = (number: number) => connectTo({ host, port: number, database: "app", ca: admin.authority });
      const writer: Session = await door(5432)(loader);
      const own = { user: `kasbah_group_${ownGroup}`, password: await passwordOfGroup(it, ownGroup) };
      const scene = await plant(writer, { own, ownGroup, otherGroup, database: "app", dimensions: 1024 });
      for (const table of ["chunks", "documents"]) await session.query(`ANALYZE retrieval.${table}`);
      const outcomes = await attack(door(port), scene);
      await clear(writer, scene);
      await writer.end();
      await session.query("DROP ROLE attacks_loader");
      await session.end();
      expect(outcomes.filter(({ breach }) => breach).map(({ name }) => name)).toEqual([]);
      expect(outcomes.filter(({ ownRead }) => !ownRead).map(({ name }) => name)).toEqual([]);
      expect(outcomes.length).toBe(ATTEMPTS.length);
      expect(outcomes.length).toBeGreaterThan(200);
    });
  });
};

const BEFORE = 20_000;
const AFTER = 100_000;

/** Rows before a moment and more after it, both in the vault. Returns the moment, by the database's clock. */
const twoTimes = async (it: Sovereign): Promise<string> => {
  const session = await connect(await administrator(it));
  const now = async (): Promise<Date> =>
    (await session.query<{ at: Date }>("SELECT clock_timestamp() AS at")).rows[0]?.at ?? new Date();
  await session.query("CREATE TABLE drill_rows (n int)");
  await session.query(`INSERT INTO drill_rows SELECT generate_series(1, ${BEFORE})`);
  const between = await now();
  await session.query("SELECT pg_sleep(2)");
  await session.query(`INSERT INTO drill_rows SELECT generate_series(1, ${AFTER})`);
  const after = await now();
  await session.end();
  await until(
    "a backup, and what was written after the moment, in the vault",
    async () => {
      const { last, archivedAt } = Object((await leader(it))["backup"]);
      return last !== null && new Date(archivedAt).getTime() > after.getTime() + 60_000 ? true : undefined;
    },
    15 * MINUTES,
  );
  return new Date(between.getTime() + 1000).toISOString();
};

/** `kasbah drill` to a point in time, and what is left after a kill. */
export const drillCases = (sovereign: () => Sovereign): void => {
  const wanted = ["--stack", "dev", "--workload", "vectors"];
  const file = (name: string): string => path.join(sovereign().stack.folder, name);
  const verb = (...args: readonly string[]): Promise<Run> => sovereign().stack.kasbah("drill", args);
  const left = () => leftovers(sovereign().cloud, clusterOf(sovereign()));

  test("a drill restores to a point in time, meets its objectives, and leaves a record and nothing else", {
    timeout: 40 * MINUTES,
  }, async () => {
    const it = sovereign();
    const { privateKey } = generateKeyPairSync("ed25519");
    fs.writeFileSync(file("drill.pem"), privateKey.export({ format: "pem", type: "pkcs8" }), { mode: 0o600 });
    const moment = await twoTimes(it);
    const run = await verb(
      ...[...wanted, "--key", file("drill.pem"), "--record", file("drill.json")],
      ...["--target-time", moment, "--as", "auditor@example.ma"],
    );
    expect(run.code, run.all).toBe(0);
    const { verify } = readVerifyingKey(file("drill.pem"));
    const payload = verifyEnvelope(JSON.parse(fs.readFileSync(file("drill.json"), "utf8")), DRILL_RECORD_TYPE, verify);
    const record = payload.ok ? parseDrillRecord(payload.value) : payload;
    if (!record.ok) throw new Error(JSON.stringify(record.problems));
    const { outcome, checks, measured, source, targetTime, by, left: behind } = record.value;
    expect({ outcome, targetTime, by, behind }).toEqual({
      outcome: "met",
      targetTime: moment,
      by: "auditor@example.ma",
      behind: [],
    });
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(source?.backup).toMatch(/^\d{8}-\d{6}F/);
    const rows = Number(/^(\d+) rows/.exec(checks.find(({ says }) => / rows in /.test(says))?.says ?? "")?.[1]);
    expect(rows).toBeGreaterThanOrEqual(BEFORE);
    expect(rows).toBeLessThan(AFTER);
    expect(await left()).toEqual([]);
    const { rpoSeconds, rtoSeconds } = measured;
    console.log(`drill: recovery point ${rpoSeconds} s before the wanted one, recovery time ${rtoSeconds} s`);
  });

  test("a drill that is killed is cleared up, and not while it may still run", { timeout: 15 * MINUTES }, async () => {
    const it = sovereign();
    const { folder, env } = it.stack;
    const args = ["drill", "--cwd", folder, ...wanted, "--key", file("drill.pem"), "--record", file("killed.json")];
    let pid = 0;
    const killed = start(
      path.join(ROOT, "node_modules/.bin/node"),
      [path.join(ROOT, "packages/cli/bin/kasbah.js"), ...args],
      {
        cwd: folder,
        env,
        started: (started) => {
          pid = started;
        },
      },
    );
    await until("the copy's server", async () =>
      (await left()).some((what) => what.startsWith("server ")) ? true : undefined,
    );
    process.kill(pid, "SIGKILL");
    await killed;
    expect((await left()).map((what) => what.split(" ")[0])).toEqual(
      expect.arrayContaining(["server", "port", "volume", "credential", "secret", "container"]),
    );
    const soon = await verb("clear", "--cwd", folder, ...wanted);
    expect(soon.code, soon.all).toBe(4);
    expect(soon.all).toContain("is running");
    const container = (await left()).find((what) => what.startsWith("container "))?.slice("container ".length);
    await it.cloud.request("object-store", `/${container}/alive`, { method: "DELETE" }); // as if two minutes went by
    const later = await verb("clear", "--cwd", folder, ...wanted);
    expect(later.code, later.all).toBe(0);
    expect(await left()).toEqual([]);
    expect(fs.existsSync(file("killed.json"))).toBe(false);
  });
};
