import type { FlowKind } from "@kasbah/core";
import { at, type Resource, text } from "../resource.ts";
import { copyOf, type FlowReaders } from "./flow.ts";

const copies = (kind: FlowKind, property: string, types: readonly string[], { props }: Resource) =>
  copyOf(kind, { path: property, value: text(props, property), types });

/** OpenStack. A region's services keep to the region; these are the ways out of it. */
export const openstackFlows: FlowReaders = {
  "openstack:objectstorage/container:Container": {
    read: ({ props }) =>
      at(props, "containerSyncTo") === undefined
        ? []
        : [
            {
              kind: "replicate",
              path: "containerSyncTo",
              target: { to: "elsewhere", words: "another Swift cluster, whose country nothing tells" },
            },
          ],
    absent: "no synchronisation",
    source: "OpenStack Swift documentation, container synchronisation: X-Container-Sync-To",
  },
  "openstack:blockstorage/volume:Volume": {
    read: (resource) => [
      ...copies("replicate", "sourceReplica", ["openstack:blockstorage/volume:Volume"], resource),
      ...copies("backup", "sourceVolId", ["openstack:blockstorage/volume:Volume"], resource),
    ],
    absent: "an empty volume",
    source: "OpenStack Block Storage API v3, create a volume",
  },
};
