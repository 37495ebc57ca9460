import { bucket, HOME, labels, made, NOT_KNOWN, PARIS, type Samples } from "./sample.ts";

const volume = (provider: object, props: object = {}) =>
  made(
    "openstack:blockstorage/volume:Volume",
    "v",
    { metadata: labels("restricted", "documents_vectors"), ...props },
    provider,
  );
const google = (type: string, props: object) =>
  made(type, "g", { labels: labels("restricted", "documents"), ...props }, { region: "europe-west9" });

export const keepDataInPermittedPlacesSamples: Samples = {
  pass: [
    { why: "restricted data at home", estate: [volume(HOME)] },
    { why: "the place's own region, said by the resource", estate: [volume({}, HOME)] },
    { why: "no region said, and every declared cloud of the kind is permitted", estate: [volume({})] },
    { why: "public data anywhere", estate: [bucket("b", "public", "product-docs", "us-east-1")] },
    { why: "public data where nothing is known", estate: [bucket("b", "public", "product-docs", "xx-moon-1")] },
    { why: "a class alone, at the owner's home", estate: [volume(HOME, { metadata: labels("restricted") })] },
    {
      why: "a network, which holds no data",
      estate: [made("aws:ec2/vpc:Vpc", "n", { tags: labels("restricted") }, PARIS)],
    },
    { why: "labels only: internal data", estate: [bucket("b", "internal", "x", "us-east-1")], settings: "labels" },
  ],
  fail: [
    {
      why: "restricted data abroad",
      estate: [bucket("b", "restricted", "documents")],
      says: ["region", "(home)", "stored in FR", "ma0908.xfer.listed", "art. 43", "put on file"],
    },
    {
      why: "several data sets, of which the worst counts",
      estate: [bucket("b", "restricted", "product-docs_vectors")],
      says: ["vectors only where"],
    },
    { why: "a region that nobody knows", estate: [volume({ region: "RegionTwo" })], says: ["RegionTwo", "unknown"] },
    {
      why: "a data set that nobody declared",
      estate: [bucket("b", "restricted", "documents_invoices")],
      says: ["kasbah-datasets", "no dataset invoices"],
    },
    { why: "a set that no workload has", estate: [bucket("b", "restricted", "set-00000000")], says: ["no set"] },
    { why: "data sets not known yet", estate: [bucket("b", "restricted", NOT_KNOWN)], says: ["not known yet"] },
    { why: "a class alone, abroad", estate: [bucket("b", "confidential")], says: ["confidential data in MA"] },
    {
      why: "a region not known yet",
      estate: [volume({ region: NOT_KNOWN })],
      says: ["cannot decide", "not known yet"],
    },
    {
      why: "no region anywhere",
      estate: [made("aws:s3/bucket:Bucket", "b", { tags: labels("restricted", "documents") })],
      says: ["neither the resource nor its provider"],
    },
    {
      why: "a multi-region",
      estate: [google("gcp:storage/bucket:Bucket", { location: "EU" })],
      says: ["the multi-region EU"],
    },
    {
      why: "a dual-region of which one is abroad",
      estate: [
        google("gcp:storage/bucket:Bucket", {
          location: "EU",
          customPlacementConfig: { dataLocations: ["EUROPE-WEST9", "EUROPE-WEST1"] },
        }),
      ],
      says: ["gcp/europe-west9", "gcp/europe-west1"],
    },
    {
      why: "a secret that Google replicates as it likes",
      estate: [google("gcp:secretmanager/secret:Secret", { replication: { auto: {} } })],
      says: ["automatic replication"],
    },
    {
      why: "a snapshot without a place",
      estate: [google("gcp:compute/snapshot:Snapshot", { sourceDisk: "d" })],
      says: ["closest"],
    },
    { why: "a data set in the default location", estate: [google("gcp:bigquery/dataset:Dataset", {})], says: ["US"] },
    {
      why: "labels only: restricted data",
      estate: [bucket("b", "restricted")],
      settings: "labels",
      says: ["Pass the"],
    },
    {
      why: "labels only: an OpenStack region has no country",
      estate: [volume(HOME)],
      settings: "labels-home",
      says: ["whose country nothing tells"],
    },
  ],
};
