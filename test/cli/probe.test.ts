import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { renderProbe } from "../../packages/cli/src/operations/render-probe.ts";
import { screenColors } from "../../packages/cli/src/output.ts";
import { formatProblem, type Probe, probeSchema } from "../../packages/core/src/index.ts";
import { readDeclaration } from "../../packages/platform/src/read.ts";
import { sample } from "../support/declarations.ts";

const record: Probe = {
  format: 1,
  asOf: "2026-11-21T18:00:00.000Z",
  cloud: "openstack",
  region: "RegionOne",
  project: "shop",
  capabilities: { loadBalancer: true, s3: "https://s3.home.example.ma", historyContainers: true },
  services: [{ type: "compute", version: "2.93" }, { type: "dns" }],
  quotas: [
    { service: "compute", name: "cores", limit: 20, used: 4 },
    { service: "network", name: "port", limit: -1 },
  ],
  flavors: [
    { name: "g1", vcpus: 8, ramMiB: 65_536, diskGiB: 200, public: true, extraSpecs: { "resources:VGPU": "1" } },
  ],
  gpus: [{ name: "VGPU", flavors: ["g1"], perServer: { g1: 1 }, total: 8, used: 3 }],
  zones: { compute: ["z1"], volume: ["z1"], network: [] },
  volumeTypes: [{ name: "fast", default: true, encrypted: true }],
  images: [{ name: "debian-13", status: "active", minDiskGiB: 2, visibility: "public" }],
  externalNetworks: ["public"],
  unchecked: ["object lock: only a bucket tells"],
};

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "kasbah-probe-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("a declaration that names a probe's record", () => {
  const declare = (named: unknown): void => {
    const declaration = sample();
    const { home } = declaration.places;
    Object.assign(Object(home?.["openstack"]), { capabilities: named });
    writeFileSync(path.join(folder, "platform.yaml"), stringify(declaration));
  };
  const write = (value: unknown): void => writeFileSync(path.join(folder, "home.probe.json"), JSON.stringify(value));
  const read = (unprobed = false) => readDeclaration(folder, "dev", undefined, unprobed);
  const problems = (): string => {
    const declaration = read();
    return declaration.ok ? "none" : declaration.problems.map(formatProblem).join("\n");
  };

  test("has its capabilities, for whoever gets it without the file too", () => {
    declare("./home.probe.json");
    write(record);
    const declaration = read();
    if (!declaration.ok) throw new Error(problems());
    expect(declaration.value.declaration.places["home"]?.settings["capabilities"]).toEqual(record.capabilities);
    expect(declaration.value.raw).toMatchObject({
      places: { home: { openstack: { capabilities: record.capabilities } } },
    });
  });

  test.each([
    ["of another region", { ...record, region: "RegionTwo" }, /expected a record of openstack\/RegionOne.*RegionTwo/],
    ["that is none", { ...record, format: 2 }, /expected a record of kasbah probe \(format/],
  ])("%s is refused, with the path", (_what, written, words) => {
    declare("./home.probe.json");
    write(written);
    expect(problems()).toMatch(/places\.home\.openstack\.capabilities/);
    expect(problems()).toMatch(words);
  });

  test("that is not there is refused, save for who is about to write it", () => {
    declare("./home.probe.json");
    expect(problems()).toMatch(/capabilities\.home\.probe\.json: expected a readable file/);
    expect(read(true).ok).toBe(true);
  });

  test("under any other name is refused as what it is: no capabilities", () => {
    declare("./home.json");
    expect(problems()).toMatch(/capabilities: expected an object/);
  });
});

test("a record is what its schema says, and reads well", () => {
  expect(probeSchema.parse(JSON.parse(JSON.stringify(record)))).toEqual(record);
  const text = renderProbe(record, screenColors());
  for (const words of [
    "openstack/RegionOne, project shop",
    "no limit",
    "resources:VGPU=1",
    "fast (default) (encrypted)",
  ])
    expect(text).toContain(words);
  expect(text).toMatch(/VGPU\s+│ g1\s+│ 3\s+│ 8/);
  expect(text).toContain("not known: object lock");
});
