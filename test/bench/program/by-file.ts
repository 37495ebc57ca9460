// The first resource of a program that uses all five SDKs, imported by file.
import { Bucket } from "@pulumi/aws/s3/bucket.js";
import { StorageAccount } from "@pulumi/azure-native/storage/storageAccount.js";
import { Bucket as GcsBucket } from "@pulumi/gcp/storage/bucket.js";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { Container } from "@pulumi/openstack/objectstorage/container.js";

new Bucket("store", { tags: { "data-class": "internal" } });
new StorageAccount("account", { resourceGroupName: "g", kind: "StorageV2", sku: { name: "Standard_LRS" } });
new GcsBucket("gcs", { location: "EUROPE-WEST9" });
new Namespace("namespace");
new Container("container");
