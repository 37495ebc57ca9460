import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { listSandbox } from "../../packages/sandbox/src/index.ts";
import { isSecret, secret } from "../../packages/sandbox/src/values.ts";
import { folder, simulated } from "./support.ts";

const PAYLOAD = "sesame-open-7731";
const TYPE = "openstack:keymanager/secretV1:SecretV1";

/** Every byte that the simulated cloud keeps, the write-ahead log with it. */
const bytes = (where: string) =>
  readdirSync(where)
    .filter((name) => name.startsWith("cloud.sqlite"))
    .map((name) => readFileSync(path.join(where, name), "latin1"))
    .join("");

describe("what the simulated cloud keeps", () => {
  it("has no secret in plain text, and gives it back as a secret", async () => {
    const where = folder();
    const { make, store } = await simulated("openstack", where);
    const { id, properties } = await make(TYPE, { name: "token", payload: secret(PAYLOAD) });
    store.close();
    const kept = bytes(where);
    expect(kept.includes("token")).toBe(true);
    for (const form of [PAYLOAD, Buffer.from(PAYLOAD).toString("base64"), Buffer.from(PAYLOAD).toString("hex")]) {
      expect(kept.includes(form)).toBe(false);
    }
    expect(statSync(path.join(where, "cloud.key")).mode & 0o777).toBe(0o600);
    const again = await simulated("openstack", where);
    const read = await again.provider.read(TYPE, id, properties, "");
    expect(read?.inputs["payload"]).toEqual(secret(PAYLOAD));
    expect(listSandbox(where)).toMatchObject([{ properties: { payload: "[secret]" } }]);
  });

  it("seals what is secret by nature, said so or not", async () => {
    const { make, where } = await simulated("openstack");
    const credential = await make("openstack:identity/applicationCredential:ApplicationCredential", { name: "boot" });
    const generated = credential.properties["secret"] ?? null;
    expect(isSecret(generated)).toBe(true);
    const server = { name: "s", flavorName: "f", imageName: "i", adminPass: PAYLOAD };
    const made = await make("openstack:compute/instance:Instance", server);
    expect(isSecret(made.properties["adminPass"] ?? null)).toBe(true);
    expect(listSandbox(where).map(({ properties }) => properties["secret"] ?? properties["adminPass"])).toEqual([
      "[secret]",
      "[secret]",
    ]);
    expect(bytes(where).includes(PAYLOAD)).toBe(false);
  });

  it("has no URN and no logical name", async () => {
    const { make, where, provider } = await simulated("aws");
    const vpc = await make("aws:ec2/vpc:Vpc", { cidrBlock: "10.0.0.0/16" }, "logicalname");
    await provider.update(
      "aws:ec2/vpc:Vpc",
      vpc.id,
      { cidrBlock: "10.0.0.0/16", tags: {} },
      vpc.properties,
      "urn:pulumi:x",
    );
    expect(bytes(where).includes(vpc.id)).toBe(true);
    expect(/urn:pulumi|logicalname/.test(bytes(where))).toBe(false);
  });
});

describe("what the simulated cloud says", () => {
  it("repeats no secret in a refusal", async () => {
    const { make } = await simulated("aws");
    await make("aws:s3/bucket:Bucket", { bucket: secret(PAYLOAD) });
    const taken = make("aws:s3/bucket:Bucket", { bucket: secret(PAYLOAD) });
    await expect(taken).rejects.toThrow("creating S3 Bucket ([secret])");
    const dangling = make("aws:ec2/routeTable:RouteTable", { vpcId: secret(PAYLOAD) });
    await expect(dangling).rejects.toThrow("The vpc ID '[secret]' does not exist");
  });
});
