// Runs a Pulumi program without an engine: resources are collected, nothing is made. Started by collect.ts.
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type * as Pulumi from "@pulumi/pulumi";
import type { CollectedResource, ProgramReply, ProgramRequest } from "./protocol.ts";

/** The program's own copy of the SDK: two copies would not see each other's settings. */
const sdkOf = (folder: string): typeof Pulumi => createRequire(path.join(folder, "_.js"))("@pulumi/pulumi");

const providerName = (reference: string | undefined): string | undefined => reference?.split("::").at(-2); // urn:…::<type>::<name>::<id>

const collect = async ({ folder, main, project, stack, config }: ProgramRequest): Promise<ProgramReply> => {
  const pulumi = sdkOf(folder);
  const resources: CollectedResource[] = [];
  const mocks: Pulumi.runtime.Mocks = {
    newResource: ({ type, name, inputs, custom, provider }) => {
      const via = providerName(provider);
      resources.push({ type, name, inputs, custom: custom ?? true, ...(via === undefined ? {} : { provider: via }) });
      return { id: `${name}-id`, state: inputs };
    },
    call: () => ({}), // nobody to ask: what depends on the answer stays unknown
  };
  await pulumi.runtime.setMocks(mocks, project, stack, true);
  pulumi.runtime.setAllConfig(config);
  try {
    await pulumi.runtime.runInPulumiStack(async () => ({
      ...(await import(pathToFileURL(path.resolve(folder, main)).href)),
    }));
    await pulumi.runtime.disconnect();
    return { ok: true, resources };
  } catch (error) {
    const expected = pulumi.RunError.isInstance(error) || pulumi.ResourceError.isInstance(error);
    return { ok: false, expected, message: error instanceof Error ? messageOf(error, expected) : String(error) };
  }
};

const messageOf = (error: Error, expected: boolean): string =>
  expected ? error.message : (error.stack ?? error.message);

process.once("message", (request: ProgramRequest) => {
  process.chdir(request.folder);
  process.env["KASBAH_AS_OF"] = request.asOf;
  void collect(request).then((reply) => process.send?.(reply, () => process.exit(0)));
});
