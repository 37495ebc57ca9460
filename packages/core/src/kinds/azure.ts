import type { Kinds } from "./kind.ts";

const rules = "Azure Resource Manager, naming rules and restrictions for Azure resources";
const bare = { label: "none" } as const;

export const azureKinds: Kinds = {
  "azure-native:resources:ResourceGroup": {
    label: "tags",
    name: { property: "resourceGroupName", max: 90, alphabet: "dns", scope: "account", source: rules },
  },
  "azure-native:storage:StorageAccount": {
    label: "tags",
    holdsData: true,
    stateful: true,
    name: { property: "accountName", max: 24, alphabet: "alphanumeric", scope: "global", source: rules },
  },
  "azure-native:storage:BlobServiceProperties": bare,
  "azure-native:storage:BlobContainer": {
    label: "none", // metadata keys are C# identifiers there (Azure Storage REST reference): no dash; the account's count
    holdsData: true,
    stateful: true,
    name: { property: "containerName", max: 63, alphabet: "dns", scope: "parent", source: rules },
  },
  "azure-native:storage:ManagementPolicy": bare,
  "azure-native:authorization:ManagementLockByScope": {
    label: "none",
    name: { property: "lockName", max: 90, alphabet: "dns", scope: "parent", source: rules },
  },
};
