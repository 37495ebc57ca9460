// The same first resources, imported as the SDKs' own examples do.
import * as aws from "@pulumi/aws";
import * as azure from "@pulumi/azure-native";
import * as gcp from "@pulumi/gcp";
import * as kubernetes from "@pulumi/kubernetes";
import * as openstack from "@pulumi/openstack";

new aws.s3.Bucket("store", { tags: { "data-class": "internal" } });
new azure.storage.StorageAccount("account", {
  resourceGroupName: "g",
  kind: "StorageV2",
  sku: { name: "Standard_LRS" },
});
new gcp.storage.Bucket("gcs", { location: "EUROPE-WEST9" });
new kubernetes.core.v1.Namespace("namespace");
new openstack.objectstorage.Container("container");
