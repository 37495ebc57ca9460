import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { engineWorkspace, ROOT, type Workspace } from "../support/engine.ts";

/** A Postgres whose image, size and flavors come of the environment; `NEWER` stands for a newer image of the same name. */
const PROGRAM = `
import * as pulumi from "@pulumi/pulumi";
import { openstack, Network, Postgres } from ${JSON.stringify(path.join(ROOT, "packages/openstack/src/index.ts"))};
import { place, THROWAWAY } from ${JSON.stringify(path.join(ROOT, "test/openstack/place.ts"))};
const { IMAGE = "debian-13", SIZE = "small", NEWER } = process.env;
if (NEWER !== undefined) pulumi.runtime.registerStackTransformation(({ type, props, opts }) =>
  type.endsWith(":ApplicationCredential")
    ? { props: { ...props, description: "Bootstrap of a server of image " + NEWER }, opts }
    : undefined);
const here = place({ image: IMAGE });
const opts = { provider: openstack.provider("here", here, {}) };
const common = { scope: THROWAWAY, class: "restricted", place: here };
const network = new Network("net", common, opts);
new Postgres("chunks", { ...common, datasets: ["contracts"], network, size: SIZE }, opts);
`;

let workspace: Workspace;

const pulumi = async (env: NodeJS.ProcessEnv, ...args: string[]): Promise<string> => {
  const { code, stdout, all } = await workspace.pulumi(args, { env });
  if (code !== 0) throw new Error(all);
  return stdout;
};

/** What would be done, as `<operation> <logical name>`, without what stays. */
const preview = async (env: NodeJS.ProcessEnv): Promise<string[]> => {
  const { steps }: { steps: readonly { op: string; urn: string }[] } = JSON.parse(
    await pulumi(env, "preview", "--json"),
  );
  const done = steps.filter(({ op }) => op !== "same").map(({ op, urn }) => `${op} ${urn.split("::").at(-1)}`);
  return done.map((line) => line.replace(/bootstrap-[0-9a-f]{8}/, "bootstrap")).sort();
};

beforeAll(async () => {
  workspace = await engineWorkspace();
  workspace.project({ "index.ts": PROGRAM }, "generations");
  await pulumi({}, "stack", "init", "test");
  await pulumi({}, "up", "--yes", "--skip-preview");
}, 120_000);

afterAll(() => workspace?.close());

test("a later hour and a newer image of the same name change nothing", { timeout: 60_000 }, async () => {
  expect(await preview({ NEWER: "image-of-tomorrow" })).toEqual([]);
});

test("another size changes the server in place", { timeout: 60_000 }, async () => {
  expect(await preview({ SIZE: "large" })).toEqual(["update chunks-server"]);
});

test("another image replaces server and credential together, and the volumes stay", { timeout: 120_000 }, async () => {
  const wanted = { IMAGE: "debian-13-march" };
  const steps = await preview(wanted);
  expect(steps.filter((step) => step.endsWith(" chunks-bootstrap"))).toEqual([
    "create chunks-bootstrap",
    "delete chunks-bootstrap",
  ]);
  expect(steps.filter((step) => step.startsWith("replace "))).toEqual([
    "replace chunks-backups-attachment",
    "replace chunks-data-attachment",
    "replace chunks-server",
  ]);
  expect(steps.filter((step) => /chunks-(data|backups|port|password)$/.test(step))).toEqual([]);
  await pulumi(wanted, "up", "--yes", "--skip-preview");
  expect(await preview(wanted)).toEqual([]);
});

test("the credential's secret and the user data are nowhere in plain in the state", () => {
  const state = workspace.stateFile("test") ?? expect.fail("no state");
  expect(state).not.toContain("#cloud-config");
  expect(state).not.toContain(Buffer.from("#cloud-config").toString("base64").slice(0, 16));
  const credential = JSON.parse(state).checkpoint.latest.resources.find(({ type }: { type: string }) =>
    type.endsWith(":ApplicationCredential"),
  );
  expect(credential.outputs.secret).toHaveProperty("ciphertext");
});
