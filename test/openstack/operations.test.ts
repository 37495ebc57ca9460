import { describe, expect, test } from "vitest";
import { KINDS, type KnownResource } from "../../packages/core/src/index.ts";
import type { Flavor } from "../../packages/openstack/src/operations/cloud/compute.ts";
import { devicesOf } from "../../packages/openstack/src/operations/cloud/devices.ts";
import { LOOKUPS } from "../../packages/openstack/src/operations/lookup/table.ts";
import { needKey, needsOf } from "../../packages/openstack/src/operations/preflight/needs.ts";
import {
  type Declared,
  type Member,
  memberFindings,
  type Report,
} from "../../packages/openstack/src/operations/verify/report.ts";

test("every type that a layer makes on OpenStack can be found again after a kill", () => {
  const types = Object.keys(KINDS).filter((type) => type.startsWith("openstack:"));
  expect(types.length).toBeGreaterThan(14);
  expect(types.filter((type) => LOOKUPS[type] === undefined)).toEqual([]);
});

const flavor = (name: string, more: Partial<Flavor> = {}): Flavor => ({
  id: `${name}-id`,
  name,
  vcpus: 2,
  ram: 4096,
  disk: 20,
  ...more,
});

describe("what a plan takes of quotas", () => {
  const FLAVORS = [flavor("small"), flavor("large", { vcpus: 8, ram: 16_384 })];
  const INSTANCE = "openstack:compute/instance:Instance";
  const VOLUME = "openstack:blockstorage/volume:Volume";
  const need = (plan: Parameters<typeof needsOf>[0]) => Object.fromEntries(needsOf(plan, FLAVORS));

  test("new servers, by their flavor, and the ports that nova makes for them", () => {
    const inputs = { flavorName: "small", networks: [{ uuid: "n" }, { port: "p" }] };
    const plan = [1, 2].map((number) => ({ type: INSTANCE, name: `s${number}`, inputs }));
    expect(need(plan)).toEqual({
      [needKey("compute", "instances")]: 2,
      [needKey("compute", "cores")]: 4,
      [needKey("compute", "ram")]: 8192,
      [needKey("network", "port")]: 2,
    });
  });

  test("of what is there: its growth only", () => {
    const grown = { type: INSTANCE, name: "s", inputs: { flavorName: "large" }, before: { flavorId: "small-id" } };
    const volume = { type: VOLUME, name: "v", inputs: { size: 50, volumeType: "fast" }, before: { size: 20 } };
    expect(need([grown, volume])).toEqual({
      [needKey("compute", "cores")]: 6,
      [needKey("compute", "ram")]: 12_288,
      [needKey("block-storage", "gigabytes")]: 30,
      [needKey("block-storage", "gigabytes_fast")]: 30,
    });
    expect(need([{ ...volume, inputs: { size: 20 } }])).toEqual({});
  });
});

test("devices that a flavor asks for: aliases, classes, traits, and not what every server takes", () => {
  const extra_specs = {
    "pci_passthrough:alias": "a100:2,nic:1",
    "resources:VGPU": "1",
    "resources1:CUSTOM_FPGA": "3",
    "resources:VCPU": "8",
    "trait:CUSTOM_H100": "required",
    "trait:CUSTOM_OLD": "forbidden",
    "hw:cpu_policy": "dedicated",
  };
  expect(devicesOf(flavor("gpu", { extra_specs })).map(({ name, kind, count }) => [name, kind, count])).toEqual([
    ["a100", "alias", 2],
    ["nic", "alias", 1],
    ["VGPU", "class", 1],
    ["CUSTOM_FPGA", "class", 3],
    ["CUSTOM_H100", "trait", 0],
  ]);
});

