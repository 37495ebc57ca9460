import { bucket, labels, made, PARIS, type Samples } from "./sample.ts";

const replication = (source: string, destination: string) =>
  made(
    "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
    "r",
    { bucket: source, rules: [{ status: "Enabled", destination: { bucket: `arn:aws:s3:::${destination}` } }] },
    PARIS,
  );

export const keepClassOfDatasetsSamples: Samples = {
  pass: [
    { why: "the class of its data set", estate: [bucket("b", "restricted", "documents")] },
    { why: "a higher class", estate: [bucket("b", "critical", "documents")] },
    { why: "no data sets", estate: [bucket("b", "public")] },
  ],
  fail: [
    {
      why: "a lower class",
      estate: [bucket("b", "internal", "documents_product-docs")],
      says: ["restricted, the class of documents", "found internal"],
    },
  ],
};

export const keepClassOfCopiesSamples: Samples = {
  pass: [
    { why: "the same class", estate: [bucket("a", "restricted"), bucket("b", "restricted"), replication("a", "b")] },
    { why: "a higher class", estate: [bucket("a", "internal"), bucket("b", "restricted"), replication("a", "b")] },
  ],
  fail: [
    {
      why: "a copy with a lower class",
      estate: [bucket("a", "restricted"), bucket("b", "public"), replication("a", "b")],
      settings: "labels",
      says: ["restricted, as a", "public on b"],
    },
    {
      why: "a snapshot with a lower class",
      estate: [
        made("aws:rds/snapshot:Snapshot", "s", { dbSnapshotIdentifier: "s", tags: labels("critical") }, PARIS),
        made(
          "aws:rds/snapshotCopy:SnapshotCopy",
          "c",
          { sourceDbSnapshotIdentifier: "s", tags: labels("public") },
          PARIS,
        ),
      ],
      says: ["sourceDbSnapshotIdentifier"],
    },
  ],
};
