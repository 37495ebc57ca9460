import type { FlowReaders, FlowRow } from "./flow.ts";

const VOLUMES = [
  "openstack:blockstorage/volume:Volume",
  "openstack:blockstorage/volumeV2:VolumeV2",
  "openstack:blockstorage/volumeV1:VolumeV1",
] as const;

const copies = (kind: FlowRow["kind"], path: string): FlowRow => ({
  kind,
  path,
  to: "self",
  types: VOLUMES,
  absent: "an empty volume",
  source: "OpenStack Block Storage API v3, create a volume",
});

const SYNC = "OpenStack Swift documentation, container synchronisation: X-Container-Sync-To";
const synchronised = (path: string): FlowRow => ({
  kind: "replicate",
  path,
  to: { words: "another Swift cluster, whose country nothing tells" },
  absent: "no synchronisation",
  source: SYNC,
});

/** OpenStack. A region's services keep to the region; these are the ways out of it. */
export const openstackFlows: FlowReaders = {
  "openstack:objectstorage/container:Container": [
    synchronised("containerSyncTo"),
    synchronised("metadata.X-Container-Sync-To"),
    synchronised("metadata.sync-to"),
  ],
  "openstack:objectstorage/containerObject:ContainerObject": [
    {
      kind: "replicate",
      path: "copyFrom",
      to: "self",
      types: ["openstack:objectstorage/container:Container"],
      absent: "not a copy",
      source: "OpenStack Object Storage API v1, X-Copy-From",
    },
  ],
  "openstack:blockstorage/volume:Volume": [copies("replicate", "sourceReplica"), copies("backup", "sourceVolId")],
  "openstack:blockstorage/volumeV2:VolumeV2": [copies("replicate", "sourceReplica"), copies("backup", "sourceVolId")],
  "openstack:blockstorage/volumeV1:VolumeV1": [copies("backup", "sourceVolId")],
};
