import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LookupQuery } from "../../packages/core/src/operations.ts";
import { drift, type Fault, listSandbox, sandboxOperations } from "../../packages/sandbox/src/index.ts";
import { engineWorkspace, type Workspace } from "../support/engine.ts";

const program = (cidr: string, tag: string) => `
import * as pulumi from "@pulumi/pulumi";
import { Provider } from "@pulumi/aws/provider.js";
import { Vpc } from "@pulumi/aws/ec2/vpc.js";
import { Subnet } from "@pulumi/aws/ec2/subnet.js";
import { Bucket } from "@pulumi/aws/s3/bucket.js";
import { BucketVersioning } from "@pulumi/aws/s3/bucketVersioning.js";
import { SecretV1 } from "@pulumi/openstack/keymanager/secretV1.js";
import { ApplicationCredential } from "@pulumi/openstack/identity/applicationCredential.js";

const provider = new Provider("paris", { region: "eu-west-3", skipCredentialsValidation: true });
const vpc = new Vpc("net", { cidrBlock: "${cidr}", tags: { Name: "net" } }, { provider });
const subnet = new Subnet("sub", { vpcId: vpc.id, cidrBlock: "${cidr.replace("/16", "/24")}" }, { provider });
const bucket = new Bucket("documents", { bucket: "documents-1", tags: { grade: "${tag}" } }, { provider });
new BucketVersioning("versioning", { bucket: bucket.id, versioningConfiguration: { status: "Enabled" } }, { provider });
new SecretV1("token", { name: "token", payload: pulumi.secret("sesame-open-7731") });
const credential = new ApplicationCredential("boot", { name: "boot" });
export const subnetId = subnet.id;
export const arn = bucket.arn;
export const credentialSecret = credential.secret;
`;

const types = (workspace: Workspace) => listSandbox(`${workspace.folder}/sandbox`).map(({ type }) => type);

