import { Component, type LayerArgs, type ObjectStorageOutputs, type Override } from "@kasbah/component";
import {
  type ObjectStorageSpec,
  objectStorageProblems,
  type Place,
  type Problem,
  type ResolvedObjectStorage,
  resolveObjectStorage,
} from "@kasbah/core";
import { ManagementLockByScope } from "@pulumi/azure-native/authorization/managementLockByScope.js";
import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup.js";
import { BlobContainer, type BlobContainerArgs } from "@pulumi/azure-native/storage/blobContainer.js";
import { BlobServiceProperties } from "@pulumi/azure-native/storage/blobServiceProperties.js";
import { ManagementPolicy, type ManagementPolicyArgs } from "@pulumi/azure-native/storage/managementPolicy.js";
import { StorageAccount, type StorageAccountArgs } from "@pulumi/azure-native/storage/storageAccount.js";
import type * as pulumi from "@pulumi/pulumi";
import { accountArgs, LOCK, managementPolicyArgs, serviceArgs } from "./object-storage-args.ts";

export interface ObjectStorageArgs extends LayerArgs, ObjectStorageSpec {
  readonly place: Place;
  /** Changes to the resources that this component makes. */
  readonly overrides?: {
    readonly account?: Override<StorageAccountArgs>;
    readonly container?: Override<BlobContainerArgs>;
    readonly lifecycle?: Override<ManagementPolicyArgs>;
  };
}

/**
 * A private container in a storage account of its own, in one region, versioned, TLS only, without account keys and
 * without a public endpoint. Encrypted twice, under Microsoft's keys: a key of the owner's needs a vault, which is not
 * made yet.
 */
export class ObjectStorage extends Component implements ObjectStorageOutputs {
  readonly bucket: pulumi.Output<string>;
  readonly accountName: pulumi.Output<string>;

  constructor(name: string, args: ObjectStorageArgs, opts?: pulumi.ComponentResourceOptions) {
    super("azure:ObjectStorage", name, args, opts);
    const { overrides, place } = args;
    const spec = resolveObjectStorage(args, this.preset);
    this.reject([...objectStorageProblems(spec, this.preset), ...softDeleteProblems(spec)]);

    const group = this.child(ResourceGroup, "group", { location: place.region });
    const settings = accountArgs(place.region, group, this.preset);
    const account = this.child(StorageAccount, "account", settings, { override: overrides?.account, nameRole: "" });
    const at = { resourceGroupName: group.name, accountName: account.name };
    const service = this.child(BlobServiceProperties, "service", { ...at, ...serviceArgs(spec.retentionDays) });
    const closed = { ...at, publicAccess: "None" } as const;
    const container = this.child(BlobContainer, "bucket", closed, { override: overrides?.container });
    const kept = { ...at, ...managementPolicyArgs(spec.retentionDays) };
    const lifecycle = { override: overrides?.lifecycle, dependsOn: [service] };
    const policy = this.child(ManagementPolicy, "lifecycle", kept, lifecycle);
    if (this.protection.deletionProtection) {
      // it locks all that lies in the account, so it is made last and goes first
      this.child(ManagementLockByScope, "lock", { scope: account.id, ...LOCK }, { dependsOn: [container, policy] });
    }

    this.bucket = container.name;
    this.accountName = account.name;
    this.registerOutputs({ bucket: this.bucket, accountName: this.accountName });
  }
}

/** What Azure cannot do of what was asked. */
export function* softDeleteProblems({ retentionDays }: ResolvedObjectStorage): Generator<Problem> {
  if (retentionDays > 365) {
    const mend = "give 365 or less, which is what Azure's soft delete keeps";
    yield { path: "retentionDays", expected: "at most 365 on Azure", got: retentionDays, mend };
  }
}
