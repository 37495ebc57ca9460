import { describe, expect, it } from "vitest";
import { folder, simulated } from "./support.ts";

const seed = new Uint8Array([1]);
const ask = async (
  name: string,
  type: string,
  news: Record<string, never> | object,
  config = { region: "eu-west-3" },
) => {
  const { provider } = await simulated(name, folder(), config);
  return provider.check({ type, name: "x", olds: {}, news: JSON.parse(JSON.stringify(news)), seed }).failures;
};

describe("unknown properties", () => {
  it.each([
    ["aws", "aws:s3/bucket:Bucket", { bukcet: "a" }, "bukcet", "bucket"],
    [
      "aws",
      "aws:s3/bucketVersioning:BucketVersioning",
      { bucket: "a", versioningConfiguration: { statos: "Enabled" } },
      "versioningConfiguration.statos",
      "status",
    ],
    [
      "aws",
      "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
      { bucket: "a", role: "r", rules: [{ status: "Enabled" }, { status: "Enabled", destination: { bukcet: "b" } }] },
      "rules[1].destination.bukcet",
      "bucket",
    ],
    [
      "azure-native",
      "azure-native:storage:StorageAccount",
      { accountName: "a", encryption: { services: { blob: { enable: true } } } },
      "encryption.services.blob.enable",
      "enabled",
    ],
    [
      "gcp",
      "gcp:storage/bucket:Bucket",
      { name: "a", lifecycleRules: [{ condition: { ages: 1 } }] },
      "lifecycleRules[0].condition.ages",
      "age",
    ],
    [
      "openstack",
      "openstack:networking/port:Port",
      { networkId: "n", fixedIps: [{ subnet: "s" }] },
      "fixedIps[0].subnet",
      "subnetId",
    ],
  ])("%s refuses one in %s, and names those that are known", async (name, type, inputs, path, known) => {
    const [failure, ...others] = await ask(name, type, inputs);
    expect(others).toEqual([]);
    expect(failure?.path).toBe(path);
    expect(failure?.reason).toMatch(new RegExp(`known here are: .*\\b${known}\\b`));
  });

  it("leaves tags, labels and texts that may be documents alone", async () => {
    expect(await ask("aws", "aws:s3/bucket:Bucket", { bucket: "a", tags: { anything: "goes" } })).toEqual([]);
    expect(await ask("aws", "aws:iam/role:Role", { assumeRolePolicy: "{}" })).toEqual([]);
    expect(await ask("openstack", "openstack:networking/network:Network", { valueSpecs: { a: "b" } })).toEqual([]);
  });
});

describe("the region", () => {
  it("must be known for a regional type, and need not be for a global one", async () => {
    const none = {} as { region: string };
    expect(await ask("aws", "aws:s3/bucket:Bucket", {}, none)).toMatchObject([{ path: "region" }]);
    expect(await ask("aws", "aws:s3/bucket:Bucket", { region: "eu-west-3" }, none)).toEqual([]);
    expect(await ask("aws", "aws:iam/role:Role", { assumeRolePolicy: "{}" }, none)).toEqual([]);
  });
});
