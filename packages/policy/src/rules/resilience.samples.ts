import { bucket, labels, made, PARIS, type Samples } from "./sample.ts";

const SECRET = labels("restricted");
const database = (props: object, tags: object = SECRET) =>
  made("aws:rds/instance:Instance", "d", { tags, ...props }, PARIS);

export const requireBackupsSamples: Samples = {
  pass: [
    { why: "kept for a month", estate: [database({ backupRetentionPeriod: 30 })] },
    { why: "public data", estate: [database({}, labels("public"))] },
    {
      why: "Azure keeps them for a week by default",
      estate: [made("azure-native:dbforpostgresql:Server", "s", { tags: SECRET })],
    },
    { why: "a replica, whose source is backed up", estate: [database({ replicateSourceDb: "x" })] },
  ],
  fail: [
    { why: "none by default", estate: [database({})], says: ["backupRetentionPeriod", "which is 0"] },
    {
      why: "kept for a day",
      estate: [made("aws:rds/cluster:Cluster", "c", { tags: SECRET, backupRetentionPeriod: 1 })],
      says: ["at least 7 days"],
    },
    {
      why: "off by default",
      estate: [made("gcp:sql/databaseInstance:DatabaseInstance", "d", { settings: { userLabels: SECRET } })],
    },
    {
      why: "old versions are thrown away",
      estate: [made("gcp:storage/bucket:Bucket", "b", { labels: SECRET, location: "europe-west9" })],
      says: ["versioning.enabled"],
    },
  ],
};

const versioning = made(
  "aws:s3/bucketVersioning:BucketVersioning",
  "v",
  { bucket: "b", versioningConfiguration: { status: "Enabled" } },
  PARIS,
);

export const requireBackupsBesideSamples: Samples = {
  pass: [
    { why: "versioning beside it", estate: [versioning, bucket("b", "restricted")] },
    {
      why: "a plan for everything",
      estate: [made("aws:backup/selection:Selection", "s", { resources: ["*"] }), bucket("b", "restricted")],
    },
    { why: "public data", estate: [bucket("b", "public")] },
  ],
  fail: [
    {
      why: "nothing beside it",
      estate: [bucket("b", "restricted")],
      says: ["versioning", "what is overwritten is lost"],
    },
    { why: "versioning of another bucket", estate: [versioning, bucket("c", "restricted")] },
  ],
};

const table = (props: object, tags: object = SECRET) =>
  made("aws:dynamodb/table:Table", "t", { tags, ...props }, PARIS);

export const requirePointInTimeSamples: Samples = {
  pass: [
    { why: "on", estate: [table({ pointInTimeRecovery: { enabled: true } })] },
    { why: "data that may be lost", estate: [table({}, labels("internal"))] },
  ],
  fail: [{ why: "off by default", estate: [table({})], says: ["pointInTimeRecovery.enabled", "which is false"] }],
};

export const requireDeletionProtectionSamples: Samples = {
  pass: [
    { why: "the cloud refuses", estate: [database({ deletionProtection: true })] },
    { why: "the engine refuses", estate: [{ ...database({}), protect: true }] },
    {
      why: "Google's default",
      estate: [made("gcp:sql/databaseInstance:DatabaseInstance", "d", { settings: { userLabels: SECRET } })],
    },
  ],
  fail: [
    { why: "off by default", estate: [database({})], says: ["deletionProtection"] },
    {
      why: "a bucket that is emptied first",
      estate: [made("aws:s3/bucket:Bucket", "b", { tags: SECRET, forceDestroy: true })],
    },
  ],
};

export const requireSecondSiteSamples: Samples = {
  pass: [
    { why: "two zones", estate: [database({ multiAz: true })] },
    { why: "confidential data in one", estate: [database({}, labels("confidential"))] },
  ],
  fail: [
    { why: "one zone by default", estate: [database({})], says: ["multiAz", "Do not copy it abroad"] },
    {
      why: "three copies in one building",
      estate: [made("azure-native:storage:StorageAccount", "s", { tags: SECRET, sku: { name: "Standard_LRS" } })],
      says: ["sku.name"],
    },
  ],
};

const critical = { metadata: { labels: labels("critical") } };

export const requireRollbackSamples: Samples = {
  pass: [
    { why: "Kubernetes keeps ten", estate: [made("kubernetes:apps/v1:Deployment", "d", { ...critical, spec: {} })] },
    {
      why: "a service that is not critical",
      estate: [
        made("kubernetes:apps/v1:Deployment", "d", { metadata: { labels: SECRET }, spec: { revisionHistoryLimit: 0 } }),
      ],
    },
  ],
  fail: [
    {
      why: "no revision is kept",
      estate: [made("kubernetes:apps/v1:Deployment", "d", { ...critical, spec: { revisionHistoryLimit: 0 } })],
      says: ["revisionHistoryLimit"],
    },
    {
      why: "a service that stays broken",
      estate: [made("aws:ecs/service:Service", "s", { tags: labels("critical") })],
      says: ["deploymentCircuitBreaker.rollback"],
    },
  ],
};

const stack = made("pulumi:pulumi:Stack", "s", {});
const vault = database({}, labels("critical"));

export const requireDrillsSamples: Samples = {
  pass: [
    { why: "nothing critical", estate: [database({}), stack] },
    { why: "tried this year", estate: [vault, stack], context: { drills: { d: "2026-05-01" } } },
    {
      why: "a plan that tries",
      estate: [vault, made("aws:backup/restoreTestingSelection:RestoreTestingSelection", "r", {}), stack],
    },
  ],
  fail: [
    { why: "never tried", estate: [vault, stack], says: ["a restore of d", "none on record"] },
    { why: "tried long ago", estate: [vault, stack], context: { drills: { d: "2024-05-01" } }, says: ["2024-05-01"] },
  ],
};
