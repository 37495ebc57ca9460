import type { Estate } from "../estate.ts";
import { items, type Resource, text, UNKNOWN } from "../resource.ts";
import type { Flow, FlowReader, FlowReaders, FlowRow, Ref } from "./flow.ts";
import { toRegions } from "./flow.ts";

export const BUCKETS = [
  "aws:s3/bucket:Bucket",
  "aws:s3/bucketV2:BucketV2",
  "aws:s3/directoryBucket:DirectoryBucket",
] as const;
const TABLE_BUCKETS = ["aws:s3tables/tableBucket:TableBucket"] as const;
const TABLES = ["aws:s3tables/table:Table"] as const;
const OF_BUCKET = { path: "bucket", types: BUCKETS } as const;
const LIVE = [{ path: "./status", not: ["Disabled"] }] as const;

const config: FlowRow = {
  kind: "replicate",
  path: "rules.*.destination.bucket",
  when: LIVE,
  from: OF_BUCKET,
  to: "ref",
  types: BUCKETS,
  absent: "rules is required; a bucket without this resource replicates nothing",
  source: "Amazon S3 API, PutBucketReplication",
};

/** Replication inside the bucket's own properties, as older versions of the provider had it. */
const inline = (path: string): FlowRow => ({
  kind: "replicate",
  path,
  when: LIVE,
  to: "ref",
  types: BUCKETS,
  absent: "no replication",
  source: "Pulumi AWS, aws.s3.Bucket replicationConfiguration",
});

const EDGE = "the edge locations of AWS, all over the world";

/** What is written through the access point lands in the nearest of its buckets: from each to each. */
const accessPoint: FlowReader = {
  read: ({ props }) => {
    const refs = items(props, "details", "regions").map(
      (region, index): Ref => ({
        path: `details.regions.${index}.bucket`,
        value: region === UNKNOWN ? UNKNOWN : text(region, "bucket"),
        types: BUCKETS,
      }),
    );
    return refs.flatMap((from) =>
      refs
        .filter((to) => to !== from)
        .map((to): Flow => ({ kind: "replicate", path: to.path, from, target: { to: "ref", ref: to } })),
    );
  },
  paths: ["details.regions.*.bucket"],
  absent: "details is required",
  source: "Amazon S3 User Guide, Multi-Region Access Points: requests go to the closest bucket",
};

const REGISTRY = "aws:ecr/replicationConfiguration:ReplicationConfiguration";
const REPOSITORY = "aws:ecr/repository:Repository";
const registryTargets = ({ props }: Resource): readonly Flow[] =>
  toRegions(
    "replicate",
    "replicationConfiguration.rules.destinations.region",
    items(props, "replicationConfiguration", "rules").flatMap((rule) =>
      rule === UNKNOWN ? [UNKNOWN] : items(rule, "destinations").map((to) => text(to, "region")),
    ),
  );
const REGISTRY_SOURCE = "Amazon ECR User Guide, private image replication";

const tableReplication = (path: string, types: readonly string[]): FlowRow => ({
  kind: "replicate",
  path: "rule.destinations.*.destinationTableBucketArn",
  from: { path, types },
  to: "ref",
  types: TABLE_BUCKETS,
  absent: "rule is required",
  source: "Amazon S3 User Guide, S3 Tables replication",
});

/** Object and image stores of AWS. */
export const awsObjects: FlowReaders = {
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": [config],
  "aws:s3/bucket:Bucket": [
    inline("replicationConfiguration.rules.*.destination.bucket"),
    {
      kind: "deliver",
      path: "accelerationStatus",
      to: { words: EDGE },
      on: { is: ["Enabled"] },
      standard: "Suspended",
      absent: "off",
      source: "Amazon S3 User Guide, Transfer Acceleration",
    },
    {
      kind: "ship-logs",
      path: "logging.targetBucket",
      to: "ref",
      types: BUCKETS,
      absent: "no access log",
      source: "Amazon S3 API, PutBucketLogging",
    },
  ],
  "aws:s3/bucketV2:BucketV2": [inline("replicationConfigurations.*.rules.*.destinations.bucket")],
  "aws:s3/bucketAccelerateConfiguration:BucketAccelerateConfiguration": [
    {
      kind: "deliver",
      path: "status",
      from: OF_BUCKET,
      to: { words: EDGE },
      on: { is: ["Enabled"] },
      absent: "status is required",
      source: "Amazon S3 User Guide, Transfer Acceleration",
    },
  ],
  "aws:s3/bucketLogging:BucketLogging": [
    {
      kind: "ship-logs",
      path: "targetBucket",
      from: OF_BUCKET,
      to: "ref",
      types: BUCKETS,
      absent: "targetBucket is required",
      source: "Amazon S3 API, PutBucketLogging",
    },
  ],
  "aws:s3/inventory:Inventory": [
    {
      kind: "replicate",
      path: "destination.bucket.bucketArn",
      from: OF_BUCKET,
      to: "ref",
      types: BUCKETS,
      absent: "destination is required",
      source: "Amazon S3 API, PutBucketInventoryConfiguration",
    },
  ],
  "aws:s3/analyticsConfiguration:AnalyticsConfiguration": [
    {
      kind: "replicate",
      path: "storageClassAnalysis.dataExport.destination.s3BucketDestination.bucketArn",
      from: OF_BUCKET,
      to: "ref",
      types: BUCKETS,
      absent: "nothing is exported",
      source: "Amazon S3 API, PutBucketAnalyticsConfiguration",
    },
  ],
  "aws:s3/objectCopy:ObjectCopy": [
    {
      kind: "replicate",
      path: "bucket",
      from: { path: "source", types: BUCKETS },
      to: "ref",
      types: BUCKETS,
      absent: "bucket and source are required",
      source: "Amazon S3 API, CopyObject: source is bucket/key",
    },
  ],
  "aws:s3control/multiRegionAccessPoint:MultiRegionAccessPoint": [accessPoint],
  "aws:s3tables/tableBucketReplication:TableBucketReplication": [tableReplication("tableBucketArn", TABLE_BUCKETS)],
  "aws:s3tables/tableReplication:TableReplication": [tableReplication("tableArn", TABLES)],
  [REGISTRY]: [
    {
      read: (registry, estate: Estate) =>
        estate.ofType(REPOSITORY).flatMap((from) => registryTargets(registry).map((flow) => ({ ...flow, from }))),
      paths: ["replicationConfiguration.rules.*.destinations.*.region"],
      absent: "no replication; what it copies is every repository of the registry",
      source: REGISTRY_SOURCE,
    },
  ],
  [REPOSITORY]: [
    {
      read: (_, estate) => estate.ofType(REGISTRY).flatMap(registryTargets),
      paths: [],
      absent: "nothing, unless the registry replicates",
      source: REGISTRY_SOURCE,
    },
  ],
};
