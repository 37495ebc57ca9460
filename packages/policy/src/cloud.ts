import type { CloudId } from "@kasbah/core";
import type { Resource } from "./resource.ts";

/** Pulumi packages that make resources of a cloud. A new package joins here. */
const PACKAGES: ReadonlyMap<string, CloudId> = new Map([
  ["aws", "aws"],
  ["aws-native", "aws"],
  ["azure", "azure"],
  ["azure-native", "azure"],
  ["gcp", "gcp"],
  ["google-native", "gcp"],
  ["openstack", "openstack"],
]);

/** The cloud of a type token; `undefined` for components, providers and packages of no cloud. */
export const cloudOf = ({ type }: Pick<Resource, "type">): CloudId | undefined =>
  PACKAGES.get(type.slice(0, Math.max(0, type.indexOf(":"))));
