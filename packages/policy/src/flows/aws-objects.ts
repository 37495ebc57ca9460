import { items, type Resource, type Text, text, UNKNOWN } from "../resource.ts";
import type { Flow, FlowReaders, Ref } from "./flow.ts";
import { toRegions } from "./flow.ts";

const BUCKETS = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"] as const;
const bucket = (path: string, value: Text): Ref => ({ path, value, types: BUCKETS });

/** Destinations of replication rules; a rule that says `Disabled` copies nothing. */
const destinations = (rules: readonly unknown[], path: string): readonly Ref[] =>
  rules.flatMap((rule, index) => {
    if (rule === UNKNOWN) return [bucket(path, UNKNOWN)];
    if (text(rule, "status") === "Disabled") return [];
    const listed = [...items(rule, "destination"), ...items(rule, "destinations")];
    return (listed.length === 0 ? [undefined] : listed).map((to) =>
      bucket(`${path}.${index}.destination.bucket`, to === UNKNOWN ? UNKNOWN : text(to, "bucket")),
    );
  });

const replicationConfig = ({ props }: Resource): readonly Flow[] =>
  destinations(items(props, "rules"), "rules").map((ref) => ({
    kind: "replicate",
    path: ref.path,
    from: bucket("bucket", text(props, "bucket")),
    target: { to: "ref", ref },
  }));

const inline = ({ props }: Resource): readonly Flow[] =>
  ["replicationConfiguration", "replicationConfigurations"].flatMap((property) =>
    items(props, property).flatMap((configuration) =>
      (configuration === UNKNOWN
        ? [bucket(property, UNKNOWN)]
        : destinations(items(configuration, "rules"), `${property}.rules`)
      ).map((ref): Flow => ({ kind: "replicate", path: ref.path, target: { to: "ref", ref } })),
    ),
  );

/** What is written through the access point lands in the nearest of its buckets: from each to each. */
const accessPoint = ({ props }: Resource): readonly Flow[] => {
  const refs = items(props, "details", "regions").map((region, index) =>
    bucket(`details.regions.${index}.bucket`, region === UNKNOWN ? UNKNOWN : text(region, "bucket")),
  );
  return refs.flatMap((from) =>
    refs
      .filter((to) => to !== from)
      .map((to): Flow => ({ kind: "replicate", path: to.path, from, target: { to: "ref", ref: to } })),
  );
};

const registryTargets = ({ props }: Resource): readonly Flow[] =>
  toRegions(
    "replicate",
    "replicationConfiguration.rules.destinations.region",
    items(props, "replicationConfiguration", "rules").flatMap((rule) =>
      rule === UNKNOWN ? [UNKNOWN] : items(rule, "destinations").map((to) => text(to, "region")),
    ),
  );

const REGISTRY = "aws:ecr/replicationConfiguration:ReplicationConfiguration";
const REPOSITORY = "aws:ecr/repository:Repository";
const config = {
  read: replicationConfig,
  absent: "rules is required; a bucket without this resource replicates nothing",
  source: "Amazon S3 API, PutBucketReplication",
};
const inlined = {
  read: inline,
  absent: "no replication",
  source: "Pulumi AWS 7, aws.s3.Bucket replicationConfiguration",
};

/** Object and image stores of AWS. */
export const awsObjects: FlowReaders = {
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": config,
  "aws:s3/bucketReplicationConfiguration:BucketReplicationConfiguration": config,
  "aws:s3/bucket:Bucket": inlined,
  "aws:s3/bucketV2:BucketV2": inlined,
  "aws:s3control/multiRegionAccessPoint:MultiRegionAccessPoint": {
    read: accessPoint,
    absent: "details is required",
    source: "Amazon S3 User Guide, Multi-Region Access Points: requests go to the closest bucket",
  },
  [REGISTRY]: {
    read: (registry, estate) =>
      [...estate.all()]
        .filter(({ type }) => type === REPOSITORY)
        .flatMap((from) => registryTargets(registry).map((flow) => ({ ...flow, from }))),
    absent: "no replication; what it copies is every repository of the registry",
    source: "Amazon ECR User Guide, private image replication",
  },
  [REPOSITORY]: {
    read: (_, estate) => [...estate.all()].filter(({ type }) => type === REGISTRY).flatMap(registryTargets),
    absent: "nothing, unless the registry replicates",
    source: "Amazon ECR User Guide, private image replication",
  },
};
