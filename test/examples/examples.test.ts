import { afterEach, expect, test } from "vitest";
import { type PlatformWorkspace, platformWorkspace } from "../support/platform.ts";

let workspace: PlatformWorkspace;
afterEach(() => workspace.close());

test("four-clouds: comes up on four clouds, has nothing to do the second time, and goes", {
  timeout: 120_000,
}, async () => {
  workspace = platformWorkspace("four-clouds", "examples");
  const up = await workspace.inSandbox("pulumi", "up", "--stack", "dev", "--yes", "--skip-preview");
  expect(up.code, up.all).toBe(0);
  const clouds = new Set((await workspace.objects()).map(({ type }) => type.split(":")[0]));
  expect([...clouds].sort()).toEqual(["aws", "azure-native", "gcp", "openstack"]);
  const again = await workspace.inSandbox("pulumi", "preview", "--stack", "dev", "--expect-no-changes");
  expect(again.code, again.all).toBe(0);
  const down = await workspace.kasbah("down", "--sandbox");
  expect(down.all).toContain("Nothing is left in the simulated cloud.");
});

test("hand-written-replication: refused in the preview, nothing made; with --skip-preview the copy is still never made", {
  timeout: 120_000,
}, async () => {
  workspace = platformWorkspace("hand-written-replication", "examples");
  const up = await workspace.kasbah("up", "--sandbox");
  expect(up.code, up.all).toBe(1);
  expect(up.all).toMatch(/keep-copies-in-permitted-places: rules\.0\.destination\.bucket: wanted reports only where/);
  expect(await workspace.objects()).toEqual([]);

  const config = await workspace.kasbah("pack");
  const { writeFileSync } = await import("node:fs");
  const file = `${workspace.stack}/pack.json`;
  writeFileSync(file, config.stdout);
  const pack = ["--policy-pack", `${import.meta.dirname}/../../policy-packs/residency`, "--policy-pack-config", file];
  const forced = await workspace.inSandbox("pulumi", "up", "--stack", "dev", "--yes", "--skip-preview", ...pack);
  expect(forced.code).not.toBe(0);
  const types = (await workspace.objects()).map(({ type }) => type);
  expect(types.filter((type) => /replication/i.test(type))).toEqual([]);
});
