import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import net, { type AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { askClouds } from "../../packages/cli/src/recover/ask.ts";
import { adopt, type ExportedStack, type StateResource } from "../../packages/cli/src/recover/deployment.ts";
import { locksIn } from "../../packages/cli/src/recover/lock.ts";
import { endLeftovers } from "../../packages/cli/src/recover/processes.ts";
import { recoverStack } from "../../packages/cli/src/recover/recover.ts";

const TYPE = "openstack:keymanager/secretV1:SecretV1";
const PROVIDER = "urn:pulumi:dev::p::pulumi:providers:openstack::home";
const resource = (name: string, more: Partial<StateResource> = {}): StateResource => ({
  urn: `urn:pulumi:dev::p::${TYPE}::${name}`,
  type: TYPE,
  custom: true,
  inputs: { name },
  provider: `${PROVIDER}::1`,
  ...more,
});
const stack = (...begun: StateResource[]): ExportedStack => ({
  version: 3,
  deployment: { resources: [], pending_operations: begun.map((one) => ({ type: "creating", resource: one })) },
});

describe("what the cloud has of a killed run", () => {
  test("and is of no use goes into the state marked, so that the next up replaces it, protected or not", () => {
    const found = [{ resource: resource("a", { protect: true }), id: "1", unusable: "it has no payload" }];
    const [kept] = adopt(stack(), found).deployment.resources ?? [];
    expect(kept).toMatchObject({ id: "1", taint: true, protect: false });
  });

  test("and is whole stays protected, with what the provider keeps otherwise", () => {
    const found = [{ resource: resource("a", { protect: true }), id: "1", outputs: { userData: "hash" } }];
    const [kept] = adopt(stack(), found).deployment.resources ?? [];
    expect(kept).toEqual({ ...resource("a", { protect: true }), id: "1", outputs: { name: "a", userData: "hash" } });
  });

  test("and could be somebody else's is asked of a person, though there is one only", async () => {
    const ask = async () => [{ id: "k1", by: "natural-key" as const, doubt: "keys look alike" }];
    await expect(recoverStack(stack(resource("a")), ask)).rejects.toMatchObject({
      exitCode: 4,
      message: expect.stringMatching(/SecretV1 a: k1 \(keys look alike\)/),
    });
  });

  test("and cannot be asked for is said for every resource at once, and nothing is changed", async () => {
    const ask = async ({ urn }: StateResource) => Promise.reject(new Error(`no rule for ${urn.at(-1)}`));
    await expect(recoverStack(stack(resource("a"), resource("b")), ask)).rejects.toMatchObject({
      message: expect.stringMatching(/no rule for a[\s\S]*no rule for b/),
    });
  });
});

describe("real clouds", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "kasbah-clouds-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** A package of operations as a stack's own dependency, which says what it was asked. */
  const install = (): void => {
    const home = path.join(folder, "node_modules/@kasbah/openstack");
    mkdirSync(home, { recursive: true });
    const exports = { "./operations": "./operations.js" };
    writeFileSync(
      path.join(home, "package.json"),
      JSON.stringify({ name: "@kasbah/openstack", type: "module", exports }),
    );
    writeFileSync(
      path.join(home, "operations.js"),
      `export const operations = {
        connect: async ({ provider }) => ({ lookup: async ({ inputs }) => [{ id: JSON.stringify([provider, inputs]), by: "name" }] }),
      };`,
    );
  };
  const secret = (plaintext?: string) => ({
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    ...(plaintext === undefined ? { ciphertext: "v1:x" } : { plaintext: JSON.stringify(plaintext) }),
  });
  const asked = (clear?: string) => {
    const begun = resource("a", { inputs: { name: secret(clear), list: [secret(clear)] } });
    const inputs = { region: "R1", authUrl: "https://x/v3", password: secret(clear) };
    const provider = resource("home", { urn: PROVIDER, type: "pulumi:providers:openstack", inputs });
    return { ...stack(begun), deployment: { ...stack(begun).deployment, resources: [provider] } };
  };

  test("are asked by what was really given, and by what the provider was told in clear", async () => {
    install();
    const exported = asked();
    const ask = askClouds({ exported, decrypted: asked("shown"), folder, env: {} });
    const [begun] = exported.deployment.pending_operations ?? [];
    const found = await ask(begun?.resource ?? resource("none"));
    const [provider, inputs] = JSON.parse(found[0]?.id ?? "[]");
    expect(provider).toEqual({ region: "R1", authUrl: "https://x/v3" });
    expect(inputs).toEqual({ name: "shown", list: ["shown"] });
  });

  test("whose operations are not installed in the stack are a missing tool, with the command that mends it", async () => {
    const ask = askClouds({ exported: stack(), decrypted: stack(), folder, env: {} });
    await expect(ask(resource("a"))).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining("npm install @kasbah/openstack"),
    });
  });

  test("without look-ups say so", async () => {
    const ask = askClouds({ exported: stack(), decrypted: stack(), folder, env: {} });
    await expect(ask(resource("a", { type: "aws:s3/bucket:Bucket" }))).rejects.toMatchObject({
      message: expect.stringContaining("look-ups in aws do not exist yet"),
    });
  });
});

test("who holds a lock, in the engine's own words", () => {
  const said = `error: the stack is currently locked by 2 lock(s). Either wait for the other process(es) to end or delete the lock file with \`pulumi cancel\`.
  s3://b/.pulumi/locks/organization/p/dev/1.json: created by root@host-1 (pid 42) at 2026-11-21T10:00:00Z
  s3://b/.pulumi/locks/organization/p/dev/2.json: created by A Name@host-2 (pid 7) at 2026-11-21T10:00:00Z`;
  expect(locksIn(said)).toEqual([
    { username: "root", hostname: "host-1", pid: 42 },
    { username: "A Name", hostname: "host-2", pid: 7 },
  ]);
});

describe.runIf(existsSync("/proc/self/cmdline"))("providers of a project", () => {
  let folder = "";
  let child: ChildProcess | undefined;
  const engine = net.createServer();
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "kasbah-left-"));
  });
  afterEach(() => {
    child?.kill("SIGKILL");
    engine.close();
    rmSync(folder, { recursive: true, force: true });
  });
  /** A program of that name, in that folder, with that address among its words. */
  const provider = async (cwd: string, address: string): Promise<ChildProcess> => {
    const script = path.join(folder, "pulumi-resource-lab");
    writeFileSync(script, "#!/bin/sh\nwhile :; do sleep 1; done\n", { mode: 0o755 });
    child = spawn(script, [address], { cwd, stdio: "ignore" });
    await new Promise((resolve) => child?.once("spawn", resolve));
    return child;
  };
  const listening = async (): Promise<string> => {
    await new Promise<void>((resolve) => engine.listen(0, "127.0.0.1", resolve));
    return `127.0.0.1:${(engine.address() as AddressInfo).port}`;
  };

  test("whose engine is gone are ended", async () => {
    const address = await listening();
    await new Promise((resolve) => engine.close(resolve));
    const { pid } = await provider(folder, address);
    expect(await endLeftovers(folder)).toEqual([{ pid, name: "pulumi-resource-lab" }]);
    await expect.poll(() => child?.signalCode ?? child?.exitCode).not.toBeNull();
  });

  test("whose engine answers, and those of another folder, go on", async () => {
    const running = await provider(folder, await listening());
    expect(await endLeftovers(folder)).toEqual([]);
    expect(await endLeftovers(path.join(folder, "other"))).toEqual([]);
    expect([running.exitCode, running.signalCode]).toEqual([null, null]);
  });
});
