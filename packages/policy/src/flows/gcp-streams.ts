import type { FlowReaders, FlowRow } from "./flow.ts";

const BUCKETS = ["gcp:storage/bucket:Bucket"] as const;
const DATASETS = ["gcp:bigquery/dataset:Dataset"] as const;
const TOPICS = ["gcp:pubsub/topic:Topic"] as const;
const LOG_BUCKETS = [
  "gcp:logging/projectBucketConfig:ProjectBucketConfig",
  "gcp:logging/folderBucketConfig:FolderBucketConfig",
  "gcp:logging/organizationBucketConfig:OrganizationBucketConfig",
  "gcp:logging/billingAccountBucketConfig:BillingAccountBucketConfig",
] as const;
const FRONT = "Cloud CDN documentation: content is cached all over the world";
const EDGE = "the edge locations of Google, all over the world";

const sink: FlowRow = {
  kind: "ship-logs",
  path: "destination",
  from: "stack",
  to: "ref",
  types: [...BUCKETS, ...DATASETS, ...TOPICS, ...LOG_BUCKETS],
  absent: "destination is required",
  source: "Cloud Logging API, sinks.create",
};

/** A store of logs: those of everything in the project. */
const store = (path: string): FlowRow => ({
  kind: "ship-logs",
  path,
  from: "stack",
  to: "region",
  standard: "global",
  absent: "global: any of Google's regions",
  source: "Cloud Logging documentation, regionalised log buckets: global unless a location is given",
});

const delivery = (path: string, more: Partial<FlowRow> = {}): FlowRow => ({
  kind: "deliver",
  path,
  to: { words: EDGE },
  on: { is: [true] },
  standard: false,
  absent: "not cached at the edge",
  source: FRONT,
  ...more,
});

const subscription = (path: string, to: "ref" | "endpoint", types: readonly string[]): FlowRow => ({
  kind: "replicate",
  path,
  from: { path: "topic", types: TOPICS },
  to,
  types,
  absent: "nothing is sent there",
  source: "Pub/Sub API, projects.subscriptions.create",
});

const STORAGE = "Pub/Sub documentation, message storage policies: without one, messages may be stored in any region";

/** Logs, messages and delivery of Google Cloud. */
export const gcpStreams: FlowReaders = {
  "gcp:logging/projectSink:ProjectSink": [sink],
  "gcp:logging/folderSink:FolderSink": [sink],
  "gcp:logging/organizationSink:OrganizationSink": [sink],
  "gcp:logging/billingAccountSink:BillingAccountSink": [sink],
  ...Object.fromEntries(LOG_BUCKETS.map((type) => [type, [store("location")]])),
  "gcp:logging/organizationSettings:OrganizationSettings": [store("storageLocation")],
  "gcp:logging/folderSettings:FolderSettings": [store("storageLocation")],
  "gcp:pubsub/topic:Topic": [
    {
      kind: "replicate",
      path: "messageStoragePolicy.allowedPersistenceRegions.*",
      to: "region",
      absent: "any region",
      source: STORAGE,
    },
    {
      kind: "replicate",
      path: "messageStoragePolicy.allowedPersistenceRegions",
      to: { words: "any region of Google, the one nearest to who publishes" },
      on: { set: false },
      absent: "any region",
      source: STORAGE,
    },
  ],
  "gcp:pubsub/subscription:Subscription": [
    subscription("bigqueryConfig.table", "ref", ["gcp:bigquery/table:Table", ...DATASETS]),
    subscription("cloudStorageConfig.bucket", "ref", BUCKETS),
    subscription("pushConfig.pushEndpoint", "endpoint", []),
  ],
  "gcp:compute/backendBucket:BackendBucket": [delivery("enableCdn", { from: { path: "bucketName", types: BUCKETS } })],
  "gcp:compute/backendService:BackendService": [delivery("enableCdn", { from: "stack" })],
  "gcp:networkservices/edgeCacheService:EdgeCacheService": [delivery("name", { on: {} })],
  "gcp:networkservices/edgeCacheOrigin:EdgeCacheOrigin": [delivery("originAddress", { on: {} })],
  "gcp:firebase/hostingSite:HostingSite": [
    delivery("siteId", { on: {}, from: "stack", source: "Firebase Hosting documentation: a global CDN" }),
  ],
};
