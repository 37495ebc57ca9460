import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { policyConfig } from "../../packages/policy/src/index.ts";
import { HOUSE, TODAY } from "../policy/support.ts";
import { engineWorkspace, ROOT, type Run, type Workspace } from "../support/engine.ts";

const SLOW = 120_000;
const PACK = path.join(ROOT, "policy-packs", "residency");

const head = `
import { Role } from "@pulumi/aws/iam/role.js";
import { Key } from "@pulumi/aws/kms/key.js";
import { Provider } from "@pulumi/aws/provider.js";
import { Bucket } from "@pulumi/aws/s3/bucket.js";
import { BucketReplicationConfig } from "@pulumi/aws/s3/bucketReplicationConfig.js";
import { BucketVersioning } from "@pulumi/aws/s3/bucketVersioning.js";
import { Volume } from "@pulumi/openstack/blockstorage/volume.js";

const open = { "kasbah-class": "public", "kasbah-datasets": "product-docs" };
const secret = { "kasbah-class": "restricted", "kasbah-datasets": "vectors" };
const role = new Role("replicator", { assumeRolePolicy: "{}" });
const copy = (name, source, destination) =>
  new BucketReplicationConfig(name, {
    bucket: source,
    role: role.arn,
    rules: [{ status: "Enabled", destination: { bucket: destination } }],
  });
`;

/** Public data copied abroad; restricted data copied at home, by references that a first preview cannot know. */
const clean = `${head}
const key = new Key("key", { tags: open });
const bucket = (name, tags, more) => {
  const made = new Bucket(name, { tags, bucket: key.keyId.apply((id) => name + "-" + id.slice(0, 8)), ...more });
  const args = { bucket: made.id, region: more?.region, versioningConfiguration: { status: "Enabled" } };
  return { arn: made.arn, versioned: new BucketVersioning(name, args).bucket };
};
copy("docs", bucket("docs", open).versioned, bucket("mirror", open, { region: "us-east-1" }).arn);
const inside = { "kasbah-class": "restricted" };
copy("inside", bucket("store", inside).versioned, bucket("second", inside).arn);
new Volume("data", { size: 1, metadata: secret, region: "RegionOne" });
`;

/** The breach: a bucket of restricted data, and one line that copies it abroad. What may be made is made before. */
const breach = `${head}
const store = new Bucket("store", { tags: { "kasbah-class": "restricted" }, region: "eu-west-3", bucket: "store-example" });
const abroad = new Bucket("abroad", { tags: open, region: "us-east-1", bucket: "abroad-example" });
copy("leak", store.bucket, abroad.arn);
`;

let workspace: Workspace;
let files = 0;
beforeAll(async () => {
  workspace = await engineWorkspace();
}, SLOW);
afterAll(() => workspace.close());

/** Writes a project with its stack, and gives back how to run it with the pack. */
const project = async (name: string, program: string, config?: unknown) => {
  workspace.project({ "index.ts": `// @ts-nocheck\n${program}` }, name);
  await workspace.pulumi(["stack", "init", "dev"]);
  for (const setting of ["aws:region=eu-west-3", "openstack:region=RegionOne"]) {
    await workspace.pulumi(["config", "set", ...setting.split("="), "--stack", "dev"]);
  }
  const given: string[] = [];
  if (config !== undefined) {
    const file = path.join(workspace.folder, `config-${++files}.json`);
    fs.writeFileSync(file, JSON.stringify(config));
    given.push("--policy-pack-config", file);
  }
  return (...args: string[]): Promise<Run> =>
    workspace.pulumi([...args, "--stack", "dev", "--policy-pack", PACK, ...given]);
};

/** Types in the state, beside the stack and the providers. */
const made = (): readonly string[] => {
  const state: { checkpoint?: { latest?: { resources?: readonly { readonly type: string }[] } } } = JSON.parse(
    workspace.stateFile("dev") ?? "{}",
  );
  const types = (state.checkpoint?.latest?.resources ?? []).map(({ type }) => type);
  return types.filter((type) => !type.startsWith("pulumi:"));
};

/** The home of the breach is France: a class alone may be there. */
const FRANCE = policyConfig(HOUSE, "dev", TODAY, ["FR"]);

