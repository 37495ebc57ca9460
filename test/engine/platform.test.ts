import { drift } from "@kasbah/sandbox";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type PlatformWorkspace, platformWorkspace } from "../support/platform.ts";

const SLOW = 120_000;
let workspace: PlatformWorkspace;

const done = async (verb: string, ...args: readonly string[]): Promise<string> => {
  const { code, all } = await workspace.kasbah(verb, ...args);
  expect(code, all).toBe(0);
  return all;
};

/** The engine alone, without plan, preview and pack: what those do is tested where it matters. */
const built = async (): Promise<string> => {
  const { code, all } = await workspace.inSandbox("pulumi", "up", "--stack", "dev", "--yes", "--skip-preview");
  expect(code, all).toBe(0);
  return all;
};

const ofType = async (type: string) => (await workspace.objects()).filter((object) => object.type === type);

describe("a platform lives through the real engine", () => {
  beforeAll(() => {
    workspace = platformWorkspace();
  });
  afterAll(() => workspace.close());

  test("create: each workload comes up in the place that the plan chose", { timeout: SLOW }, async () => {
    const said = await done("up", "--sandbox");
    expect(said).toMatch(/document-store +│ → home +│ allowed +│ ma0908\.proc\.auth/);
    expect(said).toContain("Nothing real is touched".toLowerCase());
    expect((await ofType("openstack:objectstorage/container:Container")).map(({ name }) => name)).toEqual([
      "sme-rag-dev-document-store-bucket",
    ]);
    const [bucket] = await ofType("aws:s3/bucket:Bucket");
    expect(bucket).toMatchObject({ region: "eu-west-3", properties: { tags: { "kasbah-class": "public" } } });
  });

  test("again: no changes, and no secret in the state, in what was said, or in the user data, in plain text or base64", {
    timeout: SLOW,
  }, async () => {
    const state: { checkpoint: { latest: { resources: { type: string; inputs?: object; outputs?: object }[] } } } =
      JSON.parse(workspace.stateText());
    const { resources } = state.checkpoint.latest;
    const ofKind = (type: string) => resources.find((resource) => resource.type === type);
    const sealed = /4dabf18193072939515e22adb298388d/; // the engine's mark of an encrypted value
    expect(JSON.stringify(ofKind("openstack:compute/instance:Instance")?.inputs)).toMatch(sealed);
    expect(workspace.stateText()).not.toMatch(/#cloud-config|BEGIN [A-Z ]*PRIVATE KEY/);
    expect(workspace.stateText()).not.toContain(Buffer.from("#cloud-config").toString("base64").slice(0, 16));
    const credential = await workspace.inSandbox("pulumi", "stack", "export", "--stack", "dev", "--show-secrets");
    const shown: { deployment: { resources: { type: string; outputs?: Record<string, unknown> }[] } } = JSON.parse(
      credential.stdout,
    );
    const made = shown.deployment.resources.find(
      ({ type }) => type === "openstack:identity/applicationCredential:ApplicationCredential",
    );
    const secret = String(Object(made?.outputs?.["secret"])["plaintext"] ?? made?.outputs?.["secret"]).replaceAll(
      '"',
      "",
    );
    expect(secret.length).toBeGreaterThan(16); // there is a secret to look for
    const said = await done("up", "--sandbox");
    expect(said).toMatch(/Resources:\s+36 unchanged/);
    for (const text of [workspace.stateText(), said]) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(Buffer.from(secret).toString("base64"));
    }
  });

  test("update: a longer retention changes what it touches and nothing else", { timeout: SLOW }, async () => {
    workspace.edit(({ workloads }) => {
      Object.assign(workloads["product-docs-store"] ?? {}, { retentionDays: 60 });
    });
    expect(await built()).toMatch(/~ 1 updated\s+35 unchanged/);
    const [lifecycle] = await ofType("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration");
    expect(JSON.stringify(lifecycle?.properties["rules"])).toContain('"noncurrentDays":60');
  });

  test("replace: a new image makes a new server with a credential of its own, and keeps the data volume", {
    timeout: SLOW,
  }, async () => {
    const before = await ofType("openstack:blockstorage/volume:Volume");
    workspace.edit(({ places }) => {
      Object.assign(Object(places["home"]?.["openstack"]), { image: "debian-13-hardened" });
    });
    const said = await built();
    expect(said).toMatch(/compute:Instance vector-store-server (replaced|created)/);
    expect(said).toMatch(/identity:ApplicationCredential vector-store-bootstrap-[0-9a-f]{8} created/);
    expect((await ofType("openstack:blockstorage/volume:Volume")).map(({ id }) => id)).toEqual(
      before.map(({ id }) => id),
    );
    expect(await ofType("openstack:compute/instance:Instance")).toHaveLength(1);
    expect(await ofType("openstack:identity/applicationCredential:ApplicationCredential")).toHaveLength(1);
  });

  test("drift: what somebody opened is found by a refresh and closed by the next up", { timeout: SLOW }, async () => {
    const [block] = await ofType("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock");
    if (block === undefined) throw new Error("there is no public access block");
    drift(workspace.sandbox, `${block.type} ${block.id}`, { blockPublicPolicy: false });
    const refreshed = await workspace.inSandbox("pulumi", "refresh", "--stack", "dev", "--yes", "--skip-preview");
    expect(refreshed.all).toMatch(/~ 1 updated/);
    expect(await built()).toMatch(/~ 1 updated/);
    const [mended] = await ofType("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock");
    expect(mended?.properties["blockPublicPolicy"]).toBe(true);
  });

  test("destroy: nothing is left", { timeout: SLOW }, async () => {
    expect(await done("down", "--sandbox")).toContain("Nothing is left in the simulated cloud.");
    expect(await workspace.objects()).toEqual([]);
  });
});

