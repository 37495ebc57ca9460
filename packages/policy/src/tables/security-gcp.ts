import { type Concerns, each, from, OFF, ON } from "./concern.ts";

const sql = from("Cloud SQL Admin API, IpConfiguration: a public address unless said");
const bucket = from("Cloud Storage API, buckets.insert");
const gke = from("Google Kubernetes Engine API, clusters.create");
const compute = from("Compute Engine API");
const run = from("Cloud Run Admin API, services.create: INGRESS_TRAFFIC_ALL unless said");
const redis = from("Memorystore API: DISABLED unless said");

/** What makes a resource of Google Cloud open, readable or spied upon. Members of roles: `facts/grants.ts`. */
export const gcpSecurity: Concerns = {
  exposure: {
    "gcp:storage/bucket:Bucket": [
      bucket("website", { set: false, words: "no website" }),
      from("Cloud Storage documentation, public access prevention: inherited unless said")("publicAccessPrevention", {
        not: ["unspecified"],
      }),
      bucket("uniformBucketLevelAccess", { not: [false] }),
    ],
    "gcp:storage/bucketACL:BucketACL": [
      bucket("predefinedAcl", { not: ["publicRead", "publicReadWrite", "authenticatedRead"] }),
      bucket("roleEntities.*", { unlike: /allUsers|allAuthenticatedUsers/, words: "no entry for everybody" }),
    ],
    ...each(
      [
        "gcp:storage/bucketAccessControl:BucketAccessControl",
        "gcp:storage/defaultObjectAccessControl:DefaultObjectAccessControl",
        "gcp:storage/objectAccessControl:ObjectAccessControl",
      ],
      [bucket("entity", { not: ["allUsers", "allAuthenticatedUsers"] })],
    ),
    "gcp:bigquery/dataset:Dataset": [
      from("BigQuery API, datasets.insert: access")("accesses.*.specialGroup", { not: ["allAuthenticatedUsers"] }),
      from("BigQuery API, datasets.insert: access")("accesses.*.iamMember", {
        not: ["allUsers", "allAuthenticatedUsers"],
      }),
    ],
    "gcp:bigquery/datasetAccess:DatasetAccess": [
      from("BigQuery API, datasets.insert: access")("specialGroup", { not: ["allAuthenticatedUsers"] }),
      from("BigQuery API, datasets.insert: access")("iamMember", { not: ["allUsers", "allAuthenticatedUsers"] }),
    ],
    "gcp:sql/databaseInstance:DatabaseInstance": [
      sql("settings.ipConfiguration.authorizedNetworks.*.value", { not: ["0.0.0.0/0", "::/0"] }),
      sql("settings.ipConfiguration.ipv4Enabled", OFF, true),
    ],
    "gcp:alloydb/instance:Instance": [
      from("AlloyDB API, InstanceNetworkConfig: off unless said")("networkConfig.enablePublicIp", OFF, false),
    ],
    "gcp:container/cluster:Cluster": [
      gke("masterAuthorizedNetworksConfig.cidrBlocks.*.cidrBlock", { not: ["0.0.0.0/0"] }),
      gke("masterAuthorizedNetworksConfig", { set: true, words: "named networks, or a private endpoint" }, undefined, [
        { path: "privateClusterConfig.enablePrivateEndpoint", not: [true] },
        { path: "controlPlaneEndpointsConfig.ipEndpointsConfig.enabled", not: [false] },
      ]),
      gke("privateClusterConfig.enablePrivateNodes", { not: [false] }),
    ],
    "gcp:compute/instance:Instance": [
      compute("networkInterfaces.*.accessConfigs", { set: false, words: "no public address" }),
    ],
    "gcp:compute/instanceTemplate:InstanceTemplate": [
      compute("networkInterfaces.*.accessConfigs", { set: false, words: "no public address" }),
    ],
    "gcp:cloudrunv2/service:Service": [
      run("ingress", { not: ["INGRESS_TRAFFIC_ALL"] }, "INGRESS_TRAFFIC_ALL"),
      from("Cloud Run Admin API, invokerIamDisabled: false unless said")("invokerIamDisabled", OFF, false),
    ],
    "gcp:cloudfunctionsv2/function:Function": [
      from("Cloud Functions API, ServiceConfig: ALLOW_ALL unless said")(
        "serviceConfig.ingressSettings",
        { not: ["ALLOW_ALL"] },
        "ALLOW_ALL",
      ),
    ],
    "gcp:cloudfunctions/function:Function": [
      from("Cloud Functions API v1, ingressSettings: ALLOW_ALL unless said")(
        "ingressSettings",
        { not: ["ALLOW_ALL"] },
        "ALLOW_ALL",
      ),
    ],
    ...each(
      ["gcp:notebooks/instance:Instance"],
      [from("Vertex AI Workbench API: a public address unless said")("noPublicIp", ON, false)],
    ),
    "gcp:workbench/instance:Instance": [
      from("Vertex AI Workbench API: a public address unless said")("gceSetup.disablePublicIp", ON, false),
    ],
    "gcp:dataproc/cluster:Cluster": [
      from("Dataproc API, GceClusterConfig: public addresses unless said, before image 2.2")(
        "clusterConfig.gceClusterConfig.internalIpOnly",
        ON,
        false,
      ),
    ],
    "gcp:datafusion/instance:Instance": [
      from("Cloud Data Fusion API, instances.create: false unless said")("privateInstance", ON, false),
    ],
    "gcp:composer/environment:Environment": [
      from("Cloud Composer API, enablePrivateEnvironment: false unless said")(
        "config.enablePrivateEnvironment",
        ON,
        false,
        [{ path: "config.privateEnvironmentConfig", set: false }],
      ),
    ],
  },
  transit: {
    "gcp:sql/databaseInstance:DatabaseInstance": [
      from("Cloud SQL Admin API, sslMode: ALLOW_UNENCRYPTED_AND_ENCRYPTED unless said")(
        "settings.ipConfiguration.sslMode",
        { is: ["ENCRYPTED_ONLY", "TRUSTED_CLIENT_CERTIFICATE_REQUIRED"] },
        "ALLOW_UNENCRYPTED_AND_ENCRYPTED",
      ),
    ],
    "gcp:alloydb/instance:Instance": [
      from("AlloyDB API, SslConfig: ENCRYPTED_ONLY unless said")(
        "clientConnectionConfig.sslConfig.sslMode",
        { is: ["ENCRYPTED_ONLY"] },
        "ENCRYPTED_ONLY",
      ),
    ],
    "gcp:redis/instance:Instance": [redis("transitEncryptionMode", { is: ["SERVER_AUTHENTICATION"] }, "DISABLED")],
    "gcp:redis/cluster:Cluster": [
      redis("transitEncryptionMode", { is: ["TRANSIT_ENCRYPTION_MODE_SERVER_AUTHENTICATION"] }, "DISABLED"),
    ],
    "gcp:memorystore/instance:Instance": [
      redis("transitEncryptionMode", { is: ["SERVER_AUTHENTICATION"] }, "DISABLED"),
    ],
    "gcp:compute/sSLPolicy:SSLPolicy": [compute("minTlsVersion", { is: ["TLS_1_2", "TLS_1_3"] }, "TLS_1_0")],
    "gcp:cloudfunctions/function:Function": [
      from("Cloud Functions API v1, SecurityLevel: SECURE_OPTIONAL unless said")(
        "httpsTriggerSecurityLevel",
        { is: ["SECURE_ALWAYS"] },
        "SECURE_OPTIONAL",
        [{ path: "triggerHttp", is: [true] }],
      ),
    ],
  },
  encryption: {
    "gcp:container/cluster:Cluster": [
      from("Google Kubernetes Engine API, DatabaseEncryption")("databaseEncryption.state", { not: ["DECRYPTED"] }),
    ],
  },
  identity: {
    "gcp:container/cluster:Cluster": [
      gke("enableLegacyAbac", OFF, false),
      gke("masterAuth.clientCertificateConfig.issueClientCertificate", OFF, false),
    ],
    "gcp:compute/instance:Instance": [
      compute(
        "serviceAccount.scopes.*",
        { not: ["cloud-platform-full", "https://www.googleapis.com/auth/cloud-platform"] },
        undefined,
        [{ path: "serviceAccount.email", set: false }],
      ),
    ],
    "gcp:serviceaccount/key:Key": [
      from("IAM API, serviceAccounts.keys.create: a key that lies in the state")("serviceAccountId", {
        set: false,
        words: "workload identity instead of a key",
      }),
    ],
  },
};
