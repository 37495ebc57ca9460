// The declaration is lawful. The copy to the United States is not in it: somebody wrote it by hand, beside the platform.
import { aws } from "@kasbah/aws";
import { loadDeclaration, Platform } from "@kasbah/platform";
import { Bucket } from "@pulumi/aws/s3/bucket.js";
import { BucketReplicationConfig } from "@pulumi/aws/s3/bucketReplicationConfig.js";

const platform = new Platform("platform", loadDeclaration(import.meta.dirname), { aws });
const [store] = Object.values(platform.endpoints);
if (store === undefined) throw new Error("the declaration has no workload");

const copy = new Bucket("copy", {
  bucket: "reports-copy-far-away",
  region: "us-east-1",
  tags: { "kasbah-class": "public", "kasbah-owner": "example-ma", "kasbah-env": "dev" }, // not what it will hold
});

new BucketReplicationConfig("far-away", {
  region: "eu-west-3",
  bucket: store.address,
  role: "arn:aws:iam::000000000000:role/replication",
  rules: [{ status: "Enabled", destination: { bucket: copy.arn } }],
});