describe("the simulated cloud behind the real engine", { timeout: 120_000 }, () => {
  let workspace: Workspace;
  const sandbox = () => `${workspace.folder}/sandbox`;
  const run = async (...args: readonly string[]) => {
    const result = await workspace.pulumi(args);
    if (result.code !== 0) throw new Error(result.all);
    return result.all;
  };

  beforeAll(async () => {
    workspace = await engineWorkspace();
    workspace.project({ "index.ts": program("10.0.0.0/16", "one") });
    await run("stack", "init", "dev");
  });
  afterAll(() => workspace?.close());

  it("previews, creates, and has nothing to do the second time", async () => {
    const preview = await run("preview", "--diff");
    expect(preview).toContain("simulated aws");
    expect(preview).toMatch(/arn\s*: "arn:aws:s3:::documents-1"/);
    expect(listSandbox(sandbox())).toEqual([]);
    expect(await run("up", "--yes", "--skip-preview")).toMatch(/created/);
    expect(types(workspace).sort()).toEqual([
      "aws:ec2/subnet:Subnet",
      "aws:ec2/vpc:Vpc",
      "aws:s3/bucket:Bucket",
      "aws:s3/bucketVersioning:BucketVersioning",
      "openstack:identity/applicationCredential:ApplicationCredential",
      "openstack:keymanager/secretV1:SecretV1",
    ]);
    expect(await run("up", "--yes", "--skip-preview")).toMatch(/8 unchanged/);
    expect(await run("refresh", "--yes", "--skip-preview")).toMatch(/unchanged/);
  });

  it("keeps secrets out of the state and the outputs", async () => {
    const output = await run("stack", "output");
    expect(output).toMatch(/credentialSecret\s+\[secret\]/);
    expect(workspace.stateFile("dev")).not.toContain("sesame-open-7731");
  });

  it("updates in place what can be, and makes again what cannot", async () => {
    const before = listSandbox(sandbox()).find(({ type }) => type === "aws:ec2/vpc:Vpc")?.id;
    workspace.project({ "index.ts": program("10.0.0.0/16", "two") });
    expect(await run("up", "--yes", "--skip-preview")).toMatch(/1 updated/);
    workspace.project({ "index.ts": program("10.1.0.0/16", "two") });
    expect(await run("up", "--yes", "--skip-preview")).toMatch(/2 replaced/);
    const after = listSandbox(sandbox()).filter(({ type }) => type === "aws:ec2/vpc:Vpc");
    expect(after).toHaveLength(1);
    expect(after[0]?.id).not.toBe(before);
  });

  it("lets a refresh find drift, and an update mend it", async () => {
    drift(sandbox(), "aws:s3/bucket:Bucket documents-1", { tags: { grade: "tampered" } });
    expect(await run("refresh", "--yes", "--skip-preview", "--diff")).toMatch(/tampered/);
    expect(await run("up", "--yes", "--skip-preview")).toMatch(/1 updated/);
    const bucket = listSandbox(sandbox()).find(({ id, type }) => type.endsWith(":Bucket") && id === "documents-1");
    expect(bucket?.properties["tags"]).toEqual({ grade: "two" });
  });

  it("shows a second stack the same cloud: it finds what is there, and may not take its name", async () => {
    const other = (resource: string) => ({
      "index.ts": `
        import { Bucket } from "@pulumi/aws/s3/bucket.js";
        import { Provider } from "@pulumi/aws/provider.js";
        const provider = new Provider("paris", { region: "eu-west-3" });
        const bucket = ${resource};
        export const arn = bucket.arn;`,
    });
    const found = `Bucket.get("theirs", "documents-1", {}, { provider })`;
    const cwd = workspace.project(other(found), "second");
    await run("stack", "init", "dev");
    await run("up", "--yes", "--skip-preview");
    expect(await run("stack", "output", "arn")).toContain("arn:aws:s3:::documents-1");
    workspace.project(other(`new Bucket("mine", { bucket: "documents-1" }, { provider })`), "second");
    const refused = await workspace.pulumi(["up", "--yes", "--skip-preview"], { cwd });
    expect(refused.code).not.toBe(0);
    expect(refused.all).toContain("simulated aws: BucketAlreadyOwnedByYou");
    workspace.project({ "index.ts": program("10.1.0.0/16", "two") });
  });

  it("destroys everything, children first", async () => {
    await run("destroy", "--yes", "--skip-preview");
    expect(listSandbox(sandbox())).toEqual([]);
  });
});

