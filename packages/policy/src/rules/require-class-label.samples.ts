import { bucket, HOME, labels, made, NOT_KNOWN, PARIS, type Samples } from "./sample.ts";

export const requireClassLabelSamples: Samples = {
  pass: [
    { why: "a known class", estate: [bucket("docs", "public", "product-docs")] },
    {
      why: "metadata of OpenStack",
      estate: [made("openstack:blockstorage/volume:Volume", "v", { metadata: labels("restricted") }, HOME)],
    },
    {
      why: "tags as texts",
      estate: [made("openstack:networking/network:Network", "n", { tags: ["kasbah-class=restricted"] }, HOME)],
    },
    {
      why: "default tags of the provider, which it gets as JSON",
      estate: [
        made("aws:s3/bucket:Bucket", "b", {}, { ...PARIS, defaultTags: '{"tags":{"kasbah-class":"internal"}}' }),
      ],
    },
    {
      why: "Google's user labels",
      estate: [made("gcp:sql/databaseInstance:DatabaseInstance", "db", { settings: { userLabels: labels("public") } })],
    },
    { why: "a type that cannot carry labels", estate: [made("aws:s3/bucketVersioning:BucketVersioning", "v", {})] },
    { why: "a component", estate: [made("kasbah:aws:Postgres", "db", {})] },
    { why: "a provider", estate: [made("pulumi:providers:aws", "default", { region: "us-east-1" })] },
    { why: "a type of which nothing is known", estate: [made("aws:iam/role:Role", "r", {})] },
  ],
  fail: [
    {
      why: "no label at all",
      estate: [made("aws:s3/bucket:Bucket", "b", { tags: { Name: "b" } }, PARIS)],
      says: ["tags.kasbah-class", "restricted", "found nothing"],
    },
    { why: "no tags at all", estate: [made("aws:dynamodb/table:Table", "t", {}, PARIS)], says: ["found nothing"] },
    { why: "a word that is no class", estate: [bucket("b", "secret")], says: ["found secret"] },
    { why: "a class in capitals", estate: [bucket("b", "Restricted")], says: ["found Restricted"] },
    {
      why: "a class that is not known yet",
      estate: [bucket("b", NOT_KNOWN)],
      says: ["cannot decide", "not known yet"],
    },
    {
      why: "labels that are not known yet",
      estate: [made("aws:s3/bucket:Bucket", "b", { tags: NOT_KNOWN }, PARIS)],
      says: ["cannot decide"],
    },
    {
      why: "an unknown type that shows that it can carry labels",
      estate: [made("aws:iam/role:Role", "r", { tags: { team: "x" } })],
      says: ["found nothing"],
    },
    {
      why: "a hand-written volume",
      estate: [made("openstack:blockstorage/volume:Volume", "v", { size: 1 }, HOME)],
      says: ["metadata.kasbah-class"],
    },
  ],
};
