import { type Concerns, from } from "./concern.ts";

const service = from("Kubernetes API, ServiceSpec: ClusterIP unless said");
const ingress = from("Kubernetes API, IngressSpec: without tls it is served unencrypted");
const volume = from("Kubernetes documentation, persistent volumes: Retain for volumes made by hand");

/** What opens a cluster. Annotations with dots in their names, pods and roles: `facts`. */
export const kubernetesChecks: Concerns = {
  transit: {
    "kubernetes:networking.k8s.io/v1:Ingress": [
      ingress("spec.tls", { set: true, words: "a certificate for its hosts" }),
    ],
  },
  exposure: {
    "kubernetes:core/v1:Service": [
      service("spec.externalIPs", { set: false, words: "no address outside the cluster" }),
      service("spec.loadBalancerSourceRanges.*", { not: ["0.0.0.0/0", "::/0"] }),
    ],
  },
  deletion: {
    "kubernetes:core/v1:PersistentVolume": [volume("spec.persistentVolumeReclaimPolicy", { is: ["Retain"] }, "Retain")],
  },
  rollback: {
    "kubernetes:apps/v1:Deployment": [
      from("Kubernetes API, DeploymentSpec: 10 unless said")("spec.revisionHistoryLimit", { least: 1 }, 10),
    ],
    "kubernetes:apps/v1:StatefulSet": [
      from("Kubernetes API, StatefulSetSpec: 10 unless said")("spec.revisionHistoryLimit", { least: 1 }, 10),
    ],
  },
  backup: {
    "kubernetes:postgresql.cnpg.io/v1:Cluster": [
      from("CloudNativePG documentation, backups: none unless said")(
        "spec.backup",
        { set: true, words: "a backup" },
        undefined,
        [
          { path: "spec.plugins", set: false },
          { path: "spec.replica.enabled", not: [true] },
        ],
      ),
    ],
  },
};
