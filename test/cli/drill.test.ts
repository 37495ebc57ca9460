import { generateKeyPairSync } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Declaration, DrillFindings, Operations, Restored } from "@kasbah/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withEnding } from "../../packages/cli/src/drill/ending.ts";
import { checkRecordFile, readRecord, writeRecord } from "../../packages/cli/src/drill/file.ts";
import { readSigningKey, readVerifyingKey } from "../../packages/cli/src/drill/keys.ts";
import { type DrillWish, runDrill } from "../../packages/cli/src/drill/run.ts";
import type { DrillScene } from "../../packages/cli/src/drill/scene.ts";
import { drillLines } from "../../packages/cli/src/drill/show.ts";
import { start } from "../support/engine.ts";

const FINDINGS: DrillFindings = {
  format: 1,
  newest: { asked: "2026-11-21T18:05:00.000Z", heartbeat: "2026-11-21T18:04:20.500Z", commit: null },
  backup: { label: "20261121-010203F", type: "full", at: "2026-11-21T01:05:00Z" },
  bytes: 7_654_321,
  versions: { postgresql: "17.11", vector: "0.8.0" },
  checks: [{ name: "every page", ok: true, says: "1200 pages" }],
};
const SCENE: DrillScene = {
  cloud: "openstack",
  place: "home",
  region: "RegionOne",
  target: { provider: {}, env: {}, folder: "." },
  resources: [],
  datasets: ["papers"],
  objectives: { rpoMinutes: 5, rtoMinutes: 60 },
};
const DECLARATION = { platform: "shop", env: "prod", owner: { id: "example.ma" } } as unknown as Declaration;

/** A minute goes by at every look at the clock. */
const clock = () => {
  let minute = 0;
  return () => new Date(Date.UTC(2026, 10, 21, 18, minute++));
};

const drill = (restored: Partial<Restored>, wish: Partial<DrillWish> = {}, stages = true) => {
  const restore: Operations["restore"] = async ({ stage }) => {
    if (stages) for (const name of ["making", "restoring", "answered", "removing"] as const) stage(name);
    return { cluster: "shop-prod-vectors", vault: "vault (RegionTwo)", left: [], ...restored };
  };
  return runDrill({ lookup: async () => [], restore }, SCENE, {
    declaration: DECLARATION,
    stack: "prod",
    workload: "vectors",
    id: "0a1b2c3d",
    by: "auditor@example.ma",
    targetTime: undefined,
    signal: new AbortController().signal,
    now: clock(),
    say: () => {},
    ...wish,
  });
};

describe("what is measured", () => {
  test("loss up to the moment at which the copy answered, time up to when we saw that", async () => {
    const record = await drill({ findings: FINDINGS });
    expect(record).toMatchObject({
      outcome: "met",
      reasons: [],
      failurePoint: "2026-11-21T18:05:00.000Z",
      source: { backup: "20261121-010203F", backupAt: "2026-11-21T01:05:00Z", type: "full" },
      objectives: { rpoMinutes: 5, rtoMinutes: 60 },
      versions: { postgresql: "17.11" },
    });
    expect(record.measured).toMatchObject({ rpoSeconds: 39.5, rpoBy: "heartbeat", rtoSeconds: 180, bytes: 7_654_321 });
    expect(record.measured.stages.map(({ name }) => name)).toEqual(["making", "restoring", "answered", "removing"]);
  });

  test("loss up to the point in time that was wanted", async () => {
    const record = await drill({ findings: FINDINGS }, { targetTime: new Date("2026-11-21T18:04:30Z") });
    expect(record.measured.rpoSeconds).toBe(9.5);
    expect(record.targetTime).toBe(record.failurePoint);
  });

  test("by the last commit where there is no heartbeat, and not at all where there is neither", async () => {
    const silent = { ...FINDINGS.newest, heartbeat: null };
    const commit = "2026-11-21T17:55:00.000Z";
    const last = await drill({ findings: { ...FINDINGS, newest: { ...silent, commit } } });
    expect(last.measured).toMatchObject({ rpoSeconds: 600, rpoBy: "last-commit" });
    expect(last.outcome).toBe("missed");
    const none = await drill({ findings: { ...FINDINGS, newest: silent } });
    expect(none.reasons).toEqual(["recovery point: not measured, objective 5 min"]);
  });

  test("nothing, when nothing could be restored: the record says why, and what is left", async () => {
    const left = ["volume shop-prod-vectors-drill-0a1b2c3d-1"];
    const record = await drill({ problem: "it was not done within 30 minutes", left }, {}, false);
    expect(record).toMatchObject({ outcome: "failed", reasons: ["it was not done within 30 minutes"], left });
    expect(record.source).toBeUndefined();
    expect(drillLines(record)).toContain("nothing was restored");
    expect(drillLines(record)).toContain("left behind: volume shop-prod-vectors-drill-0a1b2c3d-1");
  });
});

