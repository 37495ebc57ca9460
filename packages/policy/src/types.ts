import aliases from "./data/aliases.json" with { type: "json" };

const ALIASES: ReadonlyMap<string, string> = new Map([
  ...Object.entries(aliases.types),
  // The same resources under three module names: `aws.alb`, `aws.lb` and `aws.elasticloadbalancingv2`.
  ...["listener:Listener", "listenerRule:ListenerRule", "loadBalancer:LoadBalancer", "targetGroup:TargetGroup"].map(
    (name): [string, string] => [`aws:alb/${name}`, `aws:lb/${name}`],
  ),
  [
    "aws:s3/bucketReplicationConfiguration:BucketReplicationConfiguration",
    "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
  ],
]);

/** Groups of Kubernetes with the version that the tables name. The others keep theirs. */
const VERSIONS: ReadonlyMap<string, string> = new Map([
  ...[
    "admissionregistration.k8s.io",
    "apps",
    "batch",
    "core",
    "networking.k8s.io",
    "policy",
    "rbac.authorization.k8s.io",
    "storage.k8s.io",
  ].map((group): [string, string] => [group, "v1"]),
  ["autoscaling", "v2"],
]);

/** What the group `extensions` held has moved. Source: Kubernetes deprecation guide, v1.16 and v1.22. */
const EXTENSIONS: ReadonlyMap<string, string> = new Map([
  ["DaemonSet", "apps"],
  ["Deployment", "apps"],
  ["ReplicaSet", "apps"],
  ["Ingress", "networking.k8s.io"],
  ["NetworkPolicy", "networking.k8s.io"],
]);

const known = new Map<string, string>();
const MOST_KNOWN = 20_000;

/** The type token by which the tables know a resource: without API version, under its present name. */
export const canonicalType = (type: string): string => {
  const found = known.get(type);
  if (found !== undefined) return found;
  const canonical = canonicalOf(type);
  if (known.size < MOST_KNOWN) known.set(type, canonical);
  return canonical;
};

const canonicalOf = (type: string): string => {
  if (type.startsWith("kubernetes:")) return kubernetes(type);
  const plain = type.startsWith("azure-native") ? azure(type) : type;
  const current = ALIASES.get(plain) ?? plain;
  return ALIASES.get(current) ?? current;
};

/** Single servers were called `Server` in the old versions of these modules; flexible servers are today. */
const SINGLE_SERVER = /^azure-native(?:_[^:]*)?:(dbforpostgresql|dbformysql)\/v201[78]\d+[a-z]*:Server$/;

const azure = (type: string): string => {
  const single = SINGLE_SERVER.exec(type)?.[1];
  if (single !== undefined) return `azure-native:${single}:SingleServer`;
  return type.replace(/^azure-native(?:_[^:]*)?:([^:/]+)(?:\/v\d+[a-z]*)?:/, "azure-native:$1:");
};

/** `kubernetes:extensions/v1beta1:Ingress` and `kubernetes:networking.k8s.io/v1:IngressPatch` are one. */
const kubernetes = (type: string): string => {
  const [, group = "", version = "", kind = ""] = /^kubernetes:([^/:]+)\/([^:]+):(.+)$/.exec(type) ?? [];
  if (kind === "") return type;
  const name = kind.endsWith("Patch") ? kind.slice(0, -"Patch".length) : kind;
  const home = (group === "extensions" ? EXTENSIONS.get(name) : undefined) ?? group;
  return `kubernetes:${home}/${VERSIONS.get(home) ?? version}:${name}`;
};
