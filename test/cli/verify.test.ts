import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { preflightPlan } from "../../packages/cli/src/operations/preflight.ts";
import { findingLine, obstacleExit, obstacleLine } from "../../packages/cli/src/operations/show.ts";
import { isFault, verifyState } from "../../packages/cli/src/operations/verify.ts";
import { screenColors } from "../../packages/cli/src/output.ts";
import type { CollectedResource } from "../../packages/cli/src/program/protocol.ts";
import type { ExportedStack, StateResource } from "../../packages/cli/src/recover/deployment.ts";
import { type Finding, type Obstacle, parseDeclaration } from "../../packages/core/src/index.ts";
import { sample } from "../support/declarations.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "kasbah-verify-"));
  const home = path.join(folder, "node_modules/@kasbah/openstack");
  mkdirSync(home, { recursive: true });
  const exports = { "./operations": "./operations.js" };
  writeFileSync(
    path.join(home, "package.json"),
    JSON.stringify({ name: "@kasbah/openstack", type: "module", exports }),
  );
  writeFileSync(path.join(home, "operations.js"), RECORDER);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Operations that answer with what they were asked. */
const RECORDER = `
const finding = (query, severity) => ({ rule: "r", severity, resource: "urn::x", path: "p", wanted: "w", mend: "m",
  found: JSON.stringify(query) });
export const operations = {
  connect: async (target) => ({
    verify: async ({ resources, recovery }) => [
      finding({}, "medium"),
      finding({ provider: target.provider, settings: target.settings !== undefined, ids: resources.map(({ id }) => id), recovery }, "critical"),
    ],
  }),
  preflight: async (target, plan) => ({ obstacles: [{ fault: "cloud", says: JSON.stringify({ provider: target.provider, plan }), mend: "m" }], unchecked: ["room"] }),
};`;

const INSTANCE = "openstack:compute/instance:Instance";
const urn = (type: string, name: string): string => `urn:pulumi:dev::p::${type}::${name}`;
const provider = (name: string, inputs: StateResource["inputs"] = {}): StateResource => ({
  urn: urn("pulumi:providers:openstack", name),
  type: "pulumi:providers:openstack",
  custom: true,
  id: "1",
  inputs,
});
const server = (name: string, by: string, more: Partial<StateResource> = {}): StateResource => ({
  urn: urn(INSTANCE, name),
  type: INSTANCE,
  custom: true,
  id: `${name}-1`,
  inputs: { flavorName: "small" },
  provider: `${urn("pulumi:providers:openstack", by)}::1`,
  ...more,
});
const state = (...resources: StateResource[]): ExportedStack => ({ version: 3, deployment: { resources } });
const scene = () => {
  const parsed = parseDeclaration(sample(), "dev");
  if (!parsed.ok) throw new Error("bad sample");
  return { folder, env: {}, config: {}, declaration: parsed.value, project: "p", stack: "dev" };
};

describe("verify", () => {
  test("asks each provider's cloud of what it made, with what may be lost by the servers' own name", async () => {
    const exported = state(
      provider("home", { region: "R1" }),
      provider("second", { region: "R2" }),
      server("a", "home"),
      server("b", "second"),
      server("old", "home", { delete: true }),
    );
    const { findings, looked } = await verifyState(exported, scene());
    expect(looked).toBe(2);
    expect(findings.map(({ severity }) => severity)).toEqual(["critical", "critical", "medium", "medium"]);
    const [first, second] = findings.map(({ found }) => JSON.parse(found));
    expect([first.provider, first.ids, first.settings]).toEqual([{ region: "R1" }, ["a-1"], true]);
    expect([second.provider, second.ids, second.settings]).toEqual([{ region: "R2" }, ["b-1"], false]);
    expect(first.recovery["sample-dev-vector-store"]).toEqual({ rpoMinutes: 15, rtoMinutes: 240 });
  });

  test("says of clouds without operations that nothing was asked", async () => {
    const bucket = server("c", "x", { urn: urn("aws:s3/bucket:Bucket", "c"), type: "aws:s3/bucket:Bucket" });
    expect(await verifyState(state(bucket), scene())).toEqual({ findings: [], looked: 0, unchecked: ["aws"] });
  });

  test("fails on what does not do its work, and not on what is to be looked at", () => {
    const of = (severity: Finding["severity"]): Finding => ({
      rule: "r",
      severity,
      resource: "u::x",
      path: "p",
      wanted: "w",
      found: "f",
      mend: "m",
    });
    expect((["critical", "high", "medium", "low"] as const).map((severity) => isFault(of(severity)))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(findingLine({ ...of("high"), found: "a\u001b[2Jb" }, screenColors())).toBe(
      "high x: p: wanted w, found a [2Jb. m",
    );
  });
});

describe("preflight", () => {
  const planned = (name: string, by: string, inputs: Readonly<Record<string, unknown>> = {}): CollectedResource => ({
    type: INSTANCE,
    name,
    custom: true,
    provider: by,
    inputs,
  });
  const told = (name: string, inputs: Readonly<Record<string, unknown>>): CollectedResource => ({
    type: "pulumi:providers:openstack",
    name,
    custom: true,
    inputs,
  });

  test("asks for what is new and what is changed, apart for each provider", async () => {
    const plan = [told("home", { region: "R1" }), planned("a", "home", { flavorName: "big" }), planned("b", "home")];
    const { obstacles, unchecked } = await preflightPlan(plan, state(server("a", "home")), scene());
    expect(unchecked).toEqual(["home: room"]);
    const [, said] = /^home: (.*)$/.exec(obstacles[0]?.says ?? "") ?? [];
    expect(JSON.parse(said ?? "")).toEqual({
      provider: { region: "R1" },
      plan: [
        { type: INSTANCE, name: "a", inputs: { flavorName: "big" }, before: { flavorName: "small" } },
        { type: INSTANCE, name: "b", inputs: {} },
      ],
    });
  });

  test("leaves out a project that the plan itself makes, and takes the one that is there", async () => {
    const project = { ...planned("vault", "home"), type: "openstack:identity/project:Project" };
    const plan = [project, told("inner", { region: "R1", tenantId: "vault-id" }), planned("a", "inner")];
    const fresh = await preflightPlan(plan, undefined, scene());
    expect(fresh.unchecked).toContain("vault: the project is made by this plan");
    const later = await preflightPlan(plan, state(provider("inner", { tenantId: "real" })), scene());
    expect(later.obstacles.map(({ says }) => says).join()).toContain('"tenantId":"real"');
  });

  test("of a cloud without operations says that nothing was checked", async () => {
    const bucket = { ...planned("b", "europe"), type: "aws:s3/bucket:Bucket" };
    expect(await preflightPlan([bucket], undefined, scene())).toEqual({
      obstacles: [],
      unchecked: ["aws: nothing, as yet"],
    });
  });

  test("ends with what is wrong here before what the cloud refuses", () => {
    const of = (fault: Obstacle["fault"]): Obstacle => ({ fault, says: "it is so.", mend: "Do this." });
    expect([[], [of("cloud")], [of("cloud"), of("settings")]].map(obstacleExit)).toEqual([0, 4, 2]);
    expect(obstacleLine(of("cloud"))).toBe("it is so. Do this.");
  });
});
