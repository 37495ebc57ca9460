import type { Value } from "../values.ts";
import shapes from "./azure-native.shapes.json" with { type: "json" };
import type { Cloud, Reference, Row, Unique, UpdateRule } from "./row.ts";

const GROUP = "/subscriptions/{account}/resourceGroups/{resourceGroupName}";
const ACCOUNT = `${GROUP}/providers/Microsoft.Storage/storageAccounts/{accountName}`;
const LOCATION = "{location|resourceGroupName>location|region}";

const READ = "2026-11-21";
const NATIVE = "https://github.com/pulumi/pulumi-azure-native/blob";
const SPECS = "https://github.com/Azure/azure-rest-api-specs/blob";
const STORAGE = "specification/storage/resource-manager/Microsoft.Storage/stable/2024-01-01";
const ACCOUNTS = `${SPECS}/5a2abff0f2e61dac85740375816a18d468786b7b/${STORAGE}/storage.json`;
const BLOBS = `${SPECS}/bb756a3644f7488f33d30643244dc51a9ba72577/${STORAGE}/blob.json`;

/** Makes another object: what is in the path (`diff.go`), what is listed, and what `x-ms-mutability` marks. */
const PATH = `engine: ${NATIVE}/03707ff7fc10b70f7dd23ec847a3ce1e9264c124/provider/pkg/provider/diff.go`;
const LISTED = `engine: ${NATIVE}/1b7112af33c62b247daed1028686bf279f4d5e69/provider/pkg/gen/replacement.go`;
/** What Azure makes together with its parent, and the provider takes over. */
const PRESENT = `present: ${NATIVE}/89e1a692ae96bd759f119a4288cdde930a1ea4bc/provider/pkg/openapi/defaults/defaultResourcesState.go`;

const read = (...sources: readonly string[]): Pick<Row, "source" | "asOf" | "seen"> => ({
  source: sources.map((one) => `${one} (read ${READ})`).join("; "),
  asOf: READ,
  seen: "read",
});

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
  ...read(
    "npm @pulumi/azure-native 3.28.0",
    PATH,
    LISTED,
    "deletion: https://learn.microsoft.com/pt-pt/rest/api/resources/resourcegroups/delete",
  ),
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

const STANDARD = ["LRS", "GRS", "RAGRS", "ZRS", "GZRS", "RAGZRS"].map((kind) => `Standard_${kind}`);
const PREMIUM = ["Premium_LRS", "Premium_ZRS"];

const noWayBack = (path: string, from: Value, to: Value, refusal: string): UpdateRule => ({
  path,
  rule: "no-way-back",
  from,
  to,
  refusal,
});

/** Between the tiers, in either direction. */
const tiers = [...STANDARD.map((one) => [one, PREMIUM] as const), ...PREMIUM.map((one) => [one, STANDARD] as const)];

const IMMUTABLE = "immutableStorageWithVersioning can only be set to true at the creation";

// Most of what Azure takes at the creation only the provider nevertheless sends as an update. What then happens is
// modelled where the documents say it: not for NFS, DNS endpoints, infrastructure encryption or extended locations.
const account: Row = {
  ...read(
    ACCOUNTS,
    PATH,
    LISTED,
    "unique name: https://azure.github.io/PSRule.Rules.Azure/en/rules/Azure.Storage.Name",
    "tier: https://github.com/hashicorp/terraform-provider-azurerm/issues/110",
    "kind: https://github.com/hashicorp/terraform-provider-azurerm/issues/5758",
  ),
  id: ACCOUNT,
  region: LOCATION,
  replaceOn: ["accountName", "resourceGroupName", "location", "isHnsEnabled"],
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
  updates: [
    ...tiers.flatMap(([from, others]) =>
      others.map((to) =>
        noWayBack(
          "sku.name",
          from,
          to,
          'Code="StorageAccountTypeConversionNotAllowed" Message="Storage account type cannot be changed to {value}."',
        ),
      ),
    ),
    ...["Storage", "BlobStorage", "BlockBlobStorage", "FileStorage"].map((to) =>
      noWayBack("kind", "StorageV2", to, "the kind of a storage account cannot be changed from StorageV2 to {value}"),
    ),
    noWayBack("largeFileSharesState", "Enabled", "Disabled", "large file shares cannot be disabled once enabled"),
    noWayBack("immutableStorageWithVersioning.enabled", true, false, IMMUTABLE),
    noWayBack("immutableStorageWithVersioning.enabled", false, true, IMMUTABLE),
  ],
  find: { by: "name", properties: ["accountName", "resourceGroupName"] },
  inUse: LOCKED,
};

const blobServices: Row = {
  ...read(BLOBS, PATH, LISTED, PRESENT),
  id: `${ACCOUNT}/blobServices/default`,
  region: LOCATION,
  replaceOn: ["accountName", "resourceGroupName", "blobServicesName"],
  outputs: { name: "default", type: "Microsoft.Storage/storageAccounts/blobServices" },
  references: [group, storageAccount],
  overwrites: true,
  find: { by: "natural-key", properties: ["accountName", "resourceGroupName"] },
};

const container: Row = {
  ...read(BLOBS, PATH, LISTED),
  id: `${ACCOUNT}/blobServices/default/containers/{containerName}`,
  region: LOCATION,
  replaceOn: ["accountName", "resourceGroupName", "containerName"],
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
  updates: [
    noWayBack("immutableStorageWithVersioning.enabled", true, false, IMMUTABLE),
    noWayBack("immutableStorageWithVersioning.enabled", false, true, IMMUTABLE),
  ],
  find: { by: "name", properties: ["containerName", "accountName", "resourceGroupName"] },
  inUse: LOCKED,
};

// Azure makes none with the account, so the provider takes none over: one that is there is refused.
const managementPolicy: Row = {
  ...read("npm @pulumi/azure-native 3.28.0", PATH, LISTED, PRESENT),
  id: `${ACCOUNT}/managementPolicies/default`,
  region: LOCATION,
  replaceOn: ["accountName", "resourceGroupName", "managementPolicyName"],
  outputs: {
    name: "default",
    type: "Microsoft.Storage/storageAccounts/managementPolicies",
    lastModifiedTime: "{created}",
  },
  references: [group, storageAccount],
  unique: [taken("account", "accountName", "resourceGroupName", "managementPolicyName")],
  find: { by: "natural-key", properties: ["accountName", "resourceGroupName"] },
  inUse: LOCKED,
};

const lock: Row = {
  ...read(
    `${SPECS}/066a76289fcd67c06228802f3dbbb2b61ab63d92/specification/resources/resource-manager/Microsoft.Authorization/stable/2020-05-01/locks.json`,
    PATH,
  ),
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
