// CPU seconds of every rule over generated estates: node test/bench/policy.ts [resources] [runs]
import { estateOf, evaluate, type PlainResource } from "@kasbah/policy/judge";

const [count = 10_000, runs = 7] = process.argv.slice(2).map(Number);
const LABELS = { "kasbah-class": "restricted", "kasbah-owner": "example-ma", "kasbah-env": "prod" };
const PARIS = { type: "pulumi:providers:aws", properties: { region: "eu-west-3" } };
const policy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: ["s3:GetObject"], Resource: "arn:aws:s3:::x/*" }],
});

/** Ten resources of five sorts of cloud, as a service has them. */
const group = (number: number): readonly PlainResource[] => {
  const id = `svc-${number}`;
  const make = (
    type: string,
    properties: Readonly<Record<string, unknown>>,
    provider: PlainResource["provider"] = PARIS,
  ) => ({
    id: `urn:pulumi:prod::bench::${type}::${id}-${type.slice(-6)}`,
    type,
    name: id,
    properties,
    stack: "bench/prod",
    ...(provider === undefined ? {} : { provider }),
  });
  return [
    make("aws:s3/bucket:Bucket", { bucket: `${id}-data`, tags: LABELS }),
    make("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", {
      bucket: `${id}-data`,
      ...{ blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    }),
    make("aws:s3/bucketVersioning:BucketVersioning", {
      bucket: `${id}-data`,
      versioningConfiguration: { status: "Enabled" },
    }),
    make("aws:s3/bucketReplicationConfig:BucketReplicationConfig", {
      bucket: `${id}-data`,
      role: "arn:aws:iam::1:role/r",
      rules: [{ status: "Enabled", destination: { bucket: `arn:aws:s3:::svc-${Math.max(0, number - 1)}-data` } }],
    }),
    make("aws:iam/policy:Policy", { policy }),
    make("aws:rds/instance:Instance", {
      ...{ identifier: id, storageEncrypted: true, backupRetentionPeriod: 30, deletionProtection: true, multiAz: true },
      tags: LABELS,
    }),
    make("aws:ec2/securityGroup:SecurityGroup", {
      ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/8"] }],
      tags: LABELS,
    }),
    make("azure-native:storage:StorageAccount", {
      ...{ accountName: id, location: "francecentral", sku: { name: "Standard_ZRS" }, publicNetworkAccess: "Disabled" },
      ...{ minimumTlsVersion: "TLS1_2", tags: LABELS },
    }),
    make("gcp:storage/bucket:Bucket", {
      name: id,
      location: "europe-west9",
      labels: LABELS,
      versioning: { enabled: true },
    }),
    make("kubernetes:apps/v1:Deployment", {
      metadata: { name: id, namespace: "default", labels: LABELS },
      spec: {
        template: {
          spec: { containers: [{ name: "c", image: "registry.example.ma/app:1", env: [{ name: "A", value: "b" }] }] },
        },
      },
    }),
  ];
};

const resources = Array.from({ length: Math.ceil(count / 10) }, (_, number) => group(number)).flat();
const seconds: number[] = [];
let findings = 0;
for (let run = 0; run < runs; run += 1) {
  const before = process.cpuUsage();
  findings = evaluate(estateOf(resources, { homeCountries: ["FR"] }), { asOf: "2026-11-21" }).length;
  const { user, system } = process.cpuUsage(before);
  seconds.push((user + system) / 1e6);
}
seconds.sort((a, b) => a - b);
const middle = seconds[Math.floor(seconds.length / 2)] ?? 0;
const each = ((middle / resources.length) * 1e6).toFixed(1);
console.log(
  `${resources.length} resources, every rule, ${findings} findings: CPU s first ${seconds.at(-1)?.toFixed(2)} median ${middle.toFixed(2)} best ${seconds[0]?.toFixed(2)}; ${each} µs a resource; ${Math.round(process.memoryUsage().rss / 1e6)} MB`,
);