describe("the record", () => {
  let folder: string;
  const at = (name: string): string => path.join(folder, name);
  const command = (...args: readonly string[]) =>
    start(process.execPath, [path.resolve("packages/cli/bin/kasbah.js"), "drill", ...args], {
      cwd: folder,
      env: { ...process.env, NO_COLOR: "1" },
    });
  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "kasbah-drill-"));
    for (const name of ["own", "other"]) {
      const { privateKey, publicKey } = generateKeyPairSync("ed25519");
      fs.writeFileSync(at(`${name}.pem`), privateKey.export({ format: "pem", type: "pkcs8" }));
      fs.writeFileSync(at(`${name}.pub`), publicKey.export({ format: "pem", type: "spki" }));
    }
    writeRecord(at("record.json"), await drill({ findings: FINDINGS }), readSigningKey(at("own.pem")));
  });
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  test("is read by whoever has the public key, and says in words what it holds", async () => {
    const { code, all } = await command("verify", "record.json", "--key", "own.pub");
    expect(code, all).toBe(0);
    expect(all).toContain("as it was signed");
    expect(all).toContain("restored from 20261121-010203F in vault (RegionTwo), 8 MB");
    expect(all).toContain("recovery point: 40 s (by heartbeat), objective 5 min");
    expect(all).toContain("recovery time: 3 min 0 s, objective 60 min");
    expect(all).toContain("The objectives were met.");
  });

  test("is refused with another key, and when a letter of it was changed", async () => {
    const other = await command("verify", "record.json", "--key", "other.pub");
    expect(other.code, other.all).toBe(1);
    expect(other.all).toContain("one by the trusted key");
    const envelope = JSON.parse(fs.readFileSync(at("record.json"), "utf8"));
    const payload = Buffer.from(envelope.payload, "base64").toString().replace('"rtoSeconds": 180', '"rtoSeconds": 18');
    const forged = { ...envelope, payload: Buffer.from(payload).toString("base64") };
    fs.writeFileSync(at("forged.json"), JSON.stringify(forged));
    expect((await command("verify", "forged.json", "--key", "own.pub")).code).toBe(1);
  });

  test("is never written over, nor into a folder that is not there", () => {
    expect(() => checkRecordFile(at("record.json"))).toThrow("never written over");
    expect(() => checkRecordFile(at("nowhere/record.json"))).toThrow("make it first");
    expect(() => checkRecordFile(at("new.json"))).not.toThrow();
  });

  test("is signed by an Ed25519 key and no other, and an error quotes nothing of a key", () => {
    const rsa = generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey.export({ format: "pem", type: "pkcs8" });
    fs.writeFileSync(at("rsa.pem"), rsa);
    expect(() => readSigningKey(at("rsa.pem"))).toThrow("expected an Ed25519 key");
    expect(() => readSigningKey(at("own.pub"))).toThrow("openssl genpkey");
    expect(readVerifyingKey(at("own.pem")).keyId).toBe(readSigningKey(at("own.pem")).keyId);
  });

  test("is not taken for a signed message of another kind", () => {
    const key = readSigningKey(at("own.pem"));
    const text = fs.readFileSync(at("record.json"), "utf8").replace("vnd.kasbah.drill", "vnd.kasbah.settings");
    fs.writeFileSync(at("kind.json"), text);
    expect(readRecord(at("kind.json"), readVerifyingKey(at("own.pub"))).ok).toBe(false);
    expect(key.keyId).toMatch(/^[0-9a-f]{8}$/);
  });

  test("is asked for with all that it needs, before anything else is looked at", async () => {
    const bare = await command("--stack", "prod");
    expect([bare.code, bare.all.trim()]).toEqual([2, "drill needs --workload, --key, --record."]);
    const time = ["--target-time", "2026-11-21 18:00"];
    const wish = ["--stack", "prod", "--workload", "vectors", "--key", "own.pem", "--record", "new.json"];
    const zone = await command(...wish, ...time);
    expect(zone.code, zone.all).toBe(2);
    expect(zone.all).toContain("expected a past time with its zone");
  });
});

test("the first signal asks a drill to stop, and it may still take its copy away", async () => {
  const seen = await withEnding(60, async ({ signal, ended }) => {
    const stopped = new Promise<unknown>((resolve) => signal.addEventListener("abort", () => resolve(signal.reason)));
    process.emit("SIGTERM", "SIGTERM");
    return [String(await stopped), ended()];
  });
  expect(seen).toEqual(["Error: it was ended by SIGTERM", "SIGTERM"]);
});
