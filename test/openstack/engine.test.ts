import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { engineWorkspace, ROOT, type Workspace } from "../support/engine.ts";

/** A throwaway Postgres and one for production whose image, size and settings come of the environment; `NEWER` stands for a newer image of the same name. */
const PROGRAM = `
import * as pulumi from "@pulumi/pulumi";
import { openstack, Network, Postgres } from ${JSON.stringify(path.join(ROOT, "packages/openstack/src/index.ts"))};
import { place, SCOPE, THROWAWAY } from ${JSON.stringify(path.join(ROOT, "test/openstack/place.ts"))};
const { IMAGE = "debian-13", SIZE = "small", NEWER, ROTATION = "1", WORK_MEM = "4MB", VAULT_KEYS = "1" } = process.env;
if (NEWER !== undefined) pulumi.runtime.registerStackTransformation(({ type, props, opts }) =>
  type.endsWith(":ApplicationCredential") && props.description !== undefined
    ? { props: { ...props, description: "Bootstrap of a server of image " + NEWER }, opts }
    : undefined);
const capabilities = { s3: "https://10.0.0.5:8080", identityAdmin: true };
const here = place({ image: IMAGE, capabilities });
const opts = { provider: openstack.provider("here", here, {}) };
const common = { class: "restricted", datasets: ["contracts"], place: here, size: SIZE };
const network = new Network("net", { ...common, scope: THROWAWAY }, opts);
const signingKey = pulumi.secret(Buffer.alloc(32, 7).toString("base64"));
const keysRef = "https://10.0.0.5:9311/v1/secrets/vault-" + VAULT_KEYS;
new Postgres("chunks", { ...common, scope: THROWAWAY, network }, opts);
new Postgres("vectors", {
  ...common,
  scope: { ...SCOPE, signingKey },
  network,
  vaults: [{ bucket: "vault", endpoint: "https://10.0.0.5:8080", region: "RegionOne", keysRef }],
  rotation: Number(ROTATION),
  parameters: { work_mem: WORK_MEM },
}, opts);
`;

let workspace: Workspace;

const pulumi = async (env: NodeJS.ProcessEnv, ...args: string[]): Promise<string> => {
  const { code, stdout, all } = await workspace.pulumi(args, { env });
  if (code !== 0) throw new Error(all);
  return stdout;
};

const plain = (name: string): string => name.replace(/(bootstrap|passwords)-[0-9a-f]{8}/, "$1");

/** What would be done, as `<operation> <logical name>`, without what stays. */
const preview = async (env: NodeJS.ProcessEnv): Promise<string[]> => {
  const { steps }: { steps: readonly { op: string; urn: string }[] } = JSON.parse(
    await pulumi(env, "preview", "--json"),
  );
  const done = steps.filter(({ op }) => op !== "same").map(({ op, urn }) => `${op} ${urn.split("::").at(-1)}`);
  return done.map(plain).sort();
};

interface Event {
  readonly resOutputsEvent?: { readonly metadata: { readonly op: string; readonly urn: string } };
}

/** What was done, in the order in which it was. */
const up = async (env: NodeJS.ProcessEnv): Promise<string[]> => {
  const log = path.join(workspace.folder, "events.json");
  await pulumi(env, "up", "--yes", "--skip-preview", "--event-log", log);
  const events = fs.readFileSync(log, "utf8").trim().split("\n");
  fs.rmSync(log);
  return events.flatMap((line) => {
    const { metadata } = (JSON.parse(line) as Event).resOutputsEvent ?? {};
    if (metadata === undefined || metadata.op === "same") return [];
    return [`${metadata.op} ${plain(metadata.urn.split("::").at(-1) ?? "")}`];
  });
};

beforeAll(async () => {
  workspace = await engineWorkspace();
  workspace.project({ "index.ts": PROGRAM }, "generations");
  await pulumi({}, "stack", "init", "test");
  await pulumi({}, "up", "--yes", "--skip-preview");
}, 180_000);