describe("what a cluster reports", () => {
  const now = new Date("2026-11-21T18:00:00Z");
  const ago = (minutes: number): string => new Date(now.getTime() - minutes * 60_000).toISOString();
  const resource: KnownResource = { urn: "urn::x", type: "t", id: "i", inputs: {}, outputs: {} };
  const declared: Declared = {
    resource,
    version: "v1",
    generation: "g1",
    backup: { differentialEveryHours: 6 },
    recovery: { rpoMinutes: 5, rtoMinutes: 60 },
  };
  const well: Report = {
    generation: "g1",
    settings: "v1",
    error: null,
    role: "standby",
    healthy: true,
    pendingRestart: false,
    backup: { last: ago(60), archivedAt: ago(1) },
    disk: { usedPercent: 12 },
    certificate: { notAfter: "2027-02-01T00:00:00Z" },
  };
  const member = (name: string, more: Partial<Report> = {}, minutes = 0.5): Member => ({
    name,
    now,
    at: new Date(now.getTime() - minutes * 60_000),
    report: { ...well, ...more },
  });
  const LEADER = { role: "leader" };
  const told = (members: readonly Member[], more: Partial<Declared> = {}) =>
    memberFindings(members, { ...declared, ...more }).map(({ severity, path, found }) => [severity, path, found]);

  test("nothing to say of one that is well", () => {
    expect(told([member("a", LEADER), member("b"), member("c")])).toEqual([]);
  });

  test.each([
    ["an error", { error: "no route" }, "high", "a.error", "no route"],
    ["not healthy", { healthy: false }, "high", "a.healthy", "false, leader"],
    ["settings not applied yet", { settings: "v0" }, "medium", "a.settings", "v0"],
    ["an old server", { generation: "g0" }, "medium", "a.generation", "g0"],
    ["a restart to come", { pendingRestart: true }, "medium", "a.pendingRestart", "true"],
    ["a disk that fills", { disk: { usedPercent: 85 } }, "medium", "a.disk", "85 %"],
    ["a disk that is full", { disk: { usedPercent: 95 } }, "high", "a.disk", "95 %"],
    [
      "a certificate that was not renewed",
      { certificate: { notAfter: ago(-60 * 24 * 20) } },
      "medium",
      "a.certificate",
      /ends/,
    ],
    ["a certificate that ends", { certificate: { notAfter: ago(-60) } }, "high", "a.certificate", /ends/],
    ["no backup yet", { backup: { archivedAt: ago(1) } }, "medium", "a.backup", "none yet"],
    ["a late backup", { backup: { archivedAt: ago(1), last: ago(60 * 13) } }, "high", "a.backup", /780 min ago/],
    [
      "shipping that fails",
      { backup: { last: ago(60), archivedAt: ago(9), failedAt: ago(8) } },
      "high",
      "a.backup",
      /more would be lost/,
    ],
    [
      "nothing shipped for longer than may be lost",
      { backup: { last: ago(60), archivedAt: ago(9) } },
      "high",
      "a.backup",
      "the last was shipped 9 min ago; more would be lost than was declared",
    ],
    ["nothing shipped yet", { backup: { last: ago(60) } }, "medium", "a.backup", "nothing was shipped yet"],
  ] as const)("%s", (_what, more, severity, path, found) => {
    const matched = typeof found === "string" ? found : expect.stringMatching(found);
    expect(told([member("a", { ...LEADER, ...more }), member("b")])).toEqual([[severity, path, matched]]);
  });

  test("a member that is silent, one that never spoke, and no leader", () => {
    const never: Member = { name: "c", now, at: undefined, report: undefined };
    expect(told([member("a", LEADER, 30), member("b"), never])).toEqual([
      ["high", "a", "the last one 30 min ago"],
      ["high", "c", "never one"],
      ["high", "role", "no member leads"],
    ]);
  });

  test("without a vault nobody asks for backups; without an objective nothing is late", () => {
    const idle = { ...LEADER, backup: { last: ago(60), archivedAt: ago(600) } };
    expect(told([member("a", { ...LEADER, backup: {} })], { backup: undefined })).toEqual([]);
    expect(told([member("a", idle)], { recovery: undefined })).toEqual([]);
  });

  test("text from outside cannot write over a terminal", () => {
    const [[, , found] = []] = told([member("a", { ...LEADER, error: "x\u001b[2Jy\u202Ez" })]);
    expect(found).toBe("x [2Jy z");
  });
});