describe("trouble behind the real engine", { timeout: 120_000 }, () => {
  let workspace: Workspace;
  const sandbox = () => `${workspace.folder}/sandbox`;
  const up = (text: string) => {
    workspace.project({ "index.ts": text });
    return workspace.pulumi(["up", "--yes", "--skip-preview"]);
  };
  const faults = (...list: readonly Fault[]) => writeFileSync(`${sandbox()}/faults.json`, JSON.stringify(list));

  beforeAll(async () => {
    workspace = await engineWorkspace();
    workspace.project({ "index.ts": "" });
    await workspace.pulumi(["stack", "init", "dev"]);
    await workspace.pulumi(["config", "set", "aws:region", "eu-west-3"]);
  });
  afterAll(() => workspace?.close());

  it("warns of a type that is not modelled, and refuses a misspelt nested property by its path", async () => {
    const queue = await up(`import { Queue } from "@pulumi/aws/sqs/queue.js"; new Queue("jobs", { name: "jobs" });`);
    expect(queue.code, queue.all).toBe(0);
    expect(queue.all).toContain("simulated cloud: aws:sqs/queue:Queue is not modelled");
    const misspelt = await up(`
      import { BucketVersioning } from "@pulumi/aws/s3/bucketVersioning.js";
      new BucketVersioning("v", { bucket: "a", versioningConfiguration: { statos: "Enabled" } });`);
    expect(misspelt.code).not.toBe(0);
    expect(misspelt.all).toMatch(/versioningConfiguration\.statos.*known here are: mfaDelete, status/s);
  });

  it("throttles and fails on request, and goes on where it stopped", async () => {
    const buckets = `
      import { Bucket } from "@pulumi/aws/s3/bucket.js";
      const a = new Bucket("a", { bucket: "a-1" });
      new Bucket("b", { bucket: "b-1" }, { dependsOn: [a] });`;
    faults(
      { on: "create", nth: 1, do: "throttle" },
      { on: "create", nth: 2, do: "fail", message: "InternalError: We encountered an internal error." },
    );
    const failed = await up(buckets);
    expect(failed.code).not.toBe(0);
    expect(failed.all).toContain("simulated aws: Throttling: Rate exceeded on create");
    expect(failed.all).toContain("simulated aws: InternalError: We encountered an internal error.");
    const done = await up(buckets);
    expect(done.code, done.all).toBe(0);
    expect(done.all).toMatch(/1 created/);
  });

  it("leaves an object that the engine does not know when it is killed after a create, and finds it by lookup", async () => {
    const rule = `
      import { SecGroup } from "@pulumi/openstack/networking/secGroup.js";
      import { SecGroupRule } from "@pulumi/openstack/networking/secGroupRule.js";
      const group = new SecGroup("db", { name: "db" });
      new SecGroupRule("in", { securityGroupId: group.id, direction: "ingress", ethertype: "IPv4",
        protocol: "tcp", portRangeMin: 5432, portRangeMax: 5432, remoteIpPrefix: "10.0.0.0/24" });`;
    const type = "openstack:networking/secGroupRule:SecGroupRule";
    faults({ on: "create", type, do: "kill-engine-after" });
    expect((await up(rule)).code).toBe(137);
    expect(listSandbox(sandbox()).filter((object) => object.type === type)).toHaveLength(1);
    await workspace.pulumi(["cancel", "--yes"]);
    const { deployment } = JSON.parse((await workspace.pulumi(["stack", "export"])).stdout);
    const pending = deployment.pending_operations.map(({ resource }: { resource: LookupQuery }) => resource);
    expect(pending).toMatchObject([{ type }]);
    const [found, ...others] = await sandboxOperations(sandbox()).lookup(pending[0]);
    expect(others).toEqual([]);
    expect(found).toEqual({ id: listSandbox(sandbox()).find((object) => object.type === type)?.id, by: "natural-key" });
  });
});

describe("Azure and Google Cloud behind the real engine", { timeout: 120_000 }, () => {
  it("are made, unchanged the second time and after a refresh, and taken down", async () => {
    const workspace = await engineWorkspace();
    try {
      workspace.project({
        "index.ts": `
          import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup.js";
          import { StorageAccount } from "@pulumi/azure-native/storage/storageAccount.js";
          import { Bucket } from "@pulumi/gcp/storage/bucket.js";
          import { getProjectServiceAccountOutput } from "@pulumi/gcp/storage/getProjectServiceAccount.js";
          const group = new ResourceGroup("documents", { location: "francecentral" });
          const account = new StorageAccount("documents", {
            resourceGroupName: group.name, kind: "StorageV2", sku: { name: "Standard_LRS" } });
          const bucket = new Bucket("documents", { location: "EUROPE-WEST9" });
          export const blob = account.primaryEndpoints.blob;
          export const url = bucket.url;
          export const agent = getProjectServiceAccountOutput({}).emailAddress;`,
      });
      const run = async (...args: readonly string[]) => {
        const result = await workspace.pulumi(args);
        expect(result.code, result.all).toBe(0);
        return result.all;
      };
      await run("stack", "init", "dev");
      expect(await run("up", "--yes", "--skip-preview")).toMatch(/4 created/);
      expect(await run("stack", "output")).toMatch(/documents[0-9a-f]{7}\.blob\.core\.windows\.net/);
      expect(await run("up", "--yes", "--skip-preview", "--refresh")).toMatch(/4 unchanged/);
      await run("destroy", "--yes", "--skip-preview");
      expect(listSandbox(`${workspace.folder}/sandbox`)).toEqual([]);
    } finally {
      await workspace.close();
    }
  });
});
