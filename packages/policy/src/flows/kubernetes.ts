import type { FlowReaders, FlowRow } from "./flow.ts";

const row = (
  kind: FlowRow["kind"],
  path: string,
  to: FlowRow["to"],
  absent: string,
  source: string,
  more: Partial<FlowRow> = {},
): FlowRow => ({ kind, path, to, absent, source, ...more });

const VELERO = "Velero documentation, BackupStorageLocation and VolumeSnapshotLocation";
const LOCATION = ["kubernetes:velero.io/v1:BackupStorageLocation"] as const;
const ESO = "External Secrets Operator API, SecretStore";
const CNPG = "CloudNativePG API, BarmanObjectStoreConfiguration";
const PROMETHEUS = "Prometheus Operator API, RemoteWriteSpec";
const OTEL = "OpenTelemetry Operator API";

/** Secrets of the cluster that lie in a store outside it. */
const stores: readonly FlowRow[] = [
  row("hold-keys", "spec.provider.aws.region", "region", "not of AWS", ESO, { cloud: "aws" }),
  row("hold-keys", "spec.provider.gcpsm.location", "region", "not of Google", ESO, { cloud: "gcp" }),
  row(
    "hold-keys",
    "spec.provider.gcpsm.projectID",
    { words: "Google Secret Manager, in any region" },
    "not of Google",
    ESO,
    {
      when: [{ path: "spec.provider.gcpsm.location", set: false }],
      cloud: "gcp",
    },
  ),
  row("hold-keys", "spec.provider.azurekv.vaultUrl", "endpoint", "not of Azure", ESO),
  row("hold-keys", "spec.provider.vault.server", "endpoint", "not of Vault", ESO),
  row("hold-keys", "spec.provider.kubernetes.server.url", "endpoint", "not of another cluster", ESO),
  row("hold-keys", "spec.provider.webhook.url", "endpoint", "not of a webhook", ESO),
  row("hold-keys", "spec.provider.gitlab.url", "endpoint", "not of GitLab", ESO),
  row("hold-keys", "spec.provider.doppler", { words: "Doppler, a service of another vendor" }, "not of Doppler", ESO),
  row("hold-keys", "spec.provider.onepassword.connectHost", "endpoint", "not of 1Password", ESO),
  row("hold-keys", "spec.provider.infisical.hostAPI", "endpoint", "not of Infisical", ESO),
  row("hold-keys", "spec.provider.akeyless.akeylessGWApiURL", "endpoint", "not of Akeyless", ESO),
];

const metrics: readonly FlowRow[] = [
  row("ship-logs", "spec.remoteWrite.*.url", "endpoint", "metrics stay in the cluster", PROMETHEUS),
  row(
    "ship-logs",
    "spec.thanos.objectStorageConfig.key",
    { words: "an object store that only a secret names" },
    "metrics stay in the cluster",
    "Prometheus Operator API, ThanosSpec",
  ),
];

/** What Kubernetes resources and well-known custom resources send out of the cluster. Pods: `facts/containers.ts`. */
export const kubernetesFlows: FlowReaders = {
  "kubernetes:core/v1:Service": [
    row("replicate", "spec.externalName", "endpoint", "a service of the cluster", "Kubernetes API, ServiceSpec", {
      when: [{ path: "spec.type", is: ["ExternalName"] }],
    }),
  ],
  "kubernetes:velero.io/v1:BackupStorageLocation": [
    row("backup", "spec.config.region", "region", "the region that the plugin finds", VELERO, {
      cloud: "aws",
      when: [{ path: "spec.config.s3Url", set: false }],
    }),
    row("backup", "spec.config.s3Url", "endpoint", "Amazon S3", VELERO),
    row("backup", "spec.objectStorage.bucket", "ref", "required", VELERO, {
      types: [
        "aws:s3/bucket:Bucket",
        "gcp:storage/bucket:Bucket",
        "openstack:objectstorage/container:Container",
        "azure-native:storage:BlobContainer",
      ],
      when: [
        { path: "spec.config.region", set: false },
        { path: "spec.config.s3Url", set: false },
      ],
    }),
  ],
  "kubernetes:velero.io/v1:VolumeSnapshotLocation": [
    row("backup", "spec.config.region", "region", "the region of the volumes", VELERO, { cloud: "aws" }),
    row("backup", "spec.config.snapshotLocation", "region", "the region of the disks", VELERO, { cloud: "gcp" }),
  ],
  "kubernetes:velero.io/v1:Schedule": [
    row("backup", "spec.template.storageLocation", "ref", "the default location", VELERO, { types: LOCATION }),
  ],
  "kubernetes:velero.io/v1:Backup": [
    row("backup", "spec.storageLocation", "ref", "the default location", VELERO, { types: LOCATION }),
  ],
  "kubernetes:external-secrets.io/v1:ClusterSecretStore": stores,
  "kubernetes:external-secrets.io/v1:SecretStore": stores,
  "kubernetes:external-secrets.io/v1beta1:ClusterSecretStore": stores,
  "kubernetes:external-secrets.io/v1beta1:SecretStore": stores,
  "kubernetes:postgresql.cnpg.io/v1:Cluster": [
    row("backup", "spec.backup.barmanObjectStore.endpointURL", "endpoint", "Amazon S3", CNPG),
    row("backup", "spec.backup.barmanObjectStore.destinationPath", "ref", "no backup", CNPG, {
      types: ["aws:s3/bucket:Bucket", "gcp:storage/bucket:Bucket", "openstack:objectstorage/container:Container"],
      when: [{ path: "spec.backup.barmanObjectStore.endpointURL", set: false }],
    }),
    row(
      "replicate",
      "spec.externalClusters.*.connectionParameters.host",
      "endpoint",
      "no replica source",
      "CloudNativePG API, ExternalCluster",
    ),
  ],
  "kubernetes:barmancloud.cnpg.io/v1:ObjectStore": [
    row("backup", "spec.configuration.endpointURL", "endpoint", "Amazon S3", CNPG),
    row("backup", "spec.configuration.destinationPath", "ref", "required", CNPG, {
      types: ["aws:s3/bucket:Bucket", "gcp:storage/bucket:Bucket", "openstack:objectstorage/container:Container"],
      when: [{ path: "spec.configuration.endpointURL", set: false }],
    }),
  ],
  "kubernetes:monitoring.coreos.com/v1:Prometheus": metrics,
  "kubernetes:monitoring.coreos.com/v1alpha1:PrometheusAgent": metrics,
  "kubernetes:opentelemetry.io/v1alpha1:Instrumentation": [
    row("export-traces", "spec.exporter.endpoint", "endpoint", "a collector of the cluster", OTEL),
  ],
};
