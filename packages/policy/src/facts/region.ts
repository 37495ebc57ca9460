import { type CloudId, findRegion } from "@kasbah/core";
import { cloudOf } from "../cloud.ts";
import type { Ref, Target } from "../flows/flow.ts";
import { type Resource, shown, type Text, text } from "../resource.ts";
import type { Pending, Unclear, World } from "../world.ts";
import { resolve } from "./reference.ts";
import { OWN_REGION, REGION_OF_OTHER } from "./region-readers.ts";

/** Where something is, as far as it can be read. Several: it may be, or is, in each of them. */
export type Where =
  | { readonly kind: "region"; readonly cloud: CloudId; readonly region: string; readonly provider?: unknown }
  /** The cloud's default region, which the program does not name. */
  | { readonly kind: "default"; readonly cloud: CloudId; readonly provider?: unknown }
  /** No single region. */
  | { readonly kind: "elsewhere"; readonly cloud: CloudId; readonly words: string }
  | Pending
  | Unclear;

/** The region of a resource, by what it says, by what it belongs to, or by its provider. */
export const whereOf = (resource: Resource, world: World): readonly Where[] => {
  const cloud = cloudOf(resource);
  if (cloud === undefined) return [{ kind: "unclear", path: "", why: `${shown(resource.type)} is of no known cloud` }];
  const { props, provider, type } = resource;
  const own = Object.hasOwn(OWN_REGION, type) ? OWN_REGION[type]?.(props) : undefined;
  if (own !== undefined && "words" in own) return [{ kind: "elsewhere", cloud, words: own.words }];
  const said = (own ?? [regionProperty(cloud, props)]).filter((region) => region !== undefined);
  if (said.length > 0) return said.map((region) => named(cloud, region, "region", provider?.props));
  const other = Object.hasOwn(REGION_OF_OTHER, type) ? REGION_OF_OTHER[type] : undefined;
  if (other !== undefined) return whereOfOther(cloud, resource, other, world);
  return ofProvider(cloud, resource, world);
};

const regionProperty = (cloud: CloudId, props: unknown): Text => {
  switch (cloud) {
    case "aws":
      return text(props, "region") ?? text(props, "availabilityZone");
    case "azure":
      return text(props, "location");
    case "gcp":
      return text(props, "location") ?? text(props, "region") ?? text(props, "zone");
    case "openstack":
      return text(props, "region");
  }
};

const whereOfOther = (
  cloud: CloudId,
  resource: Resource,
  { path, types }: { readonly path: string; readonly types: readonly string[] },
  world: World,
): readonly Where[] => {
  const value = text(resource.props, path);
  const inside = typeof value === "string" ? /\/locations\/([^/]+)\//.exec(value)?.[1] : undefined;
  if (inside !== undefined) return [named(cloud, inside, path)];
  const found = resolve({ path, value, types }, resource, world);
  return found.kind === "found" ? found.resources.flatMap((other) => whereOf(other, world)) : [found];
};

/** Nothing said: the provider's region; on Azure also the resource group's, since either may be taken. */
const ofProvider = (cloud: CloudId, resource: Resource, world: World): readonly Where[] => {
  const { props, provider } = resource;
  const setting = cloud === "azure" ? "location" : "region";
  const configured = text(provider?.props, setting) ?? (cloud === "gcp" ? text(provider?.props, "zone") : undefined);
  const places = configured === undefined ? [] : [named(cloud, configured, `provider.${setting}`, provider?.props)];
  const group = text(props, "resourceGroupName");
  if (cloud === "azure" && group !== undefined && !resource.type.endsWith(":ResourceGroup")) {
    const ref: Ref = { path: "resourceGroupName", value: group, types: ["azure-native:resources:ResourceGroup"] };
    const found = resolve(ref, resource, world);
    if (found.kind === "found") return [...places, ...found.resources.flatMap((other) => whereOf(other, world))];
    return places.length > 0 && found.kind !== "pending" ? places : [...places, found];
  }
  if (places.length > 0) return places;
  if (cloud === "openstack") return [{ kind: "default", cloud, provider: provider?.props }];
  return [{ kind: "unclear", path: setting, why: `neither the resource nor its provider names a ${setting}` }];
};

/** A region by its name. What is not known yet is unclear: a region is a plain value in a clean program. */
const named = (cloud: CloudId, region: Text, path: string, provider?: unknown): Where => {
  if (typeof region !== "string") return { kind: "unclear", path, why: `${path} is not known yet` };
  const name = canonical(cloud, region);
  if (cloud === "gcp" && !/^[a-z]+-[a-z]+\d+$/.test(name)) {
    return { kind: "elsewhere", cloud, words: `the multi-region ${shown(region)}` };
  }
  return { kind: "region", cloud, region: name, provider };
};

/** `France Central` is francecentral; a zone is in its region. */
const canonical = (cloud: CloudId, region: string): string => {
  switch (cloud) {
    case "aws":
      return /^[a-z-]+-\d[a-z]$/.test(region) ? region.slice(0, -1) : region;
    case "azure":
      return region.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
    case "gcp":
      return region.toLowerCase().replace(/^([a-z]+-[a-z]+\d+)-[a-z]$/, "$1");
    case "openstack":
      return region;
  }
};

/** Where a flow of a resource goes. */
export const whereTo = (target: Target, resource: Resource, path: string, world: World): readonly Where[] => {
  const cloud = cloudOf(resource) ?? "aws";
  switch (target.to) {
    case "self":
      return whereOf(resource, world);
    case "resource":
      return whereOf(target.resource, world);
    case "elsewhere":
      return [{ kind: "elsewhere", cloud, words: target.words }];
    case "region":
      if (target.region === undefined) return [{ kind: "unclear", path, why: `${path} names no region` }];
      return [named(cloud, target.region, path)];
    case "pair":
      return whereOf(resource, world).map((where) => pairOf(where, path));
    case "ref": {
      const { value } = target.ref;
      const region = typeof value === "string" ? /^arn:[^:]*:[^:]*:([^:]+):/.exec(value)?.[1] : undefined;
      if (region !== undefined) return [named(cloud, region, path)];
      const found = resolve(target.ref, resource, world);
      return found.kind === "found" ? found.resources.flatMap((other) => whereOf(other, world)) : [found];
    }
  }
};

const pairOf = (where: Where, path: string): Where => {
  if (where.kind !== "region") return where;
  const pair = findRegion(where.cloud, where.region)?.pair;
  if (pair !== undefined) return { kind: "region", cloud: where.cloud, region: pair };
  return { kind: "unclear", path, why: `the pair of ${shown(where.region)} is in no catalogue` };
};