describe("what is refused, and what goes wrong", () => {
  afterEach(() => workspace.close());

  test("a cloud that fails in the middle: exit 4, and the next up finishes with nothing twice", {
    timeout: SLOW,
  }, async () => {
    workspace = platformWorkspace();
    workspace.faults([
      { on: "create", type: "openstack:networking/subnet:Subnet", do: "fail", message: "ServiceUnavailable" },
    ]);
    const failed = await workspace.kasbah("up", "--sandbox");
    expect(failed.code, failed.all).toBe(4);
    expect(failed.all).toContain("ServiceUnavailable");
    expect(await built()).toMatch(/Resources:/);
    expect(await workspace.objects()).toHaveLength(workspace.stateObjects().length);
    expect(await ofType("openstack:networking/network:Network")).toHaveLength(1);
  });

  test("a replica abroad in the declaration is refused by law before the engine starts: exit 1", {
    timeout: SLOW,
  }, async () => {
    workspace = platformWorkspace();
    workspace.edit(({ workloads }) => {
      Object.assign(workloads["vector-store"] ?? {}, { replicas: ["europe"] });
    });
    const refused = await workspace.kasbah("up", "--sandbox");
    expect(refused.code, refused.all).toBe(1);
    expect(refused.stdout).toMatch(/replicate from home to europe is refused.*ma0908\.xfer\.listed.*art\. 43/);
    expect(refused.all).not.toContain("Previewing");
    expect(await workspace.objects()).toEqual([]);
  });

  test("five mistakes in two layers: five lines, exit 2, no stack trace, nothing made", { timeout: SLOW }, async () => {
    workspace = platformWorkspace();
    workspace.edit(({ workloads }) => {
      Object.assign(workloads["vector-store"] ?? {}, { storageGiB: 5, sise: "small", datasets: ["vectrs"] });
      Object.assign(workloads["document-store"] ?? {}, { retentionDays: "many", places: ["mars"] });
    });
    const refused = await workspace.kasbah("up", "--sandbox");
    expect(refused.code, refused.all).toBe(2);
    expect(refused.stderr.trim().split("\n")).toHaveLength(5);
    expect(refused.stderr).toMatch(
      /^platform\.yaml: workloads\.vector-store\.storageGiB: expected at least 20, got 5/m,
    );
    expect(refused.all).not.toMatch(/^\s+at .*:\d+/m);
    expect(await workspace.objects()).toEqual([]);
  });

  test("what is protected stays: production refuses to be destroyed", { timeout: SLOW }, async () => {
    workspace = platformWorkspace();
    workspace.edit((declaration) => Object.assign(declaration, { preset: "production" }));
    const overlaid = await workspace.inSandbox(
      "pulumi",
      "config",
      "set",
      "kasbah:platform",
      '{"preset":"production"}',
      "--stack",
      "dev",
    );
    expect(overlaid.code, overlaid.all).toBe(0);
    const up = await workspace.inSandbox("pulumi", "up", "--stack", "dev", "--yes", "--skip-preview");
    expect(up.code, up.all).toBe(0);
    const before = await workspace.objects();
    const down = await workspace.kasbah("down", "--sandbox");
    expect(down.code, down.all).toBe(4);
    expect(down.all).toContain("protect");
    expect(await workspace.objects()).toEqual(before); // nor is anything else gone
  });

  test("production differs from development by configuration only, and plans", { timeout: SLOW }, async () => {
    workspace = platformWorkspace();
    const { code, stdout, all } = await workspace.kasbah("plan", "--stack", "prod", "--json");
    expect(code, all).toBe(0);
    const { resources }: { resources: { type: string; inputs: Record<string, unknown> }[] } = JSON.parse(stdout);
    const server = resources.find(({ type }) => type === "openstack:compute/instance:Instance");
    expect(server?.inputs["flavorName"]).toBe("m1.xlarge");
  });

  test.each([
    ["a stack that is not there", ["plan", "--stack", "staging"], /no stack staging in .*: its stacks are dev, prod\./],
    ["a day that is none", ["plan", "--as-of", "2026-02-30"], /expected a day as YYYY-MM-DD/],
  ])("%s: one sentence, exit 2", async (_, [verb = "", ...args], sentence) => {
    workspace = platformWorkspace();
    const refused = await workspace.kasbah(verb, ...args);
    expect(refused.code, refused.all).toBe(2);
    expect(refused.stderr.trim().split("\n")).toHaveLength(1);
    expect(refused.stderr).toMatch(sentence);
  });
});
