import shapes from "./azure-native.shapes.json" with { type: "json" };
import type { Cloud, Reference, Row, Unique } from "./row.ts";

const GROUP = "/subscriptions/{account}/resourceGroups/{resourceGroupName}";
const ACCOUNT = `${GROUP}/providers/Microsoft.Storage/storageAccounts/{accountName}`;
const LOCATION = "{location|resourceGroupName>location|region}";

const rest = (page: string) => ({ source: `https://learn.microsoft.com/en-us/rest/api/${page}`, asOf: "2026-11-21" });

const group: Reference = {
  path: "resourceGroupName",
  to: [{ type: "azure-native:resources:ResourceGroup", by: "name" }],
  refusal: 'Code="ResourceGroupNotFound" Message="Resource group \'{value}\' could not be found."',
  onDelete: "cascade",
};

const storageAccount: Reference = {
  path: "accountName",
  to: [{ type: "azure-native:storage:StorageAccount", by: "name" }],
  refusal:
    'Code="ResourceNotFound" Message="The Resource \'Microsoft.Storage/storageAccounts/{value}\' was not found."',
  onDelete: "cascade",
};

const taken = (scope: Unique["scope"], ...by: readonly string[]): Unique => ({
  by,
  scope,
  refusal: "cannot create already existing resource '{id}'",
});

const LOCKED =
  'Code="ScopeLocked" Message="The scope \'{id}\' cannot perform delete operation because it, or a scope above it, is locked."';

const resourceGroup: Row = {
  ...rest("resources/resource-groups/create-or-update"),
  id: GROUP,
  region: "{location|region}",
  replaceOn: ["resourceGroupName", "location"],
  naming: { property: "resourceGroupName" },
  outputs: {
    location: "{region}",
    name: "{resourceGroupName}",
    type: "Microsoft.Resources/resourceGroups",
    properties: { provisioningState: "Succeeded" },
  },
  unique: [taken("account", "resourceGroupName")],
  find: { by: "name", properties: ["resourceGroupName"] },
  inUse: LOCKED,
};

const account: Row = {
  ...rest("storagerp/storage-accounts/create"),
  id: ACCOUNT,
  region: LOCATION,
  replaceOn: [
    "accountName",
    "resourceGroupName",
    "location",
    "isHnsEnabled",
    "enableNfsV3",
    "extendedLocation",
    "immutableStorageWithVersioning",
    "encryption.requireInfrastructureEncryption",
    "dnsEndpointType",
  ],
  naming: { property: "accountName", alphanumeric: 24 },
  defaults: { enableHttpsTrafficOnly: true, allowBlobPublicAccess: false },
  outputs: {
    location: LOCATION,
    name: "{accountName}",
    type: "Microsoft.Storage/storageAccounts",
    creationTime: "{created}",
    primaryLocation: "{location}",
    primaryEndpoints: {
      blob: "https://{accountName}.blob.core.windows.net/",
      dfs: "https://{accountName}.dfs.core.windows.net/",
      file: "https://{accountName}.file.core.windows.net/",
      queue: "https://{accountName}.queue.core.windows.net/",
      table: "https://{accountName}.table.core.windows.net/",
      web: "https://{accountName}.z1.web.core.windows.net/",
    },
    provisioningState: "Succeeded",
    statusOfPrimary: "available",
    privateEndpointConnections: [],
  },
  references: [group],
  unique: [
    {
      by: ["accountName"],
      scope: "global",
      refusal: 'Code="StorageAccountAlreadyTaken" Message="The storage account named {accountName} is already taken."',
    },
  ],
  find: { by: "name", properties: ["accountName", "resourceGroupName"] },
  inUse: LOCKED,
};

const blobServices: Row = {
  ...rest("storagerp/blob-services/set-service-properties"),
  id: `${ACCOUNT}/blobServices/default`,
  region: LOCATION,
  replaceOn: ["accountName", "resourceGroupName", "blobServicesName"],
  outputs: { name: "default", type: "Microsoft.Storage/storageAccounts/blobServices" },
  references: [group, storageAccount],
  overwrites: true,
  find: { by: "natural-key", properties: ["accountName", "resourceGroupName"] },
};

const container: Row = {
  ...rest("storagerp/blob-containers/create"),
  id: `${ACCOUNT}/blobServices/default/containers/{containerName}`,
  region: LOCATION,
  replaceOn: ["accountName", "resourceGroupName", "containerName", "immutableStorageWithVersioning"],
  naming: { property: "containerName", lower: true },
  defaults: { publicAccess: "None", denyEncryptionScopeOverride: false },
  outputs: {
    name: "{containerName}",
    type: "Microsoft.Storage/storageAccounts/blobServices/containers",
    defaultEncryptionScope: "$account-encryption-key",
    hasImmutabilityPolicy: false,
    hasLegalHold: false,
    leaseState: "Available",
    leaseStatus: "Unlocked",
  },
  references: [group, storageAccount],
  unique: [taken("account", "accountName", "resourceGroupName", "containerName")],
  find: { by: "name", properties: ["containerName", "accountName", "resourceGroupName"] },
  inUse: LOCKED,
};

const managementPolicy: Row = {
  ...rest("storagerp/management-policies/create-or-update"),
  id: `${ACCOUNT}/managementPolicies/default`,
  region: LOCATION,
  replaceOn: ["accountName", "resourceGroupName", "managementPolicyName"],
  outputs: {
    name: "default",
    type: "Microsoft.Storage/storageAccounts/managementPolicies",
    lastModifiedTime: "{created}",
  },
  references: [group, storageAccount],
  overwrites: true,
  find: { by: "natural-key", properties: ["accountName", "resourceGroupName"] },
  inUse: LOCKED,
};

const lock: Row = {
  ...rest("resources/management-locks/create-or-update-by-scope"),
  id: "{scope}/providers/Microsoft.Authorization/locks/{lockName}",
  region: "global",
  replaceOn: ["lockName", "scope"],
  naming: { property: "lockName" },
  outputs: { name: "{lockName}", type: "Microsoft.Authorization/locks" },
  references: [
    {
      path: "scope",
      to: [
        { type: "azure-native:resources:ResourceGroup", by: "id" },
        { type: "azure-native:storage:StorageAccount", by: "id" },
        { type: "azure-native:storage:BlobContainer", by: "id" },
        { type: "azure-native:storage:ManagementPolicy", by: "id" },
      ],
      refusal: 'Code="ResourceNotFound" Message="The scope \'{value}\' was not found."',
      onDelete: "refuse",
      inherited: true,
      furnished: /^\/subscriptions\/[^/]+$/,
    },
  ],
  unique: [taken("account", "scope", "lockName")],
  find: { by: "name", properties: ["lockName", "scope"] },
};

/** The simulated Azure. */
export const cloud: Cloud = {
  package: "azure-native",
  regional: false,
  defaultRegion: "simulated",
  account: "00000000-0000-0000-0000-000000000000",
  defaultProject: "",
  rows: {
    "azure-native:resources:ResourceGroup": resourceGroup,
    "azure-native:storage:StorageAccount": account,
    "azure-native:storage:BlobServiceProperties": blobServices,
    "azure-native:storage:BlobContainer": container,
    "azure-native:storage:ManagementPolicy": managementPolicy,
    "azure-native:authorization:ManagementLockByScope": lock,
  },
  invokes: {
    "azure-native:authorization:getClientConfig": (_, { account: subscriptionId }) => ({
      clientId: subscriptionId,
      objectId: subscriptionId,
      subscriptionId,
      tenantId: subscriptionId,
    }),
  },
  shapes,
};
