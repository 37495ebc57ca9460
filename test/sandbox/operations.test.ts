import { describe, expect, it } from "vitest";
import { sandboxOperations } from "../../packages/sandbox/src/index.ts";
import { folder, simulated } from "./support.ts";

const VPC = "aws:ec2/vpc:Vpc";

describe("lookup", () => {
  it("finds by tags what has no name, several when several bear them, none when it was never made", async () => {
    const { make, where } = await simulated("aws");
    const { lookup } = sandboxOperations(where);
    const inputs = { cidrBlock: "10.0.0.0/16", tags: { Name: "net" } };
    expect(await lookup({ type: VPC, inputs })).toEqual([]);
    const { id } = await make(VPC, { ...inputs, tags: { Name: "net", more: "1" } });
    expect(await lookup({ type: VPC, inputs })).toEqual([{ id, by: "tag" }]);
    await make(VPC, inputs);
    expect(await lookup({ type: VPC, inputs })).toHaveLength(2);
    expect(await lookup({ type: VPC, inputs: { ...inputs, tags: { Name: "other" } } })).toEqual([]);
  });

  it("looks in the region that is named, the resource's own before the provider's", async () => {
    const where = folder();
    const ireland = await simulated("aws", where, { region: "eu-west-1" });
    const { lookup } = sandboxOperations(where);
    const inputs = { cidrBlock: "10.0.0.0/16", tags: { Name: "net" } };
    const { id } = await ireland.make(VPC, inputs);
    expect(await lookup({ type: VPC, inputs, region: "eu-west-3" })).toEqual([]);
    expect(await lookup({ type: VPC, inputs: { ...inputs, region: "eu-west-1" }, region: "eu-west-3" })).toEqual([
      { id, by: "tag" },
    ]);
  });

  it("throws for what has no rule, and for what bears nothing to be known by", async () => {
    const { lookup } = sandboxOperations(folder());
    await expect(lookup({ type: "aws:sqs/queue:Queue", inputs: {} })).rejects.toThrow(/no rule for recognising/);
    await expect(lookup({ type: "other:a:B", inputs: {} })).rejects.toThrow(/no rule for recognising/);
    await expect(lookup({ type: VPC, inputs: { cidrBlock: "10.0.0.0/16" } })).rejects.toThrow(/has none/);
    await expect(lookup({ type: "aws:s3/bucket:Bucket", inputs: {} })).rejects.toThrow(/bucket is not given/);
  });
});
