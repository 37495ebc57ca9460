import { type DrillFacts, drillPayload, drillRecordOf, judgeDrill, parseDrillRecord } from "@kasbah/core";
import { expect, test } from "vitest";

const FACTS: DrillFacts = {
  format: 1,
  id: "0a1b2c3d",
  platform: "shop",
  env: "prod",
  stack: "prod",
  owner: "example.ma",
  workload: "vectors",
  datasets: ["papers"],
  place: { name: "home", cloud: "openstack", region: "RegionOne" },
  by: "auditor@example.ma",
  startedAt: "2026-11-21T18:00:00.000Z",
  endedAt: "2026-11-21T18:12:00.000Z",
  failurePoint: "2026-11-21T18:06:00.000Z",
  source: { cluster: "shop-prod-vectors", vault: "vault (RegionTwo)", backup: "20261121-010203F" },
  objectives: { rpoMinutes: 5, rtoMinutes: 10 },
  measured: { rpoSeconds: 300, rpoBy: "heartbeat", rtoSeconds: 600, bytes: 1, stages: [] },
  checks: [{ name: "pages", ok: true, says: "7" }],
  versions: { postgresql: "17.11" },
  left: [],
};
const measured = (change: Partial<DrillFacts["measured"]>): DrillFacts => ({
  ...FACTS,
  measured: { ...FACTS.measured, ...change },
});

test("figures that are just what was asked for meet it", () => {
  expect(judgeDrill(FACTS)).toEqual({ outcome: "met", reasons: [] });
});

test("each figure that is over is a reason of its own, and so is one that is missing", () => {
  expect(judgeDrill(measured({ rpoSeconds: 301, rtoSeconds: 601 }))).toEqual({
    outcome: "missed",
    reasons: ["recovery point: 301 s, objective 5 min", "recovery time: 601 s, objective 10 min"],
  });
  const { rpoSeconds: _none, ...rest } = FACTS.measured;
  expect(judgeDrill({ ...FACTS, measured: rest }).reasons).toEqual(["recovery point: not measured, objective 5 min"]);
});

test("no loss is an objective of the running cluster: a restore is held to what is shipped within a minute", () => {
  const strict = { ...FACTS, objectives: { rpoMinutes: 0, rtoMinutes: 10 } };
  expect(judgeDrill({ ...strict, measured: { ...FACTS.measured, rpoSeconds: 60 } }).outcome).toBe("met");
  expect(judgeDrill({ ...strict, measured: { ...FACTS.measured, rpoSeconds: 61 } }).outcome).toBe("missed");
});

test("a copy that is not whole has failed, however fast it came", () => {
  const broken = { ...FACTS, checks: [{ name: "pages", ok: false, says: "bad checksums: 3" }] };
  expect(judgeDrill(broken)).toEqual({ outcome: "failed", reasons: ["pages: bad checksums: 3"] });
  expect(judgeDrill({ ...FACTS, problem: "no vault" })).toEqual({ outcome: "failed", reasons: ["no vault"] });
});

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test("a record is read back as it was", () => {
  const record = drillRecordOf(FACTS);
  expect(parseDrillRecord(bytes(drillPayload(record)))).toEqual({ ok: true, value: record });
});

test("a record whose verdict does not follow from its figures is not taken, nor one with another shape", () => {
  const wrong = [
    { ...drillRecordOf(measured({ rtoSeconds: 999 })), outcome: "met", reasons: [] },
    { ...drillRecordOf(FACTS), outcome: "missed", reasons: ["recovery time: too long"] },
    { ...drillRecordOf(FACTS), format: 2 },
    { ...drillRecordOf(FACTS), more: 1 },
    { ...FACTS },
  ];
  expect(wrong.map((one) => parseDrillRecord(bytes(JSON.stringify(one))).ok)).toEqual(wrong.map(() => false));
  expect(parseDrillRecord(bytes("{")).ok).toBe(false);
  expect(parseDrillRecord(Uint8Array.from([0xff, 0xfe])).ok).toBe(false);
});
