import type { Preset } from "@kasbah/core";
import type { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup.js";
import type { BlobServicePropertiesArgs } from "@pulumi/azure-native/storage/blobServiceProperties.js";
import type { ManagementPolicyArgs } from "@pulumi/azure-native/storage/managementPolicy.js";
import type { StorageAccountArgs } from "@pulumi/azure-native/storage/storageAccount.js";
import type * as pulumi from "@pulumi/pulumi";

/** Zones of the region or one building. Never GRS or GZRS: they copy to the paired region, wherever it is. */
const SKU: Readonly<Record<Preset, string>> = { production: "Standard_ZRS", throwaway: "Standard_LRS" };

export const accountArgs = (location: string, group: ResourceGroup, preset: Preset): StorageAccountArgs => ({
  resourceGroupName: group.name,
  location,
  kind: "StorageV2",
  sku: { name: SKU[preset] },
  allowBlobPublicAccess: false,
  publicNetworkAccess: "Disabled",
  networkRuleSet: { defaultAction: "Deny", bypass: "None" },
  allowSharedKeyAccess: false,
  defaultToOAuthAuthentication: true,
  isLocalUserEnabled: false,
  enableHttpsTrafficOnly: true,
  minimumTlsVersion: "TLS1_2",
  allowCrossTenantReplication: false,
  allowedCopyScope: "AAD", // copies go to accounts of the same tenant only
  encryption: {
    keySource: "Microsoft.Storage",
    requireInfrastructureEncryption: true, // cannot be turned on later
    services: { blob: { enabled: true, keyType: "Account" } },
  },
});

type At = "resourceGroupName" | "accountName";

/** `default` is the only name that the service has (Azure Storage REST reference, blob services). */
export const serviceArgs = (days: number): Omit<BlobServicePropertiesArgs, At> => ({
  blobServicesName: "default",
  isVersioningEnabled: true,
  deleteRetentionPolicy: { enabled: true, days },
  containerDeleteRetentionPolicy: { enabled: true, days },
  changeFeed: { enabled: true, retentionInDays: days },
});

/**
 * Azure counts a version's days from when it was written, not from when it was replaced. What the rule deletes early
 * stays soft-deleted for `days`, so that every old version can be brought back that long.
 */
export const managementPolicyArgs = (days: number): Omit<ManagementPolicyArgs, At> => ({
  managementPolicyName: "default",
  policy: {
    rules: [
      {
        name: "old-versions",
        type: "Lifecycle",
        enabled: true,
        definition: {
          filters: { blobTypes: ["blockBlob"] },
          actions: { version: { delete: { daysAfterCreationGreaterThan: days } } },
        },
      },
    ],
  },
});

export const LOCK: { level: pulumi.Input<string>; notes: string } = {
  level: "CanNotDelete",
  notes: "Kasbah, production: what holds data is not deleted by accident",
};
