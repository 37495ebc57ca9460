import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import grpc from "@grpc/grpc-js";
import rpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import pb from "@pulumi/pulumi/proto/provider_pb.js";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { type Fault, listSandbox, parseFaults } from "../../packages/sandbox/src/index.ts";
import { wrap } from "../../packages/sandbox/src/wire.ts";
import { ask, folder, simulated } from "./support.ts";

const BUCKET = "aws:s3/bucket:Bucket";
const main = fileURLToPath(new URL("../../packages/sandbox/src/main.ts", import.meta.url));

describe("faults.json", () => {
  it("is refused with everything that is wrong with it", () => {
    const text = JSON.stringify([{ on: "make", nth: 0, do: "fail", why: 1 }, 7, { on: "create", do: "slow", ms: "1" }]);
    const problems = (() => {
      try {
        parseFaults(text);
      } catch (error) {
        return String(error);
      }
      return "";
    })();
    expect(problems).toContain("faults.json[0].why: not known; known are on, type, nth, do, ms, message");
    expect(problems).toContain('faults.json[0].on: expected one of create, read, update, delete, invoke, got "make"');
    expect(problems).toContain("faults.json[0].nth: expected a whole number from 1, got 0");
    expect(problems).toContain("faults.json[1]: expected an object, got 7");
    expect(problems).toContain('faults.json[2].ms: expected a whole number from 1, got "1"');
    expect(() => parseFaults("{")).toThrow(/^faults.json: not JSON/);
    expect(() => parseFaults("{}")).toThrow(/expected a list/);
  });

  it("stops a call that it is wrong for", async () => {
    const { make, where } = await simulated("aws");
    ask(where, { on: "create", do: "explode" } as unknown as Fault);
    await expect(make(BUCKET, { bucket: "a" })).rejects.toThrow(/^simulated aws: faults.json\[0\].do: expected one of/);
  });
});

describe("a fault", () => {
  it("fails the n-th matching call and no other, counted over several processes", async () => {
    const where = folder();
    const [one, two] = [await simulated("aws", where), await simulated("aws", where)];
    ask(where, { on: "create", type: BUCKET, nth: 2, do: "fail", message: "SlowDown: please" });
    await one.make("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16" });
    await one.make(BUCKET, { bucket: "a" });
    await expect(two.make(BUCKET, { bucket: "b" })).rejects.toThrow("simulated aws: SlowDown: please");
    await two.make(BUCKET, { bucket: "b" });
    expect(listSandbox(where).map(({ id }) => id)).toEqual(expect.arrayContaining(["a", "b"]));
  });

  it("throttles: the provider tries again, succeeds, and says so", async () => {
    const { make, where, said } = await simulated("aws");
    ask(where, { on: "create", do: "throttle" });
    await make(BUCKET, { bucket: "a" });
    expect(said).toEqual([expect.stringMatching(/^simulated aws: Throttling: Rate exceeded on create/)]);
  });

  it("slows a call down", async () => {
    const { make, where } = await simulated("aws");
    ask(where, { on: "create", do: "slow", ms: 150 });
    const start = performance.now();
    await make(BUCKET, { bucket: "a" });
    expect(performance.now() - start).toBeGreaterThanOrEqual(145);
  });

  it.each([
    ["crash", ["provider"], 0],
    ["kill-engine-before", ["engine", "provider"], 0],
    ["kill-engine-after", ["engine", "provider"], 1],
  ] as const)("%s kills whom it says, and the object is there or is not", async (deed, killed, left) => {
    const simulation = await simulated("aws");
    ask(simulation.where, { on: "create", do: deed });
    await expect(simulation.make(BUCKET, { bucket: "a" })).rejects.toThrow();
    expect(simulation.killed).toEqual(killed);
    expect(listSandbox(simulation.where)).toHaveLength(left);
  });

  it.each(["read", "update", "delete", "invoke"] as const)("strikes %s as well", async (on) => {
    const { make, provider, where } = await simulated("aws");
    const { id, properties } = await make(BUCKET, { bucket: "a" });
    ask(where, { on, do: "fail", message: "no" });
    const calls = {
      read: () => provider.read(BUCKET, id, properties, ""),
      update: () => provider.update(BUCKET, id, { bucket: "a" }, properties, ""),
      delete: () => provider.delete(BUCKET, id, properties, ""),
      invoke: () => provider.invoke("aws:index/getRegion:getRegion", {}),
    };
    await expect(calls[on]()).rejects.toThrow("simulated aws: no");
    await calls[on]();
  });
});

/** A provider process under a shell that stands for the engine, and a way to ask it for a bucket. */
async function underEngine(where: string) {
  const command = `"$0" --disable-warning=ExperimentalWarning "$1" aws & echo "provider $!"; wait`;
  const engine: ChildProcess = spawn("sh", ["-c", command, process.execPath, main], {
    env: { ...process.env, KASBAH_SANDBOX: where },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  engine.stdout?.setEncoding("utf8").on("data", (more: string) => {
    text += more;
  });
  onTestFinished(() => void engine.kill("SIGKILL"));
  const found = (pattern: RegExp) =>
    vi.waitFor(() => Number(pattern.exec(text)?.[1] ?? fail(text)), { timeout: 10_000 });
  const [pid, port] = [await found(/provider (\d+)/), await found(/^(\d+)$/m)];
  const client = new rpc.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  onTestFinished(() => client.close());
  const create = () =>
    new Promise<string>((resolve) => {
      const request = new pb.CreateRequest();
      request.setType(BUCKET);
      request.setUrn("urn:pulumi:dev::p::aws:s3/bucket:Bucket::b");
      request.setProperties(wrap({ bucket: "a", region: "eu-west-3" }));
      client.create(request, (error, response) => resolve(error ? "lost" : response.getId()));
    });
  const gone = () => vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow(), { timeout: 5000 });
  return { engine, create, gone };
}

function fail(text: string): never {
  throw new Error(`not said yet: ${text}`);
}

describe("the provider process", () => {
  it("answers, and ends when its engine is killed", async () => {
    const where = folder();
    const { engine, create, gone } = await underEngine(where);
    expect(await create()).toBe("a");
    engine.kill("SIGKILL");
    await gone();
  });

  it.each([
    ["kill-engine-before", 0],
    ["kill-engine-after", 1],
  ] as const)("%s really kills the engine and itself", async (deed, left) => {
    const where = folder();
    const { engine, create, gone } = await underEngine(where);
    ask(where, { on: "create", do: deed });
    const ended = once(engine, "exit");
    expect(await create()).toBe("lost");
    expect(await ended).toEqual([null, "SIGKILL"]);
    await gone();
    expect(listSandbox(where)).toHaveLength(left);
  });

  it("crashes alone when that is asked for", async () => {
    const where = folder();
    const { create, gone } = await underEngine(where);
    ask(where, { on: "create", do: "crash" });
    expect(await create()).toBe("lost");
    await gone();
    expect(listSandbox(where)).toEqual([]);
  });
});
