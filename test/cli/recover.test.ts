import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { adopt, type ExportedStack, type StateResource } from "../../packages/cli/src/recover/deployment.ts";
import { isRunning, locksOf } from "../../packages/cli/src/recover/lock.ts";
import { type Ask, recoverStack } from "../../packages/cli/src/recover/recover.ts";
import { mendStateFiles } from "../../packages/cli/src/recover/state-files.ts";

const resource = (name: string, more: Partial<StateResource> = {}): StateResource => ({
  urn: `urn:pulumi:dev::p::aws:s3/bucket:Bucket::${name}`,
  type: "aws:s3/bucket:Bucket",
  custom: true,
  inputs: { bucket: name },
  ...more,
});
const urnOf = (name: string): string => resource(name).urn;
const stack = (resources: StateResource[], ...pending: [string, StateResource][]): ExportedStack => ({
  version: 3,
  deployment: { resources, pending_operations: pending.map(([type, made]) => ({ type, resource: made })) },
});
const cloud =
  (...names: string[]): Ask =>
  async ({ inputs }) =>
    names.filter((name) => name.startsWith(String(inputs?.["bucket"]))).map((id) => ({ id, by: "name" }));

describe("what a killed run had begun", () => {
  test("is adopted when the cloud has it, and left to the next up when not", async () => {
    const begun = stack([], ["creating", resource("a")], ["creating", resource("b")], ["updating", resource("c")]);
    const recovery = await recoverStack(begun, cloud("a"));
    expect(recovery.stack.deployment).toEqual({ resources: [{ ...resource("a"), id: "a", outputs: { bucket: "a" } }] });
    expect(recovery.absent.map(({ urn }) => urn)).toEqual([urnOf("b")]);
    expect(recovery.other).toEqual(["updating aws:s3/bucket:Bucket c"]);
  });

  test("that the state knows already is not taken a second time", async () => {
    const recovery = await recoverStack(
      stack([resource("a", { id: "a" })], ["creating", resource("a2", { inputs: { bucket: "a" } })]),
      cloud("a"),
    );
    expect(recovery.adopted).toEqual([]);
  });

  test("in the state alone, a component or a provider, is nothing that a cloud is asked for", async () => {
    const component = resource("c", { custom: false, type: "kasbah:aws:Postgres" });
    const provider = resource("p", { type: "pulumi:providers:aws" });
    const nobody: Ask = () => Promise.reject(new Error("asked"));
    const recovery = await recoverStack(stack([], ["creating", component], ["creating", provider]), nobody);
    expect(recovery).toMatchObject({ adopted: [], absent: [], stack: { deployment: { resources: [] } } });
  });

  test("that could be several objects is asked of a person, and nothing is changed", async () => {
    await expect(recoverStack(stack([], ["creating", resource("a")]), cloud("a", "a-too"))).rejects.toMatchObject({
      exitCode: 4,
      message: expect.stringContaining("a, a-too"),
    });
  });

  test("as a replacement: the old one is still to be deleted, or already was", () => {
    const found = [{ resource: resource("a"), id: "new" }];
    const urns = (resources: readonly StateResource[] | undefined) =>
      resources?.map(({ id, delete: gone }) => [id, gone]);
    expect(urns(adopt(stack([resource("a", { id: "old" })]), found).deployment.resources)).toEqual([
      ["old", true],
      ["new", undefined],
    ]);
    const deleted = stack([resource("a", { id: "old", pendingReplacement: true })]);
    expect(urns(adopt(deleted, found).deployment.resources)).toEqual([["new", undefined]]);
  });

  test("comes after what it depends on, and before what depends on it", () => {
    const before = [resource("user", { id: "user", dependencies: [urnOf("a")] }), resource("base", { id: "base" })];
    const found = [{ resource: resource("a", { parent: urnOf("base") }), id: "a" }];
    const ids = adopt(stack(before), found).deployment.resources?.map(({ id }) => id);
    expect(ids).toEqual(["base", "a", "user"]);
  });
});

describe("a file backend after a kill", () => {
  let state = "";
  beforeEach(() => {
    state = mkdtempSync(path.join(os.tmpdir(), "kasbah-state-"));
    mkdirSync(path.join(state, ".pulumi/stacks/p"), { recursive: true });
    mkdirSync(path.join(state, ".pulumi/locks/organization/p/dev"), { recursive: true });
  });
  afterEach(() => rmSync(state, { recursive: true, force: true }));
  const file = (name: string, text: string): string => {
    const target = path.join(state, ".pulumi", name);
    writeFileSync(target, text);
    return target;
  };

  test("loses drafts and empty notes, and nothing else", () => {
    const broken = [
      file("stacks/p/dev.json.attrs", ""),
      file("stacks/p/dev.json.18e.tmp", "{"),
      file("meta.yaml.attrs", "{"),
    ];
    const whole = [
      file("stacks/p/dev.json", "{}"),
      file("stacks/p/dev.json.bak.attrs", "{}"),
      file("stacks/p/dev.json.bak", ""),
    ];
    expect([...mendStateFiles(`file://${state}`, "p", "dev")].sort()).toEqual(broken.toSorted());
    expect(whole.filter((name) => !existsSync(name))).toEqual([]);
  });

  test("is locked by a run that lives, not by one that is dead or another program's number", () => {
    const lock = (pid: number, hostname = os.hostname()) => ({ pid, hostname, username: "u" });
    file("locks/organization/p/dev/1.json", JSON.stringify(lock(2 ** 22 + 1)));
    const [dead] = locksOf(`file://${state}`, "p", "dev") ?? [];
    expect(dead && isRunning(dead)).toBe(false);
    expect(isRunning(lock(process.pid))).toBe(false); // this process is no pulumi
    expect(isRunning(lock(1, "elsewhere"))).toBe("elsewhere");
    expect(locksOf("s3://bucket", "p", "dev")).toBeUndefined();
  });
});
