import { describe, expect, it } from "vitest";
import { drift, listSandbox } from "../../packages/sandbox/src/index.ts";
import { type Properties, secret, UNKNOWN } from "../../packages/sandbox/src/values.ts";
import { folder, simulated } from "./support.ts";

const VPC = "aws:ec2/vpc:Vpc";
const BUCKET = "aws:s3/bucket:Bucket";

describe("conflicts", () => {
  it("refuses a bucket of a name that is taken, in any region", async () => {
    const where = folder();
    const paris = await simulated("aws", where);
    const ireland = await simulated("aws", where, { region: "eu-west-1" });
    await paris.make(BUCKET, { bucket: "documents" });
    await expect(ireland.make(BUCKET, { bucket: "documents" })).rejects.toThrow(
      /^simulated aws: BucketAlreadyOwnedByYou/,
    );
  });

  it("lets two regions have an alias of the same name, and one region not", async () => {
    const where = folder();
    const paris = await simulated("aws", where);
    const ireland = await simulated("aws", where, { region: "eu-west-1" });
    const alias = (targetKeyId: string) => ({ name: "alias/a", targetKeyId });
    const key = await paris.make("aws:kms/key:Key", {});
    const other = await ireland.make("aws:kms/key:Key", {});
    await paris.make("aws:kms/alias:Alias", alias(key.id));
    await ireland.make("aws:kms/alias:Alias", alias(other.id));
    await expect(paris.make("aws:kms/alias:Alias", alias(key.id))).rejects.toThrow(/AlreadyExistsException/);
    await expect(paris.make("aws:kms/alias:Alias", { name: "alias/b", targetKeyId: other.id })).rejects.toThrow(
      /NotFoundException/,
    );
  });

  it("takes OpenStack networks of one name, as the real one does, and refuses a second router interface", async () => {
    const { make } = await simulated("openstack");
    const net = await make("openstack:networking/network:Network", { name: "net" });
    await make("openstack:networking/network:Network", { name: "net" });
    const subnet = await make("openstack:networking/subnet:Subnet", { networkId: net.id, cidr: "10.0.0.0/24" });
    const router = await make("openstack:networking/router:Router", {});
    const both = { routerId: router.id, subnetId: subnet.id };
    await make("openstack:networking/routerInterface:RouterInterface", both);
    await expect(make("openstack:networking/routerInterface:RouterInterface", both)).rejects.toThrow(
      /^simulated openstack: 400 .*already has a port/,
    );
  });
});

describe("references", () => {
  it("looks into lists: a port gets an address of its subnet, and a group that is not there is refused", async () => {
    const { make } = await simulated("openstack");
    const { id: networkId } = await make("openstack:networking/network:Network", { name: "net" });
    const subnet = await make("openstack:networking/subnet:Subnet", { networkId, cidr: "10.20.0.0/16" });
    const port = { networkId, fixedIps: [{ subnetId: subnet.id }] };
    const { properties } = await make("openstack:networking/port:Port", port);
    expect(properties["allFixedIps"]).toEqual([expect.stringMatching(/^10\.20\.\d+\.\d+$/)]);
    const missing = { ...port, securityGroupIds: ["no-such-group"] };
    await expect(make("openstack:networking/port:Port", missing)).rejects.toThrow(/404 SecurityGroupNotFound/);
  });

  it("refuses what refers to nothing, in the cloud's words", async () => {
    const { make } = await simulated("aws");
    const subnet = { vpcId: "vpc-1", cidrBlock: "10.0.0.0/24" };
    await expect(make("aws:ec2/subnet:Subnet", subnet)).rejects.toThrow("InvalidVpcID.NotFound: The vpc ID 'vpc-1'");
    const replication = { bucket: "source", role: "arn:aws:iam::000000000000:role/r", rules: [] };
    await make(BUCKET, { bucket: "source" });
    await make("aws:iam/role:Role", { name: "r", assumeRolePolicy: "{}" });
    await expect(make("aws:s3/bucketReplicationConfig:BucketReplicationConfig", replication)).rejects.toThrow(
      /Versioning must be 'Enabled'/,
    );
  });

  it("takes what the cloud furnishes itself", async () => {
    const { provider, make } = await simulated("openstack");
    const found = await provider.invoke("openstack:networking/getNetwork:getNetwork", { name: "ext", external: true });
    const made = await make("openstack:networking/router:Router", { externalNetworkId: found["id"] ?? "" });
    expect(made.properties["externalNetworkId"]).toBe(found["id"]);
  });
});

