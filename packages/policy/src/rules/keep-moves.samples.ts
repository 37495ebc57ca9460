import { bucket, HOME, labels, made, PARIS, type Samples } from "./sample.ts";

const SECRET = labels("restricted", "documents");
const OPEN = labels("public", "product-docs");
const group = (name: string, tags: object) => made("aws:cloudwatch/logGroup:LogGroup", name, { name, tags }, PARIS);
const subscription = (name: string, destinationArn: string) =>
  made("aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter", "s", { logGroup: name, destinationArn }, PARIS);
const stream = "arn:aws:kinesis:us-east-1:1:stream/logs";
const store = made("openstack:blockstorage/volume:Volume", "v", { metadata: SECRET }, HOME);
const pod = (env: readonly object[], level: object = SECRET) =>
  made("kubernetes:core/v1:Pod", "p", {
    metadata: { labels: level },
    spec: { containers: [{ name: "c", image: "registry.example.ma/app@sha256:0", env }] },
  });
const otlp = (value: string) => [{ name: "OTEL_EXPORTER_OTLP_ENDPOINT", value }];
const account = (tags: object) =>
  made("azure-native:cognitiveservices:Account", "a", { accountName: "a", location: "francecentral", tags });
const deployment = (sku: string) =>
  made("azure-native:cognitiveservices:Deployment", "d", { accountName: "a", deploymentName: "d", sku: { name: sku } });

export const keepLogsSamples: Samples = {
  pass: [
    { why: "logs of public data abroad", estate: [group("open", OPEN), subscription("open", stream)] },
    {
      why: "access logs into a bucket of the same place",
      estate: [
        bucket("logs", "public", "product-docs"),
        bucket("docs", "public", "product-docs"),
        made("aws:s3/bucketLogging:BucketLogging", "l", { bucket: "docs", targetBucket: "logs" }, PARIS),
      ],
    },
  ],
  fail: [
    {
      why: "a log group whose subscription leads abroad",
      estate: [group("secret", SECRET), subscription("secret", stream)],
      says: ["destinationArn", "documents only where", "stored in US"],
    },
    {
      why: "a sink of everything that a stack holds, into a global bucket",
      estate: [
        made(
          "gcp:sql/databaseInstance:DatabaseInstance",
          "db",
          { settings: { userLabels: SECRET } },
          { region: "europe-west9" },
        ),
        made("gcp:logging/projectSink:ProjectSink", "s", {
          destination: "logging.googleapis.com/projects/p/locations/global/buckets/_Default",
        }),
      ],
      says: ["destination", "the multi-region global"],
    },
    {
      why: "diagnostics into a workspace abroad",
      estate: [
        made("azure-native:operationalinsights:Workspace", "w", { workspaceName: "w", location: "eastus", tags: OPEN }),
        made("azure-native:dbforpostgresql:Server", "s", { serverName: "s", location: "francecentral", tags: SECRET }),
        made("azure-native:monitor:DiagnosticSetting", "d", {
          resourceUri: "/subscriptions/x/providers/Microsoft.DBforPostgreSQL/flexibleServers/s",
          workspaceId: "/subscriptions/x/providers/Microsoft.OperationalInsights/workspaces/w",
        }),
      ],
      says: ["workspaceId", "stored in US"],
    },
  ],
};

export const keepTracesSamples: Samples = {
  pass: [
    { why: "a collector of the cluster", estate: [pod(otlp("http://collector.observability.svc:4317"))] },
    { why: "a private address", estate: [pod(otlp("http://10.0.0.9:4318"))] },
    { why: "traces of public data", estate: [pod(otlp("https://otlp.example.com"), OPEN)] },
  ],
  fail: [
    {
      why: "an exporter of another vendor",
      estate: [pod(otlp("https://api.honeycomb.io"))],
      says: ["spec.containers.0.env.0.value", "cannot decide", "honeycomb"],
    },
    {
      why: "a collector whose configuration leads abroad",
      estate: [
        made("kubernetes:core/v1:ConfigMap", "c", {
          metadata: { labels: SECRET },
          data: { "config.yaml": "exporters:\n  otlp:\n    endpoint: https://otlp.eu-central-1.amazonaws.com:4317\n" },
        }),
      ],
      says: ["data.config.yaml", "stored in DE"],
    },
  ],
};

export const keepModelCallsSamples: Samples = {
  pass: [
    { why: "a Global deployment for public data", estate: [account(OPEN), deployment("GlobalStandard")] },
    {
      why: "a model server of the cluster",
      estate: [pod([{ name: "OPENAI_BASE_URL", value: "http://vllm:8000/v1" }])],
    },
  ],
  fail: [
    {
      why: "a Global deployment",
      estate: [account(SECRET), deployment("GlobalStandard")],
      says: ["sku.name", "any Azure region in the world"],
    },
    {
      why: "a deployment of a data zone",
      estate: [account(SECRET), deployment("DataZoneStandard")],
      says: ["sku.name", "the data zone"],
    },
    {
      why: "an inference profile of all regions",
      estate: [
        made(
          "aws:bedrock/agentAgent:AgentAgent",
          "a",
          { foundationModel: "global.anthropic.claude-sonnet-4-5-v1:0", tags: SECRET },
          PARIS,
        ),
      ],
      says: ["foundationModel", "inference profile global."],
    },
    {
      why: "a provider of models abroad",
      estate: [pod([{ name: "OPENAI_BASE_URL", value: "https://api.groq.com/openai/v1" }])],
      says: ["provider/groq"],
    },
  ],
};

