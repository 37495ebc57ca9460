import { all, every, is, never, none, oneOf, some, waived } from "../claim.ts";
import type { Reader } from "../fact.ts";
import type { OBJECT_STORAGE } from "../object-storage.facts.ts";

const ACCOUNT = "azure-native:storage:StorageAccount";
const SERVICE = "azure-native:storage:BlobServiceProperties";
const LIFECYCLE = "azure-native:storage:ManagementPolicy";
const LOCK = "azure-native:authorization:ManagementLockByScope";
const NO_VAULT = "under Microsoft's keys: a key of the owner's needs a vault, a layer that Kasbah does not have yet";

/** How Azure keeps each guarantee. */
export const objectStorage: Reader<keyof typeof OBJECT_STORAGE> = ({ retentionDays }) => ({
  encrypted: all(
    every(ACCOUNT, "encryption/requireInfrastructureEncryption", is(true)),
    every(ACCOUNT, "encryption/services/blob/enabled", is(true)),
  ),
  ownKey: waived(NO_VAULT),
  keyTurns: waived(NO_VAULT),
  keyWaits: waived(NO_VAULT),
  closed: all(
    every(ACCOUNT, "publicNetworkAccess", is("Disabled", "Enabled")),
    every(ACCOUNT, "allowBlobPublicAccess", is(false)),
    every(ACCOUNT, "networkRuleSet/defaultAction", is("Deny", "Allow")),
    every(ACCOUNT, "networkRuleSet/bypass", is("None", "AzureServices")),
    never(ACCOUNT, "networkRuleSet/ipRules", [{ iPAddressOrRange: "52.16.0.0/16" }]),
    every("azure-native:storage:BlobContainer", "publicAccess", is("None", "Container")),
  ),
  policiesOnly: all(
    every(ACCOUNT, "allowSharedKeyAccess", is(false)),
    every(ACCOUNT, "isLocalUserEnabled", is(false)),
    every(ACCOUNT, "defaultToOAuthAuthentication", is(true)),
  ),
  tls: all(
    every(ACCOUNT, "enableHttpsTrafficOnly", is(true)),
    every(ACCOUNT, "minimumTlsVersion", oneOf(["TLS1_2", "TLS1_3"], "TLS1_0")),
  ),
  versioned: every(SERVICE, "isVersioningEnabled", is(true)),
  retention: all(
    every(SERVICE, "deleteRetentionPolicy/enabled", is(true)),
    every(SERVICE, "deleteRetentionPolicy/days", is(retentionDays)),
    never(SERVICE, "deleteRetentionPolicy/allowPermanentDelete", true),
    every(SERVICE, "containerDeleteRetentionPolicy/enabled", is(true)),
    every(SERVICE, "containerDeleteRetentionPolicy/days", is(retentionDays)),
    every(
      LIFECYCLE,
      "policy/rules/*/definition/actions/version/delete/daysAfterCreationGreaterThan",
      is(retentionDays),
    ),
    never(LIFECYCLE, "policy/rules/*/definition/actions/baseBlob", {
      delete: { daysAfterModificationGreaterThan: 1 },
    }),
  ),
  unfinished: waived("Azure discards uncommitted blocks after a week by itself (Put Block, REST reference)"),
  noCopy: all(
    every(ACCOUNT, "sku/name", oneOf(["Standard_ZRS", "Standard_LRS"], "Standard_GRS", "Standard_RAGZRS")),
    every(ACCOUNT, "allowCrossTenantReplication", is(false)),
    every(ACCOUNT, "allowedCopyScope", oneOf(["AAD", "PrivateLink"])),
    none("azure-native:storage:ObjectReplicationPolicy"),
  ),
  undeletable: all(some(LOCK), every(LOCK, "level", oneOf(["CanNotDelete", "ReadOnly"], "NotSpecified"))),
});
