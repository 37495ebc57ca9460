import type { CloudId } from "@kasbah/core";
import type { Resource } from "./resource.ts";

/** Pulumi packages that make resources of a cloud. A new package joins here. */
const PACKAGES: ReadonlyMap<string, CloudId | "kubernetes"> = new Map([
  ["aws", "aws"],
  ["aws-native", "aws"],
  ["azure", "azure"],
  ["azure-native", "azure"],
  ["gcp", "gcp"],
  ["google-native", "gcp"],
  ["openstack", "openstack"],
  ["kubernetes", "kubernetes"],
]);

/** Packages of those clouds whose properties are called otherwise: only region and labels are read. */
const UNREAD: ReadonlySet<string> = new Set(["aws-native", "azure", "google-native"]);

/** Packages that make nothing that holds data, and what the engine itself makes. */
const HARMLESS: ReadonlySet<string> = new Set(["pulumi", "random", "tls", "time", "std", "null", "kasbah"]);

export const packageOf = (type: string): string => type.slice(0, Math.max(0, type.indexOf(":")));

/** The cloud of a type token; `undefined` for components, providers and packages of no cloud. */
export const cloudOf = ({ type }: Pick<Resource, "type">): CloudId | undefined => {
  const home = PACKAGES.get(packageOf(type));
  return home === "kubernetes" ? undefined : home;
};

/** Whether a resource lives in a Kubernetes cluster. */
export const isInCluster = ({ type }: Pick<Resource, "type">): boolean => type.startsWith("kubernetes:");

/** Whether readers know the package of a type, or know that it holds nothing. */
export const isReadPackage = (type: string): boolean => {
  const name = packageOf(type);
  return (PACKAGES.has(name) && !UNREAD.has(name)) || HARMLESS.has(name);
};