describe("updates and deletions", () => {
  it("refuses to shrink a volume and to unversion a bucket", async () => {
    const { provider, make } = await simulated("openstack");
    const { id, properties } = await make("openstack:blockstorage/volume:Volume", { name: "data", size: 10 });
    const smaller = provider.update(
      "openstack:blockstorage/volume:Volume",
      id,
      { name: "data", size: 5 },
      properties,
      "",
    );
    await expect(smaller).rejects.toThrow(/New size for extend must be greater/);
  });

  it("refuses to delete a parent, a protected database, and one without a final snapshot", async () => {
    const { provider, make } = await simulated("aws");
    const vpc = await make(VPC, { cidrBlock: "10.0.0.0/16" });
    await make("aws:ec2/subnet:Subnet", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });
    await expect(provider.delete(VPC, vpc.id, {}, "")).rejects.toThrow(/DependencyViolation/);
    const type = "aws:rds/instance:Instance";
    const inputs = { identifier: "db", instanceClass: "db.t4g.micro", deletionProtection: true };
    const db = await make(type, inputs);
    await expect(provider.delete(type, db.id, {}, "")).rejects.toThrow(/protected DB Instance/);
    const open = { ...inputs, deletionProtection: false };
    await provider.update(type, db.id, open, db.properties, "");
    await expect(provider.delete(type, db.id, {}, "")).rejects.toThrow(/finalSnapshotIdentifier is required/);
    await provider.update(type, db.id, { ...open, finalSnapshotIdentifier: "last" }, db.properties, "");
    await provider.delete(type, db.id, {}, "");
  });

  it("keeps a locked storage account, and says that Google keeps key rings", async () => {
    const azure = await simulated("azure-native");
    const group = { resourceGroupName: "g", location: "francecentral" };
    const account = {
      resourceGroupName: "g",
      accountName: "documents",
      kind: "StorageV2",
      sku: { name: "Standard_LRS" },
    };
    await azure.make("azure-native:resources:ResourceGroup", group);
    const { id, properties } = await azure.make("azure-native:storage:StorageAccount", account);
    expect(properties["location"]).toBe("francecentral");
    const lock = { scope: id, level: "CanNotDelete", lockName: "keep" };
    await azure.make("azure-native:authorization:ManagementLockByScope", lock);
    await expect(azure.provider.delete("azure-native:storage:StorageAccount", id, {}, "")).rejects.toThrow(
      /ScopeLocked/,
    );
    const inside = { resourceGroupName: "g", accountName: "documents", containerName: "inside" };
    const container = await azure.make("azure-native:storage:BlobContainer", inside);
    await expect(azure.provider.delete("azure-native:storage:BlobContainer", container.id, {}, "")).rejects.toThrow(
      /ScopeLocked/,
    );
    const gcp = await simulated("gcp");
    const ring = await gcp.make("gcp:kms/keyRing:KeyRing", { name: "ring", location: "europe-west9" });
    await gcp.provider.delete("gcp:kms/keyRing:KeyRing", ring.id, {}, "");
    expect(gcp.said.join()).toContain("Google Cloud deletes no key ring");
    expect(listSandbox(gcp.where)).toMatchObject([{ id: ring.id, kept: expect.any(String) }]);
    await expect(gcp.make("gcp:kms/keyRing:KeyRing", { name: "ring", location: "europe-west9" })).rejects.toThrow(
      /Error 409/,
    );
  });
});