describe("the residency pack on the real engine", () => {
  test("a clean program passes, in its first preview too, and comes up", { timeout: SLOW }, async () => {
    const run = await project("clean", clean, FRANCE);
    const preview = await run("preview");
    expect(preview.code, preview.all).toBe(0);
    expect(preview.all).toContain(`residency: judged as of ${TODAY}, by the declaration of sme-rag (dev)`);
    expect(preview.all).not.toMatch(/advisory|can't run/);
    expect(made()).toEqual([]);
    const up = await run("up", "--yes");
    expect(up.code, up.all).toBe(0);
    expect(made()).toContain("aws:s3/bucketReplicationConfig:BucketReplicationConfig");
    const again = await run("up", "--yes", "--skip-preview", "--expect-no-changes");
    expect(again.code, again.all).toBe(0);
  });

  test("a replication abroad is refused in the preview: wanted, found, mend", { timeout: SLOW }, async () => {
    const run = await project("breach", breach, FRANCE);
    const preview = await run("preview");
    expect(preview.code, preview.all).toBe(1);
    expect(preview.all).toMatch(/\[mandatory\] +residency +\(aws:s3:BucketReplicationConfig: leak\)/);
    expect(preview.all).toContain(
      "keep-copies-in-permitted-places: rules.0.destination.bucket: wanted restricted data in FR, found aws/us-east-1 (stored in US)",
    );
    expect(preview.all).toContain("Name its data sets in the label kasbah-datasets");
    expect(preview.all).not.toContain("(aws:s3:Bucket: store)");
    expect(made()).toEqual([]);
  });

  test("with --skip-preview nothing is made of it", { timeout: SLOW }, async () => {
    const run = await project("breach-skip", breach, FRANCE);
    const up = await run("up", "--yes", "--skip-preview");
    expect(up.code, up.all).toBe(1);
    expect(up.all).toContain("keep-copies-in-permitted-places");
    expect(made()).not.toContain("aws:s3/bucketReplicationConfig:BucketReplicationConfig");
  });

  test("restricted data of a data set abroad: the finding cites rule, instrument and article", {
    timeout: SLOW,
  }, async () => {
    const program = `${head}\nnew Bucket("vectors", { tags: secret, region: "eu-west-3" });`;
    const run = await project("abroad", program, policyConfig(HOUSE, "dev", TODAY));
    const preview = await run("preview");
    expect(preview.code, preview.all).toBe(1);
    expect(preview.all).toContain(
      "vectors only where the law permits (home), found europe = aws/eu-west-3 (stored in FR)",
    );
    expect(preview.all).toMatch(/needs-formality by ma0908\.xfer\.listed.*Law 09-08.*art\. 43.*cndp-transfer/);
    const skipped = await run("up", "--yes", "--skip-preview");
    expect(skipped.code).not.toBe(0);
    expect(made()).not.toContain("aws:s3/bucket:Bucket");
  });

  test("a missing label and an unknown class are refused", { timeout: SLOW }, async () => {
    const program = `${head}
new Bucket("bare", { tags: { Name: "bare" } });
new Bucket("odd", { tags: { "kasbah-class": "top-secret" } });
`;
    const run = await project("labels", program);
    const preview = await run("preview");
    expect(preview.code).not.toBe(0);
    expect(preview.all).toMatch(/require-class-label: tags\.kasbah-class: wanted one of public.*found nothing/);
    expect(preview.all).toMatch(/require-class-label: tags\.kasbah-class: wanted one of public.*found top-secret/);
    const up = await run("up", "--yes", "--skip-preview");
    expect(up.code).not.toBe(0);
    expect(made()).not.toContain("aws:s3/bucket:Bucket");
  });

  test("labels only: public data pass, restricted data are refused and told what to pass", {
    timeout: SLOW,
  }, async () => {
    const run = await project("bare", `${head}\nnew Bucket("docs", { tags: open, region: "us-east-1" });`);
    const passed = await run("preview");
    expect(passed.code, passed.all).toBe(0);
    expect(passed.all).toContain("residency: judged by labels only");
    const refused = await (await project("bare-refused", `${head}\nnew Bucket("b", { tags: secret });`))("preview");
    expect(refused.code).not.toBe(0);
    expect(refused.all).toContain("Pass the declaration in the pack's configuration");
  });

  test("a broken declaration lets nothing through, and all its problems are told", { timeout: SLOW }, async () => {
    const broken = { ...HOUSE, platform: "Not A Name", datasets: { documents: { class: "secret" } } };
    const run = await project("closed", clean, policyConfig(broken, "dev", TODAY));
    const up = await run("up", "--yes", "--skip-preview");
    expect(up.code, up.all).toBe(1);
    expect(up.all).toContain("nothing is let through");
    expect(up.all).toContain("declaration.platform: expected");
    expect(up.all).toContain("declaration.datasets.documents.class: expected");
    expect(made()).toEqual([]);
  });

  test("a configuration of the wrong shape stops the engine", { timeout: SLOW }, async () => {
    const run = await project("shape", clean, { residency: { declaration: "platform.yaml" } });
    const up = await run("up", "--yes", "--skip-preview");
    expect(up.code, up.all).toBe(1);
    expect(made()).toEqual([]);
  });

  test("what a preview cannot know is refused, not advised", { timeout: SLOW }, async () => {
    const program = `${head}
const key = new Key("key", { tags: open });
new Bucket("class", { tags: { "kasbah-class": key.keyId.apply(() => "public") } });
const store = new Bucket("store", { tags: { "kasbah-class": "restricted" }, bucket: "store-example" });
copy("blind", store.bucket, key.keyId.apply((id) => "arn:aws:s3:::" + id));
const elsewhere = new Provider("elsewhere", { region: key.keyId.apply(() => "eu-west-3") });
new Bucket("region", { tags: { "kasbah-class": "restricted" } }, { provider: elsewhere });
`;
    const run = await project("unknown", program, FRANCE);
    const preview = await run("preview");
    expect(preview.code, preview.all).toBe(1);
    expect(preview.all).toMatch(/found cannot decide: tags\.kasbah-class is not known yet/);
    expect(preview.all).toMatch(/found cannot decide: provider\.region is not known yet/);
    expect(preview.all).toMatch(
      /\[mandatory\] +residency-references +\(aws:s3:BucketReplicationConfig: blind\)[^[]*cannot decide: rules\.0\.destination\.bucket is not known yet/,
    );
    expect(preview.all).not.toMatch(/advisory|can't run/);
  });
});
