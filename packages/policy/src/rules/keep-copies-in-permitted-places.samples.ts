import { bucket, HOME, labels, made, NOT_KNOWN, PARIS, type Sample, type Samples } from "./sample.ts";

const US = { region: "us-east-1" } as const;
const replication = (source: string, destination: string, rule: object = {}) =>
  made(
    "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
    "r",
    {
      bucket: source,
      role: "arn:aws:iam::1:role/r",
      rules: [{ status: "Enabled", destination: { bucket: destination }, ...rule }],
    },
    PARIS,
  );
const arn = (name: string): string => `arn:aws:s3:::${name}`;
const docs = bucket("docs", "public", "product-docs");
const secret = bucket("secret", "restricted", "documents");
const abroad = bucket("abroad", "public", "product-docs", "us-east-1");

const breach: Sample = {
  why: "objects replicated abroad",
  estate: [secret, abroad, replication("secret", arn("abroad"))],
  says: ["rules.0.destination.bucket", "documents only where", "(home)", "stored in US"],
};

export const keepCopiesInPermittedPlacesSamples: Samples = {
  pass: [
    { why: "public objects replicated abroad", estate: [docs, abroad, replication("docs", arn("abroad"))] },
    { why: "public objects replicated who knows where", estate: [docs, replication("docs", arn("elsewhere"))] },
    {
      why: "a rule that is off",
      estate: [secret, abroad, replication("secret", arn("abroad"), { status: "Disabled" })],
    },
    {
      why: "a database without replicas",
      estate: [made("aws:rds/instance:Instance", "db", { tags: labels("restricted", "vectors") }, PARIS)],
    },
    {
      why: "labels only: internal objects",
      estate: [bucket("a", "internal"), bucket("b", "internal"), replication("a", arn("b"))],
      settings: "labels",
    },
  ],
  fail: [
    breach,
    {
      why: "a destination that is not of the program",
      estate: [secret, replication("secret", arn("elsewhere"))],
      says: ["cannot decide", "arn:aws:s3:::elsewhere"],
    },
    {
      why: "a source that is not of the program",
      estate: [abroad, replication("elsewhere", arn("abroad"))],
      says: ["cannot decide", "bucket names elsewhere"],
    },
    {
      why: "replication inside the bucket's own properties",
      estate: [
        abroad,
        made("aws:s3/bucket:Bucket", "b", {
          ...US,
          bucket: "b",
          tags: labels("restricted", "documents"),
          replicationConfiguration: {
            role: "r",
            rules: [{ status: "Enabled", destination: { bucket: arn("abroad") } }],
          },
        }),
      ],
      says: ["replicationConfiguration.rules.0"],
    },
    {
      why: "a replica of a database, labelled lower than its source",
      estate: [
        made("aws:rds/instance:Instance", "db", { identifier: "db", tags: labels("restricted", "vectors") }, PARIS),
        made("aws:rds/instance:Instance", "copy", {
          ...US,
          replicateSourceDb: "arn:aws:rds:eu-west-3:1:db:db",
          tags: labels("public", "product-docs"),
        }),
      ],
      says: ["replicateSourceDb", "vectors only where"],
    },
    {
      why: "a paired region",
      estate: [
        made("azure-native:storage:StorageAccount", "sa", {
          location: "francecentral",
          sku: { name: "Standard_RAGRS" },
          tags: labels("restricted", "documents"),
        }),
      ],
      says: ["sku.name", "azure/francesouth"],
    },
    {
      why: "backups in the default multi-region",
      estate: [
        made(
          "gcp:sql/databaseInstance:DatabaseInstance",
          "db",
          { settings: { userLabels: labels("restricted", "vectors"), backupConfiguration: { enabled: true } } },
          { region: "europe-west9" },
        ),
      ],
      says: ["backupConfiguration.location", "closest"],
    },
    {
      why: "a container synchronised with another cluster",
      estate: [
        made(
          "openstack:objectstorage/container:Container",
          "c",
          { metadata: labels("restricted", "documents"), containerSyncTo: "//realm/abroad/AUTH_1/c" },
          HOME,
        ),
      ],
      says: ["containerSyncTo", "another Swift cluster"],
    },
    {
      why: "a region that is not known yet",
      estate: [
        made("aws:secretsmanager/secret:Secret", "s", {
          ...PARIS,
          replicas: [{ region: NOT_KNOWN }],
          tags: labels("critical"),
        }),
      ],
      says: ["replicas.0.region is not known yet"],
    },
    { ...breach, why: "labels only: restricted objects", settings: "labels", says: ["stored in US", "Pass the"] },
  ],
};