describe("diff", () => {
  it("replaces by the table, first deleting what would collide", async () => {
    const { provider } = await simulated("aws");
    const bucket = { bucket: "documents", tags: { a: "1" } };
    expect(provider.diff(BUCKET, bucket, { ...bucket, tags: { a: "2" } }, {}, [])).toMatchObject({
      paths: ["tags.a"],
      replaces: [],
    });
    const renamed = provider.diff(BUCKET, bucket, { ...bucket, bucket: "other" }, {}, []);
    expect(renamed).toMatchObject({ replaces: ["bucket"], deleteBeforeReplace: false });
    const role = { name: "r", path: "/a/", assumeRolePolicy: "{}" };
    const moved = provider.diff("aws:iam/role:Role", role, { ...role, path: "/b/" }, {}, []);
    expect(moved).toMatchObject({ replaces: ["path"], deleteBeforeReplace: true });
  });

  it("leaves in place what the provider leaves in place, whatever CloudFormation does", async () => {
    const { provider } = await simulated("aws");
    const replaces = (type: string, before: Properties, after: Properties) =>
      provider.diff(type, before, { ...before, ...after }, {}, []).replaces;
    const db = { identifier: "db", dbSubnetGroupName: "a", engine: "postgres", availabilityZone: "eu-west-3a" };
    const type = "aws:rds/instance:Instance";
    expect(replaces(type, db, { identifier: "other", dbSubnetGroupName: "b" })).toEqual([]);
    expect(replaces(type, db, { availabilityZone: "eu-west-3b" })).toEqual(["availabilityZone"]);
    const rule = { securityGroupId: "sg-1", ipProtocol: "tcp", fromPort: 1, toPort: 1, cidrIpv4: "10.0.0.0/24" };
    const ingress = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
    expect(replaces(ingress, rule, { toPort: 2, cidrIpv4: "10.0.1.0/24" })).toEqual([]);
    expect(replaces(ingress, rule, { securityGroupId: "sg-2" })).toEqual(["securityGroupId"]);
    const association = { subnetId: "subnet-1", routeTableId: "rtb-1" };
    const routes = "aws:ec2/routeTableAssociation:RouteTableAssociation";
    expect(replaces(routes, association, { routeTableId: "rtb-2" })).toEqual([]);
  });

  it("computes again what follows from a renamed database", async () => {
    const { provider, make } = await simulated("aws");
    const inputs = { identifier: "db", instanceClass: "db.t4g.micro" };
    const { id, properties } = await make("aws:rds/instance:Instance", inputs);
    const renamed = await provider.update(
      "aws:rds/instance:Instance",
      id,
      { ...inputs, identifier: "other" },
      properties,
      "",
    );
    expect(renamed.properties["arn"]).toMatch(/:db:other$/);
    expect(renamed.properties["resourceId"]).toBe(properties["resourceId"]);
  });

  it("changes the kind and redundancy of a storage account in place, as far as Azure lets it", async () => {
    const { provider, make } = await simulated("azure-native");
    await make("azure-native:resources:ResourceGroup", { resourceGroupName: "g", location: "francecentral" });
    const type = "azure-native:storage:StorageAccount";
    const inputs = { resourceGroupName: "g", accountName: "documents", kind: "Storage", sku: { name: "Standard_LRS" } };
    const { id, properties } = await make(type, inputs);
    const better = { ...inputs, kind: "StorageV2", sku: { name: "Standard_GRS" } };
    expect(provider.diff(type, inputs, better, {}, []).replaces).toEqual([]);
    await provider.update(type, id, better, properties, "");
    const premium = provider.update(type, id, { ...better, sku: { name: "Premium_LRS" } }, properties, "");
    await expect(premium).rejects.toThrow(/StorageAccountTypeConversionNotAllowed.* Premium_LRS/);
    await expect(provider.update(type, id, { ...better, kind: "Storage" }, properties, "")).rejects.toThrow(
      /cannot be changed from StorageV2 to Storage/,
    );
    const policy = { resourceGroupName: "g", accountName: "documents", policy: { rules: [] } };
    await make("azure-native:storage:ManagementPolicy", policy);
    await expect(make("azure-native:storage:ManagementPolicy", policy)).rejects.toThrow(/already existing/);
  });

  it("sees no change in a default that was written down, nor in what is ignored", async () => {
    const { provider } = await simulated("aws");
    const vpc = { cidrBlock: "10.0.0.0/16" };
    expect(provider.diff(VPC, vpc, { ...vpc, enableDnsSupport: true }, {}, []).paths).toEqual([]);
    expect(provider.diff(VPC, vpc, { ...vpc, tags: { a: "1" } }, {}, ["tags"]).paths).toEqual([]);
  });

  it("first deletes what bears the same name, but not what was named by the provider or has no name", async () => {
    const { provider } = await simulated("openstack");
    const type = "openstack:compute/instance:Instance";
    const server = { name: "s", networks: [{ port: "p" }], userData: "a" };
    const given = provider.diff(type, server, { ...server, userData: "b" }, {}, []);
    expect(given).toMatchObject({ replaces: ["userData"], deleteBeforeReplace: true });
    const news = { networks: [{ port: "p" }], userData: "b" };
    const { inputs } = provider.check({ type, name: "s", olds: server, news, seed: new Uint8Array([1]) });
    expect(provider.diff(type, server, inputs, {}, [])).toMatchObject({ deleteBeforeReplace: false });
    const attached = { instanceId: "a", volumeId: "v" };
    const attachment = "openstack:compute/volumeAttach:VolumeAttach";
    const moved = provider.diff(attachment, attached, { ...attached, instanceId: "b" }, {}, []);
    expect(moved).toMatchObject({ replaces: ["instanceId"], deleteBeforeReplace: false });
  });

  it("makes another object in another region", async () => {
    const { provider } = await simulated("aws", folder(), { region: "eu-west-1" });
    const vpc = { cidrBlock: "10.0.0.0/16" };
    expect(provider.diff(VPC, vpc, vpc, { ...vpc, region: "eu-west-3" }, []).replaces).toEqual(["region"]);
    const bucket = { bucket: "documents" };
    expect(provider.diff(BUCKET, bucket, bucket, { ...bucket, region: "eu-west-3" }, [])).toEqual({
      paths: ["region"],
      replaces: ["region"],
      deleteBeforeReplace: true,
    });
  });

  it("compares what secrets hide, not that they hide it", async () => {
    const { provider } = await simulated("openstack");
    const type = "openstack:keymanager/secretV1:SecretV1";
    expect(provider.diff(type, { payload: secret("a") }, { payload: "a" }, {}, []).paths).toEqual([]);
    expect(provider.diff(type, { payload: secret("a") }, { payload: secret("b") }, {}, []).replaces).toEqual([
      "payload",
    ]);
  });
});

