import { labels, made, NOT_KNOWN, type Samples } from "./sample.ts";

const SECRET = labels("restricted");
const pod = (container: object, level: object = SECRET) =>
  made("kubernetes:core/v1:Pod", "p", {
    metadata: { labels: level },
    spec: { containers: [{ name: "c", ...container }] },
  });
const env = (name: string, value: string) => ({ name, value });
const QDRANT = "registry.example.ma/qdrant/qdrant:v1";

export const requireTelemetryOffSamples: Samples = {
  pass: [
    { why: "switched off", estate: [pod({ image: QDRANT, env: [env("QDRANT__TELEMETRY_DISABLED", "true")] })] },
    { why: "switched off by an argument", estate: [pod({ image: QDRANT, args: ["--disable-telemetry"] })] },
    {
      why: "switched off in a map of settings",
      estate: [
        made("kubernetes:core/v1:ConfigMap", "m", {
          metadata: { name: "quiet" },
          data: { QDRANT__TELEMETRY_DISABLED: "true" },
        }),
        pod({ image: QDRANT, envFrom: [{ configMapRef: { name: "quiet" } }] }),
      ],
    },
    { why: "a service that is quiet", estate: [pod({ image: "registry.example.ma/postgres:17" })] },
    { why: "public data", estate: [pod({ image: QDRANT }, labels("public"))] },
  ],
  fail: [
    { why: "left on", estate: [pod({ image: QDRANT })], says: ["QDRANT__TELEMETRY_DISABLED=true", "qdrant sends"] },
    {
      why: "the switch says the wrong thing",
      estate: [pod({ image: QDRANT, env: [env("QDRANT__TELEMETRY_DISABLED", "false")] })],
    },
    {
      why: "one of two switches",
      estate: [pod({ image: "registry.example.ma/vllm/vllm-openai:v1", env: [env("VLLM_NO_USAGE_STATS", "1")] })],
      says: ["huggingface-hub"],
    },
    {
      why: "a switch that is not known",
      estate: [pod({ image: QDRANT, env: [env("QDRANT__TELEMETRY_DISABLED", NOT_KNOWN)] })],
      says: ["cannot decide"],
    },
  ],
};

export const keepImagesSamples: Samples = {
  pass: [
    { why: "one's own registry", estate: [pod({ image: "registry.example.ma/app@sha256:0" })] },
    { why: "the account's registry", estate: [pod({ image: "1.dkr.ecr.eu-west-3.amazonaws.com/app:1" })] },
    { why: "public data", estate: [pod({ image: "nginx" }, labels("public"))] },
  ],
  fail: [
    { why: "no registry is Docker Hub", estate: [pod({ image: "postgres:17" })], says: ["docker.io"] },
    { why: "another public one", estate: [pod({ image: "quay.io/org/app:1" })], says: ["quay.io"] },
  ],
};

const group = (egress: object, tags: object = SECRET) =>
  made("aws:ec2/securityGroup:SecurityGroup", "g", { tags, egress: [egress] });
const policy = (egress: readonly object[]) =>
  made("kubernetes:networking.k8s.io/v1:NetworkPolicy", "n", {
    metadata: { labels: SECRET },
    spec: { policyTypes: ["Egress"], egress },
  });

export const keepEgressNamedSamples: Samples = {
  pass: [
    { why: "a named range", estate: [group({ protocol: "-1", cidrBlocks: ["10.0.0.0/8"] })] },
    { why: "nothing leaves", estate: [policy([])] },
    { why: "names are asked for", estate: [policy([{ ports: [{ protocol: "UDP", port: 53 }] }])] },
    {
      why: "one port, of internal data",
      estate: [group({ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }, labels("internal"))],
    },
    {
      why: "the default rules are deleted",
      estate: [
        made("openstack:networking/secGroup:SecGroup", "g", {
          tags: ["kasbah-class=restricted"],
          deleteDefaultRules: true,
        }),
      ],
    },
  ],
  fail: [
    {
      why: "everything to everybody",
      estate: [group({ protocol: "-1", cidrBlocks: ["0.0.0.0/0"] })],
      says: ["egress.0", "every port"],
    },
    {
      why: "one port, of restricted data",
      estate: [group({ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] })],
      says: ["port 443"],
    },
    { why: "a rule that names nobody", estate: [policy([{}])] },
    {
      why: "OpenStack's default rules",
      estate: [made("openstack:networking/secGroup:SecGroup", "g", { tags: ["kasbah-class=restricted"] })],
      says: ["deleteDefaultRules"],
    },
  ],
};
