import { schema } from "./openstack-common.ts";
import type { Row } from "./row.ts";

const BARBICAN = "https://keymanager.simulated.invalid/v1";

/** Object storage and keys of OpenStack. */
export const keys: Readonly<Record<string, Row>> = {
  "openstack:objectstorage/container:Container": {
    ...schema("openstack:objectstorage/container:Container"),
    id: "{name}",
    naming: { property: "name" },
    outputs: { region: "{region}", storagePolicy: "Policy-0" },
    overwrites: true,
    find: { by: "name", properties: ["name"] },
    inUse: "409 Conflict: There was a conflict when trying to complete your request.",
  },
  "openstack:objectstorage/containerObject:ContainerObject": {
    ...schema("openstack:objectstorage/containerObject:ContainerObject"),
    id: "{containerName}/{name}",
    outputs: { region: "{region}", contentType: "application/octet-stream" },
    references: [
      {
        path: "containerName",
        to: [{ type: "openstack:objectstorage/container:Container", by: "id" }],
        refusal: "404 Not Found: The resource could not be found.",
        onDelete: "refuse",
      },
    ],
    overwrites: true,
    find: { by: "natural-key", properties: ["containerName", "name"] },
  },
  "openstack:keymanager/secretV1:SecretV1": {
    ...schema("openstack:keymanager/secretV1:SecretV1"),
    id: "{uuid}",
    naming: { property: "name" },
    outputs: {
      region: "{region}",
      secretRef: `${BARBICAN}/secrets/{id}`,
      secretType: "opaque",
      status: "ACTIVE",
      contentTypes: { default: "text/plain" },
      creatorId: "{project}",
      createdAt: "{created}",
      updatedAt: "{created}",
      allMetadata: "{metadata}",
    },
    find: { by: "name", properties: ["name"] },
  },
  "openstack:keymanager/orderV1:OrderV1": {
    ...schema("openstack:keymanager/orderV1:OrderV1"),
    id: "{uuid}",
    outputs: {
      region: "{region}",
      orderRef: `${BARBICAN}/orders/{id}`,
      secretRef: `${BARBICAN}/secrets/{uuid}`,
      status: "ACTIVE",
      subStatus: "Unknown",
      subStatusMessage: "Unknown",
      creatorId: "{project}",
      created: "{created}",
      updated: "{created}",
    },
    find: { by: "name", properties: ["meta.name", "type"] },
  },
};