describe("previews", () => {
  it("give what follows from known inputs, and unknowns for the rest", async () => {
    const { provider } = await simulated("aws");
    const bucket = provider.previewCreate(BUCKET, { bucket: "documents" });
    expect(bucket).toMatchObject({ id: "documents", properties: { arn: "arn:aws:s3:::documents" } });
    const vpc = provider.previewCreate(VPC, { cidrBlock: "10.0.0.0/16" });
    expect(vpc.properties).toMatchObject({ arn: UNKNOWN, defaultSecurityGroupId: UNKNOWN, enableDnsSupport: true });
    expect(provider.previewCreate(BUCKET, { bucket: UNKNOWN }).properties).toMatchObject({ arn: UNKNOWN });
  });
});

describe("what is not modelled", () => {
  it("works, and is said once a type", async () => {
    const { make, said, where } = await simulated("aws");
    await make("aws:sqs/queue:Queue", { name: "one", anything: { goes: true } });
    await make("aws:sqs/queue:Queue", { name: "two" });
    expect(said).toEqual([expect.stringMatching(/^simulated cloud: aws:sqs\/queue:Queue is not modelled: /)]);
    expect(listSandbox(where)).toHaveLength(2);
  });

  it("is an error for a function", async () => {
    const { provider } = await simulated("aws");
    const call = provider.invoke("aws:ec2/getAmi:getAmi", {});
    await expect(call).rejects.toThrow(/^simulated aws: the function aws:ec2\/getAmi:getAmi is not modelled/);
  });
});

describe("drift", () => {
  it("changes and deletes behind the engine's back", async () => {
    const { provider, make, where } = await simulated("aws");
    const { id, properties } = await make(BUCKET, { bucket: "documents", tags: { a: "1" } });
    drift(where, id, { tags: { a: "2" } });
    const read = await provider.read(BUCKET, id, properties, "");
    expect(read?.inputs).toEqual({ bucket: "documents", tags: { a: "2" } });
    drift(where, id, null);
    expect(await provider.read(BUCKET, id, properties, "")).toBeUndefined();
    expect(() => drift(where, id, {})).toThrow(/0 objects/);
  });
});

describe("names", () => {
  it("are made up once and kept", async () => {
    const { provider } = await simulated("azure-native");
    const query = {
      type: "azure-native:storage:StorageAccount",
      name: "my-documents",
      news: {},
      seed: new Uint8Array([7]),
    };
    const { inputs } = provider.check({ ...query, olds: {} });
    expect(inputs["accountName"]).toMatch(/^mydocuments[0-9a-f]{7}$/);
    expect(provider.check({ ...query, seed: new Uint8Array([8]), olds: inputs }).inputs).toEqual(inputs);
  });
});
