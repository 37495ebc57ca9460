// Runs a Pulumi program without an engine: resources are collected, nothing is made. Started by collect.ts.
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type * as Pulumi from "@pulumi/pulumi";
import type { CollectedResource, ProgramReply, ProgramRequest } from "./protocol.ts";
import { answerReferences, outputsOf } from "./references.ts";
import { resolveWithoutEnding } from "./resolve.ts";
import { type Heard, hear } from "./wire.ts";

/** The program's own copy of the SDK: two copies would not see each other's settings. */
const sdkOf = (folder: string): typeof Pulumi => createRequire(path.join(folder, "_.js"))("@pulumi/pulumi");

const providerName = (reference: string | undefined): string | undefined => reference?.split("::").at(-2); // urn:…::<type>::<name>::<id>

const collect = async (request: ProgramRequest): Promise<ProgramReply> => {
  const { folder, main, project, stack, config, wire } = request;
  const pulumi = sdkOf(folder);
  const resources: CollectedResource[] = [];
  const asked = new Set<string>();
  const failures: unknown[] = [];
  if (wire !== undefined) process.on("unhandledRejection", (reason) => failures.push(reason));
  const mocks: Pulumi.runtime.Mocks = {
    newResource: ({ type, name, inputs, custom, provider }) => {
      const via = providerName(provider);
      resources.push({ type, name, inputs, custom: custom ?? true, ...(via === undefined ? {} : { provider: via }) });
      // Nobody has made it: where it is judged as the engine would be told of it, its id is not known.
      return { id: wire === undefined ? `${name}-id` : "", state: inputs };
    },
    call: ({ token }) => {
      asked.add(token);
      return {}; // nobody to ask: what depends on the answer stays unknown
    },
  };
  await pulumi.runtime.setMocks(mocks, project, stack, true);
  pulumi.runtime.setAllConfig(config, [...(wire?.secretKeys ?? [])]);
  const heard = wire === undefined ? undefined : hear(pulumi, folder);
  if (wire !== undefined) {
    answerReferences(pulumi, wire.stacks);
    resolveWithoutEnding();
  }
  try {
    let exported: Readonly<Record<string, unknown>> = {};
    await pulumi.runtime.runInPulumiStack(async () => {
      exported = { ...(await import(pathToFileURL(path.resolve(folder, main)).href)) };
      return exported;
    });
    await pulumi.runtime.disconnect();
    if (heard === undefined) return { ok: true, resources };
    const told = await wireOf(pulumi, heard, exported);
    await new Promise((done) => setImmediate(done));
    if (failures.length > 0) throw failures[0]; // a resource is missing that would have been judged
    return { ok: true, resources, wire: told };
  } catch (error) {
    const expected = pulumi.RunError.isInstance(error) || pulumi.ResourceError.isInstance(error);
    const message = error instanceof Error ? messageOf(error, expected) : String(error);
    return { ok: false, expected, message, ...(asked.size === 0 ? {} : { asked: [...asked] }) };
  }
};

/** Each resource as the engine would be told of it, and the stack's outputs. */
const wireOf = async (pulumi: typeof Pulumi, heard: Heard, exported: Readonly<Record<string, unknown>>) => {
  const { resources, outputs } = heard;
  const stack = resources.find(({ type }) => type === "pulumi:pulumi:Stack");
  return { resources, outputs: await outputsOf(pulumi, exported, outputs.get(stack?.urn ?? "") ?? {}) };
};

const messageOf = (error: Error, expected: boolean): string =>
  expected ? error.message : (error.stack ?? error.message);

process.once("message", (request: ProgramRequest) => {
  process.chdir(request.folder);
  process.env["KASBAH_AS_OF"] = request.asOf;
  void collect(request).then((reply) => process.send?.(reply, () => process.exit(0)));
});
