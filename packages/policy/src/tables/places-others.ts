import { parts, type Rows, rows, stores, workers } from "./row.ts";

const CONTAINER = ["openstack:objectstorage/container:Container"];

/** OpenStack. */
export const openstackRows: Rows = {
  ...stores("metadata", [
    "openstack:objectstorage/container:Container",
    "openstack:blockstorage/volume:Volume",
    "openstack:blockstorage/volumeV2:VolumeV2",
    "openstack:blockstorage/volumeV1:VolumeV1",
    "openstack:compute/instance:Instance",
    "openstack:sharedfilesystem/share:Share",
    "openstack:keymanager/secretV1:SecretV1",
  ]),
  "openstack:images/image:Image": { label: "properties", holds: true },
  "openstack:database/instance:Instance": { label: "none", holds: true },
  ...workers("labels", ["openstack:containerinfra/cluster:Cluster"]),
  ...parts(
    "instanceId",
    ["openstack:database/database:Database", "openstack:database/user:User"],
    ["openstack:database/instance:Instance"],
  ),
  ...parts("containerName", ["openstack:objectstorage/containerObject:ContainerObject"], CONTAINER, {
    label: "metadata",
  }),
  ...parts("container", ["openstack:objectstorage/tempUrl:TempUrl"], CONTAINER),
  ...parts(
    "securityGroupId",
    ["openstack:networking/secGroupRule:SecGroupRule"],
    ["openstack:networking/secGroup:SecGroup"],
  ),
  ...parts(
    "shareId",
    ["openstack:sharedfilesystem/shareAccess:ShareAccess"],
    ["openstack:sharedfilesystem/share:Share"],
  ),
  ...parts(
    "loadbalancerId",
    ["openstack:loadbalancer/listener:Listener"],
    ["openstack:loadbalancer/loadBalancer:LoadBalancer"],
  ),
  ...parts("imageId", ["openstack:images/imageAccess:ImageAccess"], ["openstack:images/image:Image"]),
  "openstack:orchestration/stackV1:StackV1": { label: "none", hides: "the resources of its Heat template" },
};

const LABELS = "metadata.labels";

/** Kubernetes: the place is the cluster's, and the namespace's label counts where a resource has none. */
export const kubernetesRows: Rows = {
  ...stores(LABELS, [
    "kubernetes:core/v1:PersistentVolumeClaim",
    "kubernetes:core/v1:PersistentVolume",
    "kubernetes:apps/v1:StatefulSet",
    "kubernetes:postgresql.cnpg.io/v1:Cluster",
  ]),
  ...workers(LABELS, [
    "kubernetes:apps/v1:Deployment",
    "kubernetes:apps/v1:DaemonSet",
    "kubernetes:apps/v1:ReplicaSet",
    "kubernetes:batch/v1:Job",
    "kubernetes:batch/v1:CronJob",
    "kubernetes:core/v1:Pod",
    "kubernetes:core/v1:ReplicationController",
    "kubernetes:core/v1:Secret",
    "kubernetes:core/v1:ConfigMap",
  ]),
  ...rows({ label: "none", hides: "everything that its chart makes" }, ["kubernetes:helm.sh/v3:Release"]),
  ...rows({ label: "none", hides: "what a template makes that cannot be seen while a value is unknown" }, [
    "kubernetes:helm.sh/v4:Chart",
    "kubernetes:helm.sh/v3:Chart",
    "kubernetes:yaml/v2:ConfigFile",
    "kubernetes:yaml/v2:ConfigGroup",
    "kubernetes:kustomize/v2:Directory",
  ]),
  ...rows({ label: LABELS, hides: "everything that its chart makes" }, [
    "kubernetes:helm.toolkit.fluxcd.io/v2:HelmRelease",
    "kubernetes:helm.toolkit.fluxcd.io/v2beta1:HelmRelease",
    "kubernetes:kustomize.toolkit.fluxcd.io/v1:Kustomization",
    "kubernetes:argoproj.io/v1alpha1:Application",
    "kubernetes:argoproj.io/v1alpha1:ApplicationSet",
    "kubernetes:helm.cattle.io/v1:HelmChart",
  ]),
};

/** Types of no cloud that run what nobody can read. */
export const otherRows: Rows = {
  ...rows({ label: "none", hides: "what its command does" }, ["command:local:Command", "command:remote:Command"]),
  "pulumi-nodejs:dynamic:Resource": { label: "none", hides: "what its own code makes" },
  "pulumi-nodejs:dynamic/resource:Resource": { label: "none", hides: "what its own code makes" },
  "pulumi-python:dynamic:Resource": { label: "none", hides: "what its own code makes" },
};