const key = (region: string) => `arn:aws:kms:${region}:1:key/k`;
const encrypted = (kmsKeyId: string, tags: object = labels("restricted")) =>
  made("aws:rds/instance:Instance", "db", { region: "eu-west-3", kmsKeyId, tags });

export const keepKeysSamples: Samples = {
  pass: [
    { why: "a key beside the data", estate: [encrypted(key("eu-west-3"))], settings: "labels-france" },
    { why: "a key of the cloud", estate: [encrypted("alias/aws/rds")], settings: "labels-france" },
    { why: "public data with a key abroad", estate: [encrypted(key("us-east-1"), OPEN)] },
  ],
  fail: [
    {
      why: "a key abroad",
      estate: [encrypted(key("us-east-1"))],
      settings: "labels-france",
      says: ["kmsKeyId", "stored in US"],
    },
  ],
};

const distribution = (tags: object) =>
  made("aws:cloudfront/distribution:Distribution", "d", { enabled: true, tags, origins: [] }, PARIS);

export const keepDeliverySamples: Samples = {
  pass: [
    { why: "public content everywhere", estate: [distribution(OPEN)] },
    {
      why: "a regional interface",
      estate: [
        made(
          "aws:apigateway/restApi:RestApi",
          "a",
          { tags: SECRET, endpointConfiguration: { types: ["REGIONAL"] } },
          PARIS,
        ),
      ],
    },
  ],
  fail: [
    { why: "restricted content everywhere", estate: [distribution(SECRET)], says: ["enabled", "edge locations"] },
    {
      why: "an interface whose default is the edge",
      estate: [made("aws:apigateway/restApi:RestApi", "a", { tags: SECRET }, PARIS)],
      says: ["endpointConfiguration.types", "edge locations"],
    },
    {
      why: "a distribution called public, in front of a restricted bucket",
      estate: [
        bucket("vault", "restricted", "documents"),
        made(
          "aws:cloudfront/distribution:Distribution",
          "d",
          { enabled: true, tags: OPEN, origins: [{ domainName: "vault.s3.eu-west-3.amazonaws.com" }] },
          PARIS,
        ),
      ],
      says: ["origins.0.domainName", "documents only where"],
    },
  ],
};

const stack = { ...made("pulumi:pulumi:Stack", "s", {}), stack: "app/prod" };
const held = { ...bucket("held", "restricted"), stack: "app/prod" };
const state = (backend: string) => ({ stacks: { "app/prod": { backend } } });

export const keepStateSamples: Samples = {
  pass: [
    { why: "a file beside the program", estate: [stack], context: state("file://~/state") },
    { why: "nothing is told of the backend", estate: [held, stack], settings: "labels-france" },
    {
      why: "the bucket is where the data are",
      estate: [held, stack],
      settings: "labels-france",
      context: state("s3://state?region=eu-west-3"),
    },
  ],
  fail: [
    {
      why: "a bucket abroad",
      estate: [held, stack],
      settings: "labels-france",
      context: state("s3://state?region=us-east-1"),
      says: ["backend", "restricted data in FR", "stored in US"],
    },
    {
      why: "a service of another vendor",
      estate: [held, stack],
      settings: "labels-france",
      context: state("https://api.pulumi.com"),
      says: ["cannot decide"],
    },
  ],
};

const release = made("kubernetes:helm.sh/v3:Release", "r", { chart: "postgresql", namespace: "db" });
const namespace = (level: string) =>
  made("kubernetes:core/v1:Namespace", "db", { metadata: { name: "db", labels: labels(level) } });

export const requireReadableSamples: Samples = {
  pass: [
    { why: "a chart in a namespace of public data", estate: [namespace("public"), release] },
    { why: "a random number", estate: [store, made("random:index/randomId:RandomId", "r", { byteLength: 4 })] },
    { why: "typed resources", estate: [store] },
  ],
  fail: [
    { why: "a chart among restricted data", estate: [namespace("restricted"), release], says: ["chart", "postgresql"] },
    {
      why: "a template of CloudFormation",
      estate: [made("aws:cloudformation/stack:Stack", "s", { templateBody: "{}", tags: labels("restricted") }, PARIS)],
      says: ["its template"],
    },
    {
      why: "a provider that nobody reads",
      estate: [made("mongodbatlas:index/cluster:Cluster", "c", { labels: labels("restricted") })],
      says: ["mongodbatlas"],
    },
  ],
};