afterAll(() => workspace?.close());

test("a later hour and a newer image of the same name change nothing", { timeout: 180_000 }, async () => {
  expect(await preview({ NEWER: "image-of-tomorrow" })).toEqual([]);
});

test("another size changes a throwaway server in place, and makes new servers of a cluster", {
  timeout: 180_000,
}, async () => {
  const steps = await preview({ SIZE: "large" });
  expect(steps.filter((step) => / chunks-/.test(step))).toEqual(["update chunks-server"]);
  expect(steps.filter((step) => / vectors-.*server$/.test(step) && step.startsWith("replace "))).toHaveLength(3);
});

test("a setting and a rotated login reach a cluster as settings: no server is touched", {
  timeout: 180_000,
}, async () => {
  const done = await up({ ROTATION: "2", WORK_MEM: "64MB" });
  expect(done.sort()).toEqual([
    "create vectors-password-2",
    "create vectors-passwords",
    "delete vectors-passwords",
    "update vectors-settings-object",
  ]);
});

/** One after another: gone with its volume taken out, then made, before the next one goes. */
const INSTEAD = (number: number) => [
  `delete-replaced vectors-${number}-server`,
  `create-replacement vectors-${number}-server`,
];

test("another image replaces a server and its credential together; of a cluster, one server after another", {
  timeout: 180_000,
}, async () => {
  const wanted = { IMAGE: "debian-13-march", ROTATION: "2", WORK_MEM: "64MB" };
  const done = await up(wanted);
  const of = (pattern: RegExp) => done.filter((step) => pattern.test(step));
  expect(of(/ chunks-bootstrap$/)).toEqual(["create chunks-bootstrap", "delete chunks-bootstrap"]);
  expect(of(/^create-replacement chunks-/).sort()).toEqual([
    "create-replacement chunks-backups-attachment",
    "create-replacement chunks-data-attachment",
    "create-replacement chunks-server",
  ]);
  expect(of(/^(delete-replaced|create-replacement) vectors-\d-server$/)).toEqual([1, 2, 3].flatMap(INSTEAD));
  expect(of(/-(data|backups|port|password|password-\d|authority|cipher|seal)$/)).toEqual([]);
  expect(done.indexOf("update vectors-settings-object")).toBeLessThan(done.indexOf(INSTEAD(1)[0] ?? ""));
  expect(await preview(wanted)).toEqual([]);
});

test("other keys of a vault replace credentials and servers, and still one after another", {
  timeout: 180_000,
}, async () => {
  const wanted = { IMAGE: "debian-13-march", ROTATION: "2", WORK_MEM: "64MB", VAULT_KEYS: "2" };
  const done = await up(wanted);
  const servers = done.filter((step) => /^(delete-replaced|create-replacement) .*-server$/.test(step));
  expect(servers).toEqual([1, 2, 3].flatMap(INSTEAD));
});

test("no secret is in plain in the state: of credentials, keys, user data", () => {
  const state = workspace.stateFile("test") ?? expect.fail("no state");
  const seed = Buffer.alloc(32, 7);
  for (const text of ["#cloud-config", seed.toString("base64")]) {
    expect(state).not.toContain(text);
    expect(state).not.toContain(Buffer.from(text).toString("base64").slice(0, 16));
  }
  const resources: { type: string; outputs: Record<string, unknown> }[] = JSON.parse(state).checkpoint.latest.resources;
  const secrets = {
    ApplicationCredential: "secret",
    Ec2CredentialV3: "secret",
    SecretV1: "payload",
    Instance: "userData",
  };
  for (const [type, property] of Object.entries(secrets)) {
    const made = resources.filter((resource) => resource.type.endsWith(`:${type}`));
    expect(made.length, type).toBeGreaterThan(0);
    for (const { outputs } of made) expect(outputs[property], type).toHaveProperty("ciphertext");
  }
});
