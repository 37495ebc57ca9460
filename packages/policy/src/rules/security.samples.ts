import { bucket, HOME, labels, made, NOT_KNOWN, PARIS, type Samples } from "./sample.ts";

const SECRET = labels("restricted");
const OPEN = labels("public");
const document = (statement: object) => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
const everybody = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::b/*" };
const policy = (statement: object) =>
  made("aws:s3/bucketPolicy:BucketPolicy", "p", { bucket: "b", policy: document(statement) }, PARIS);
const block = (flags: object) =>
  made("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "p", { bucket: "b", ...flags }, PARIS);
const ALL_ON = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };
const secret = bucket("b", "restricted");
const service = (spec: object, annotations: object = {}) =>
  made("kubernetes:core/v1:Service", "s", { metadata: { labels: SECRET, annotations }, spec });

export const keepDataPrivateSamples: Samples = {
  pass: [
    { why: "a bucket that is blocked", estate: [secret, block(ALL_ON)] },
    { why: "a website of public data", estate: [bucket("b", "public"), policy(everybody)] },
    {
      why: "everybody of the organisation",
      estate: [secret, policy({ ...everybody, Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } })],
    },
    { why: "a refusal", estate: [secret, policy({ ...everybody, Effect: "Deny" })] },
    {
      why: "an internal load balancer",
      estate: [service({ type: "LoadBalancer" }, { "service.beta.kubernetes.io/aws-load-balancer-internal": "true" })],
    },
    {
      why: "a private container of Swift",
      estate: [
        made(
          "openstack:objectstorage/container:Container",
          "c",
          { metadata: SECRET, containerRead: "project:*" },
          HOME,
        ),
      ],
    },
  ],
  fail: [
    {
      why: "a flag of the block is off",
      estate: [secret, block({ ...ALL_ON, blockPublicPolicy: false })],
      says: ["blockPublicPolicy"],
    },
    {
      why: "a flag of the block is left out",
      estate: [secret, block({ blockPublicAcls: true })],
      says: ["found nothing, which is false"],
    },
    { why: "a policy for everybody", estate: [secret, policy(everybody)], says: ["policy.Statement.0", "everybody"] },
    {
      why: "a policy for every address",
      estate: [secret, policy({ ...everybody, Condition: { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } } })],
    },
    {
      why: "a list of what everybody may",
      estate: [made("aws:s3/bucketAcl:BucketAcl", "a", { bucket: "b", acl: "public-read" })],
      says: ["acl"],
    },
    {
      why: "a public database",
      estate: [made("aws:rds/instance:Instance", "d", { publiclyAccessible: true, tags: SECRET })],
    },
    {
      why: "a member that is everybody",
      estate: [
        made("gcp:storage/bucketIAMMember:BucketIAMMember", "m", {
          bucket: "x",
          role: "roles/storage.objectViewer",
          member: "allUsers",
        }),
      ],
      says: ["allUsers"],
    },
    {
      why: "members, one of them everybody",
      estate: [
        made("gcp:pubsub/topicIAMBinding:TopicIAMBinding", "m", {
          topic: "x",
          role: "r",
          members: ["user:a", "allAuthenticatedUsers"],
        }),
      ],
    },
    {
      why: "a storage account whose network is open by default",
      estate: [made("azure-native:storage:StorageAccount", "s", { sku: { name: "Standard_ZRS" }, tags: SECRET })],
      says: ["publicNetworkAccess", "which is Enabled"],
    },
    {
      why: "a container that everybody reads",
      estate: [
        made(
          "openstack:objectstorage/container:Container",
          "c",
          { metadata: SECRET, containerRead: ".r:*,.rlistings" },
          HOME,
        ),
      ],
    },
    {
      why: "a load balancer that is open to the world",
      estate: [service({ type: "LoadBalancer" })],
      says: ["open to the world"],
    },
    {
      why: "a switch that is not known",
      estate: [made("aws:rds/instance:Instance", "d", { publiclyAccessible: NOT_KNOWN, tags: SECRET })],
      says: ["cannot decide"],
    },
  ],
};

const database = (props: object) => made("aws:rds/instance:Instance", "d", { tags: SECRET, ...props }, PARIS);

export const requireEncryptionAtRestSamples: Samples = {
  pass: [
    { why: "an encrypted database", estate: [database({ storageEncrypted: true })] },
    { why: "a bucket, which is encrypted by default", estate: [secret] },
    { why: "a public machine", estate: [made("aws:ebs/volume:Volume", "v", { tags: OPEN })] },
  ],
  fail: [
    { why: "a database that says nothing", estate: [database({})], says: ["storageEncrypted", "which is false"] },
    { why: "a copy that is told not to", estate: [database({ replicateSourceDb: "x", storageEncrypted: false })] },
    {
      why: "a file system that says nothing",
      estate: [made("aws:efs/fileSystem:FileSystem", "f", { tags: SECRET }, PARIS)],
    },
    { why: "a switch that is not known", estate: [database({ storageEncrypted: NOT_KNOWN })], says: ["cannot decide"] },
  ],
};

export const requireEncryptionInTransitSamples: Samples = {
  pass: [
    {
      why: "a listener that only redirects",
      estate: [
        made("aws:lb/listener:Listener", "l", {
          protocol: "HTTP",
          defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS", statusCode: "HTTP_301" } }],
        }),
      ],
    },
    {
      why: "a recent policy",
      estate: [
        made("aws:lb/listener:Listener", "l", { protocol: "HTTPS", sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" }),
      ],
    },
    {
      why: "an ingress with a certificate",
      estate: [made("kubernetes:networking.k8s.io/v1:Ingress", "i", { spec: { tls: [{ secretName: "t" }] } })],
    },
  ],
  fail: [
    {
      why: "a plain listener",
      estate: [made("aws:lb/listener:Listener", "l", { protocol: "HTTP", defaultActions: [{ type: "forward" }] })],
      says: ["protocol"],
    },
    {
      why: "an account whose default is TLS 1.0",
      estate: [made("azure-native:storage:StorageAccount", "s", { tags: SECRET })],
      says: ["minimumTlsVersion", "TLS1_0"],
    },
    {
      why: "an ingress without a certificate",
      estate: [made("kubernetes:networking.k8s.io/v1:Ingress", "i", { spec: { rules: [] } })],
      says: ["spec.tls"],
    },
    {
      why: "a database that lets plain connections in",
      estate: [made("gcp:sql/databaseInstance:DatabaseInstance", "d", { settings: { userLabels: SECRET } })],
      says: ["sslMode"],
    },
  ],
};

const role = (statement: object) => made("aws:iam/policy:Policy", "p", { policy: document(statement) });

export const requireLeastPrivilegeSamples: Samples = {
  pass: [
    {
      why: "named actions on named resources",
      estate: [role({ Effect: "Allow", Action: ["s3:GetObject"], Resource: "arn:aws:s3:::b/*" })],
    },
    {
      why: "an action that has no resource",
      estate: [role({ Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" })],
    },
    {
      why: "a key's own policy",
      estate: [
        made("aws:kms/key:Key", "k", {
          tags: SECRET,
          policy: document({
            Effect: "Allow",
            Principal: { AWS: "arn:aws:iam::1:root" },
            Action: "kms:*",
            Resource: "*",
          }),
        }),
      ],
    },
  ],
  fail: [
    {
      why: "everything",
      estate: [role({ Effect: "Allow", Action: "*", Resource: "*" })],
      says: ["every action on everything"],
    },
    { why: "all of a service", estate: [role({ Effect: "Allow", Action: ["s3:*"], Resource: "*" })] },
    {
      why: "a policy of the vendor that can do everything",
      estate: [
        made("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "a", {
          policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
        }),
      ],
    },
    {
      why: "a basic role of Google",
      estate: [made("gcp:projects/iAMMember:IAMMember", "m", { role: "roles/owner", member: "user:a@example.ma" })],
      says: ["roles/owner"],
    },
    {
      why: "Owner of a subscription",
      estate: [
        made("azure-native:authorization:RoleAssignment", "r", {
          roleDefinitionId: "/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
          scope: "/subscriptions/s",
        }),
      ],
    },
    {
      why: "cluster-admin",
      estate: [
        made("kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding", "b", {
          roleRef: { name: "cluster-admin" },
          subjects: [{ kind: "User", name: "a" }],
        }),
      ],
    },
    {
      why: "all verbs",
      estate: [
        made("kubernetes:rbac.authorization.k8s.io/v1:Role", "r", {
          rules: [{ verbs: ["*"], resources: ["secrets"] }],
        }),
      ],
    },
    {
      why: "a credential without restriction",
      estate: [made("openstack:identity/applicationCredential:ApplicationCredential", "c", { unrestricted: true })],
    },
  ],
};

const pod = (container: object, spec: object = {}) =>
  made("kubernetes:core/v1:Pod", "p", {
    metadata: { labels: SECRET },
    spec: { containers: [{ name: "c", ...container }], ...spec },
  });
const env = (name: string, value: string) => pod({ env: [{ name, value }] });

export const keepSecretsSamples: Samples = {
  pass: [
    {
      why: "a reference",
      estate: [pod({ env: [{ name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "s", key: "k" } } }] })],
    },
    { why: "where the secret lies", estate: [env("DB_PASSWORD_FILE", "/run/secrets/db")] },
    {
      why: "a value that is marked",
      estate: [{ ...database({ password: "a-sample-value" }), secretPaths: ["password"] }],
    },
    { why: "a value that is not known yet", estate: [database({ password: NOT_KNOWN })] },
    { why: "a name of a secret", estate: [env("SECRET_NAME", "db-login")] },
  ],
  fail: [
    {
      why: "a password in the environment",
      estate: [env("DB_PASSWORD", "a-sample-value")],
      says: ["spec.containers.0.env.0.value"],
    },
    { why: "a login in an address", estate: [env("DATABASE_URL", "postgres://app:a-sample-value@db:5432/app")] },
    { why: "a password that is not marked", estate: [database({ password: "a-sample-value" })], says: ["password"] },
    {
      why: "a key among what a machine runs first",
      estate: [made("aws:ec2/instance:Instance", "i", { userData: "export API_TOKEN=a-sample-value" })],
      says: ["userData"],
    },
    {
      why: "a map of settings",
      estate: [made("kubernetes:core/v1:ConfigMap", "c", { data: { "api-key": "a-sample-value" } })],
    },
    {
      why: "what the provider logs in with",
      estate: [made("pulumi:providers:aws", "p", { secretKey: "a-sample-value" })],
    },
  ],
};

const securityGroup = (rule: object) =>
  made("aws:ec2/securityGroup:SecurityGroup", "g", { tags: SECRET, ingress: [rule] });

export const keepNetworksClosedSamples: Samples = {
  pass: [
    {
      why: "the web",
      estate: [securityGroup({ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] })],
    },
    {
      why: "a named range",
      estate: [securityGroup({ protocol: "tcp", fromPort: 5432, toPort: 5432, cidrBlocks: ["10.0.0.0/8"] })],
    },
    {
      why: "another group",
      estate: [
        made("openstack:networking/secGroupRule:SecGroupRule", "r", {
          direction: "ingress",
          remoteGroupId: "g",
          protocol: "tcp",
          portRangeMin: 22,
          portRangeMax: 22,
        }),
      ],
    },
    {
      why: "a rule of Google that is off",
      estate: [
        made("gcp:compute/firewall:Firewall", "f", { disabled: true, allows: [{ protocol: "tcp", ports: ["22"] }] }),
      ],
    },
  ],
  fail: [
    {
      why: "administration from the world",
      estate: [securityGroup({ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] })],
      says: ["ingress.0", "port 22"],
    },
    {
      why: "everything from the world",
      estate: [securityGroup({ protocol: "-1", fromPort: 0, toPort: 0, ipv6CidrBlocks: ["::/0"] })],
      says: ["every port"],
    },
    {
      why: "no range is everybody",
      estate: [
        made("openstack:networking/secGroupRule:SecGroupRule", "r", {
          direction: "ingress",
          protocol: "tcp",
          portRangeMin: 5432,
          portRangeMax: 5432,
        }),
      ],
    },
    {
      why: "Google's default range",
      estate: [made("gcp:compute/firewall:Firewall", "f", { allows: [{ protocol: "tcp", ports: ["22"] }] })],
    },
    {
      why: "any source",
      estate: [
        made("azure-native:network:SecurityRule", "r", {
          access: "Allow",
          direction: "Inbound",
          sourceAddressPrefix: "*",
          destinationPortRange: "3389",
        }),
      ],
    },
    {
      why: "all of Azure into a database",
      estate: [made("azure-native:sql:FirewallRule", "r", { startIpAddress: "0.0.0.0", endIpAddress: "0.0.0.0" })],
    },
  ],
};

export const keepWorkloadsConfinedSamples: Samples = {
  pass: [
    { why: "nothing asked for", estate: [pod({})] },
    {
      why: "tight",
      estate: [
        pod({
          securityContext: { runAsNonRoot: true, allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
        }),
      ],
    },
  ],
  fail: [
    {
      why: "privileged",
      estate: [pod({ securityContext: { privileged: true } })],
      says: ["securityContext.privileged"],
    },
    {
      why: "a folder of the node",
      estate: [pod({}, { volumes: [{ name: "h", hostPath: { path: "/" } }] })],
      says: ["volumes.0.hostPath"],
    },
    { why: "the node's network", estate: [pod({}, { hostNetwork: true })] },
    { why: "a dangerous capability", estate: [pod({ securityContext: { capabilities: { add: ["SYS_ADMIN"] } } })] },
    {
      why: "privileged, in ECS",
      estate: [
        made("aws:ecs/taskDefinition:TaskDefinition", "t", {
          containerDefinitions: JSON.stringify([{ name: "c", image: "x", privileged: true }]),
        }),
      ],
    },
  ],
};
