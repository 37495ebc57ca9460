import { readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { ROOT } from "../support/engine.ts";
import { type PlatformWorkspace, platformWorkspace } from "../support/platform.ts";

let workspace: PlatformWorkspace | undefined;
afterEach(() => workspace?.close());

/** Every example of a layer on OpenStack, and what of the cloud it makes at least. */
const EXAMPLES = [
  ["sovereign-network", ["Network", "Router", "RouterInterface", "SecGroup", "SecGroupRule", "Subnet"]],
  ["sovereign-iam", ["ApplicationCredential", "OrderV1", "Project", "RoleAssignment", "SecretV1"]],
  ["sovereign-object-storage", ["Container", "Ec2CredentialV3", "OrderV1", "RoleAssignment", "SecretV1", "User"]],
  ["sovereign-backup", ["Container", "Ec2CredentialV3", "Project", "RoleAssignment", "SecretV1", "User"]],
] as const;

test.each(EXAMPLES)("%s: at most 40 lines", (name) => {
  const lines = readFileSync(`${ROOT}/examples/${name}/index.ts`, "utf8").trimEnd().split("\n");
  expect(lines.length).toBeLessThanOrEqual(40);
});

test.each(EXAMPLES)(
  "%s: comes up in the simulated cloud, and has nothing to do the second time",
  {
    timeout: 240_000,
  },
  async (name, types) => {
    workspace = platformWorkspace(name, "examples");
    const up = await workspace.inSandbox("pulumi", "up", "--stack", "dev", "--yes", "--skip-preview");
    expect(up.code, up.all).toBe(0);
    const made = new Set((await workspace.objects()).map(({ type }) => type.split(":").at(-1)));
    expect([...made].sort()).toEqual(types);
    const again = await workspace.inSandbox("pulumi", "preview", "--stack", "dev", "--expect-no-changes");
    expect(again.code, again.all).toBe(0);
  },
);

test("sovereign-backup: without its capabilities it is refused, and says which are missing", {
  timeout: 240_000,
}, async () => {
  workspace = platformWorkspace("sovereign-backup", "examples");
  const file = `${workspace.stack}/index.ts`;
  const { writeFileSync } = await import("node:fs");
  writeFileSync(file, readFileSync(file, "utf8").replace("identityAdmin: true, historyContainers: true, ", ""));
  const up = await workspace.inSandbox("pulumi", "up", "--stack", "dev", "--yes", "--skip-preview");
  expect(up.code).not.toBe(0);
  expect(up.all).toContain("place.settings.capabilities.identityAdmin: expected the capability that puts the backups");
  expect(up.all).toContain("place.settings.capabilities.historyContainers: expected the capability that keeps what");
  expect(await workspace.objects()).toEqual([]);
});
