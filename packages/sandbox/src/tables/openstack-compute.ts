import { instance, network, port, schema, serverGroup, volume } from "./openstack-common.ts";
import type { Row } from "./row.ts";

const server: Row = {
  ...schema("openstack:compute/instance:Instance"),
  id: "{uuid}",
  naming: { property: "name" },
  outputs: {
    region: "{region}",
    accessIpV4: "{networks.0.port>allFixedIps.0|networks.0.fixedIpV4|=10.51.0.20}",
    availabilityZone: "nova",
    flavorId: "{flavorName|uuid}",
    flavorName: "{flavorId}",
    imageId: "{uuid}",
    allTags: "{tags}",
    allMetadata: "{metadata}",
    created: "{created}",
    updated: "{created}",
  },
  references: [
    network("networks.*.uuid", "refuse"),
    port("networks.*.port", "refuse"),
    serverGroup("schedulerHints.*.group", "ignore"),
    volume("volumes.*.volumeId", "refuse"),
    {
      path: "securityGroups.*",
      to: [
        { type: "openstack:networking/secGroup:SecGroup", by: "id" },
        { type: "openstack:networking/secGroup:SecGroup", by: "name" },
      ],
      refusal: "400 badRequest: Security group {value} not found for project",
      onDelete: "refuse",
      furnished: /^default$/,
    },
  ],
  unique: [
    {
      by: ["networks.0.port"],
      scope: "region",
      refusal: "409 conflictingRequest: Port {networks.0.port} is still in use.",
    },
  ],
  find: { by: "name", properties: ["name"] },
};

/** Servers and volumes of OpenStack. */
export const compute: Readonly<Record<string, Row>> = {
  "openstack:compute/instance:Instance": server,
  "openstack:compute/volumeAttach:VolumeAttach": {
    ...schema("openstack:compute/volumeAttach:VolumeAttach"),
    id: "{instanceId}/{volumeId}",
    outputs: { region: "{region}", device: "/dev/vdb" },
    references: [instance("instanceId", "cascade"), volume("volumeId", "refuse")],
    unique: [
      {
        by: ["volumeId"],
        scope: "region",
        refusal: "400 badRequest: Invalid volume: volume {volumeId} status must be available but is in-use.",
      },
    ],
    find: { by: "natural-key", properties: ["instanceId", "volumeId"] },
  },
  "openstack:compute/serverGroup:ServerGroup": {
    ...schema("openstack:compute/serverGroup:ServerGroup"),
    id: "{uuid}",
    naming: { property: "name" },
    outputs: { region: "{region}", members: [] },
    find: { by: "name", properties: ["name"] },
  },
  "openstack:blockstorage/volume:Volume": {
    ...schema("openstack:blockstorage/volume:Volume"),
    id: "{uuid}",
    naming: { property: "name" },
    outputs: { region: "{region}", availabilityZone: "nova", volumeType: "simulated", attachments: [] },
    updates: [
      {
        path: "size",
        rule: "grows",
        refusal: "400 badRequest: Invalid input: New size for extend must be greater than current size, got {value}.",
      },
    ],
    find: { by: "name", properties: ["name"] },
    inUse: "400 badRequest: Invalid volume: Volume {id} must not be attached or have snapshots.",
  },
};
