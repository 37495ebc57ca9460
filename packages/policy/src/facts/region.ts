import { type CloudId, findRegion, type Provider } from "@kasbah/core/judge";
import { cloudOf, isInCluster } from "../cloud.ts";
import type { Ref, Target } from "../flows/flow.ts";
import { each, type Resource, shown, type Text, text, textOf, UNKNOWN, under } from "../resource.ts";
import { type OwnRegion, ROWS } from "../tables/index.ts";
import type { Pending, Unclear, World } from "../world.ts";
import { bedrockRegions, dataZone, googleRegions } from "./areas.ts";
import { split } from "./check.ts";
import { whereOfCluster } from "./cluster.ts";
import { hostOf, placeOfHost } from "./hosts.ts";
import { resolve } from "./reference.ts";

/** Where something is, as far as it can be read. Several: it may be, or is, in each of them. */
export type Where =
  | { readonly kind: "region"; readonly cloud: CloudId; readonly region: string; readonly provider?: unknown }
  /** The cloud's default region, which the program does not name. */
  | { readonly kind: "default"; readonly cloud: CloudId; readonly provider?: unknown }
  /** No single region. Where the regions are known among which the cloud picks, each of their countries counts. */
  | {
      readonly kind: "elsewhere";
      readonly cloud?: CloudId;
      readonly words: string;
      readonly regions?: readonly string[];
    }
  /** A place or site of the declaration. */
  | { readonly kind: "place"; readonly name: string }
  | { readonly kind: "provider"; readonly provider: Provider }
  /** A cluster of which nothing tells where it is. */
  | { readonly kind: "cluster" }
  /** Where the resource itself is. */
  | { readonly kind: "inside" }
  | Pending
  | Unclear;

/** The region of a resource, by what it says, by what it belongs to, or by its provider. */
export const whereOf = (resource: Resource, world: World): readonly Where[] => {
  const known = world.memory.places.get(resource);
  if (known !== undefined) return known;
  const places = findPlaces(resource, world);
  world.memory.places.set(resource, places);
  return places;
};

const findPlaces = (resource: Resource, world: World): readonly Where[] => {
  if (isInCluster(resource)) return whereOfCluster(resource, world);
  const cloud = cloudOf(resource);
  if (cloud === undefined) return [{ kind: "unclear", path: "", why: `${shown(resource.type)} is of no known cloud` }];
  const { props, provider, type } = resource;
  const row = ROWS.get(type);
  const own = row?.region === "flows" ? undefined : row?.region;
  const said = own === undefined ? [regionProperty(cloud, props)] : ownRegions(own, props);
  if ("words" in said) return [{ kind: "elsewhere", cloud, words: said.words }];
  const regions = said.filter((region): region is Exclude<Text, undefined> => region !== undefined);
  if (regions.length > 0) return regions.map((region) => named(cloud, region, "region", provider?.props));
  if (row?.part !== undefined) {
    const { part } = row;
    return whereOfOther(cloud, resource, { ...part, value: text(props, ...split(part.path)) }, world);
  }
  return ofProvider(cloud, resource, world);
};

/** Where a resource says that it is: regions (all of them count), or words for what has none. */
const ownRegions = (own: OwnRegion, props: unknown): readonly Text[] | { readonly words: string } => {
  const { paths, standard, words, prefix } = own;
  if (words?.where !== undefined && under(props, split(words.where)) !== undefined) return { words: words.text };
  for (const path of paths) {
    const said = each(props, split(path)).flatMap(({ value }): readonly Text[] => {
      const found = textOf(value);
      return found === undefined ? [] : [found];
    });
    if (said.length === 0) continue;
    return said.map(
      (region): Text => (typeof region === "string" && prefix !== undefined ? region.replace(prefix, "") : region),
    );
  }
  if (words !== undefined && words.where === undefined) return { words: words.text };
  return standard === undefined ? [] : [standard];
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

const whereOfOther = (cloud: CloudId, resource: Resource, ref: Ref, world: World): readonly Where[] => {
  const { value, path } = ref;
  if (value === undefined) return ofProvider(cloud, resource, world);
  const inside = typeof value === "string" ? regionIn(value) : undefined;
  if (inside !== undefined) return [named(cloud, inside, path)];
  const found = resolve(ref, resource, world);
  if (found.kind !== "found")
    return found.kind === "unclear" && cloud !== "azure" ? ofProvider(cloud, resource, world) : [found];
  return found.resources.flatMap((other) => (other === resource ? [] : whereOf(other, world)));
};

/** The region that an ARN or a path of Google names. */
const regionIn = (value: string): string | undefined =>
  /^arn:[^:]*:[^:]*:([^:]+):/.exec(value)?.[1] ??
  /(?:^|\/)(?:locations|regions|zones)\/([^/]+)(?:\/|$)/.exec(value)?.[1];

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
export const named = (cloud: CloudId, region: Text, path: string, provider?: unknown): Where => {
  if (typeof region !== "string") return { kind: "unclear", path, why: `${path} is not known yet` };
  const name = canonical(cloud, region);
  if (cloud === "gcp" && !/^[a-z]+-[a-z]+\d+$/.test(name)) {
    const regions = googleRegions(name);
    const words = `the multi-region ${shown(region)}`;
    return { kind: "elsewhere", cloud, words, ...(regions === undefined ? {} : { regions }) };
  }
  return { kind: "region", cloud, region: name, ...(provider === undefined ? {} : { provider }) };
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

const INSIDE: Where = { kind: "inside" };

/** Where a flow of a resource goes. */
export const whereTo = (target: Target, resource: Resource, path: string, world: World): readonly Where[] => {
  const cloud = ("cloud" in target ? target.cloud : undefined) ?? cloudOf(resource);
  switch (target.to) {
    case "self":
      return whereOf(resource, world);
    case "resource":
      return whereOf(target.resource, world);
    case "elsewhere":
      return elsewhere(target, cloud, resource, world);
    case "region":
      if (target.region === undefined) return [{ kind: "unclear", path, why: `${path} names no region` }];
      return [named(cloud ?? "aws", target.region, path)];
    case "pair":
      return whereOf(resource, world).map((where) => pairOf(where, path));
    case "endpoint": {
      const places = whereOfHost(target.url, path, world);
      return target.sure === true ? places.map((place) => (place.kind === "unclear" ? INSIDE : place)) : places;
    }
    case "model":
      return modelPlaces(target.model, resource, path, world);
    case "key":
      return whereOfKey(target.ref, cloud ?? "aws", resource, world);
    case "ref":
      return whereOfRef(target.ref, cloud ?? "aws", resource, world);
  }
};

const whereOfRef = (ref: Ref, cloud: CloudId, resource: Resource, world: World): readonly Where[] => {
  const { value } = ref;
  const home = ref.types.find((type) => type !== "*");
  const region = typeof value === "string" ? regionIn(value) : undefined;
  const told = (): readonly Where[] => [
    named(home === undefined ? cloud : (cloudOf({ type: home }) ?? cloud), region, ref.path),
  ];
  if (region !== undefined && String(value).startsWith("arn:")) return told();
  const found = resolve(ref, resource, world);
  if (found.kind === "found") return found.resources.flatMap((other) => whereOf(other, world));
  return region === undefined ? [found] : told();
};

/** A key: one that is named without a region or a host is beside the resource. */
const whereOfKey = (ref: Ref, cloud: CloudId, resource: Resource, world: World): readonly Where[] => {
  const { value, path } = ref;
  if (typeof value === "string") {
    const region = regionIn(value);
    if (region !== undefined) return [named(cloud, region, path)];
    if (value.startsWith("https://")) return whereOfHost(value, path, world);
    if (world.estate.find(value, ref.types).length === 0) return [{ kind: "inside" }];
  }
  return whereOfRef(ref, cloud, resource, world);
};

const elsewhere = (
  { words, area }: Extract<Target, { to: "elsewhere" }>,
  cloud: CloudId | undefined,
  resource: Resource,
  world: World,
): readonly Where[] => {
  const plain = { kind: "elsewhere", words, ...(cloud === undefined ? {} : { cloud }) } as const;
  if (area === undefined) return [plain];
  return whereOf(resource, world).map((where): Where => {
    if (where.kind === "pending") return where;
    const regions = where.kind === "region" ? dataZone(where.region) : undefined;
    return regions === undefined ? plain : { ...plain, regions };
  });
};

const pairOf = (where: Where, path: string): Where => {
  if (where.kind !== "region") return where;
  const pair = findRegion(where.cloud, where.region)?.pair;
  if (pair !== undefined) return { kind: "region", cloud: where.cloud, region: pair };
  return { kind: "unclear", path, why: `the pair of ${shown(where.region)} is in no catalogue` };
};

/** Where a URL leads. */
export const whereOfHost = (url: Text, path: string, world: World): readonly Where[] => {
  if (url === undefined) return [{ kind: "unclear", path, why: `${path} names no host` }];
  if (url === UNKNOWN) {
    if (world.follow === undefined) return [{ kind: "pending", path }];
    return [{ kind: "unclear", path, why: `${path} is not known yet` }];
  }
  const host = hostOf(url);
  const place = placeOfHost(host, world);
  switch (place.kind) {
    case "inside":
      return [place];
    case "declared":
      return [{ kind: "place", name: place.name }];
    case "region":
      return [named(place.cloud, place.region, path)];
    case "resource": {
      const found = world.estate.find(place.name, place.types);
      if (found.length > 0) return found.flatMap((other) => whereOf(other, world));
      return [{ kind: "unclear", path, why: `${shown(host)} names no resource of the program` }];
    }
    case "unknown":
      return [{ kind: "unclear", path, why: `where ${shown(place.host)} is nothing tells` }];
    default:
      return [place];
  }
};

/** A model of Bedrock: in the resource's region, unless a profile sends requests to several. */
const modelPlaces = (model: Text, resource: Resource, path: string, world: World): readonly Where[] => {
  if (typeof model !== "string") {
    return model === UNKNOWN ? [{ kind: "unclear", path, why: `${path} is not known yet` }] : whereOf(resource, world);
  }
  const profile = modelProfile(model);
  if (profile !== undefined) return [profile];
  const region = regionIn(model);
  return region === undefined ? whereOf(resource, world) : [named("aws", region, path)];
};

const PROFILE =
  /^(?:arn:aws[a-z-]*:bedrock:[^:]*:[^:]*:inference-profile\/)?(global|us|us-gov|eu|apac|jp|au|ca|sa|me|af|in)\.(?:ai21|amazon|anthropic|cohere|deepseek|luma|meta|minimax|mistral|moonshot|nvidia|openai|qwen|stability|twelvelabs|writer|google)\./;

/** Where a cross-region inference profile may send a request; nothing for a model of one region. */
export const modelProfile = (model: string): Where | undefined => {
  const prefix = PROFILE.exec(model)?.[1];
  if (prefix === undefined) return undefined;
  const regions = bedrockRegions(prefix);
  const words = `any region of the inference profile ${prefix}.`;
  return { kind: "elsewhere", cloud: "aws", words, ...(regions === undefined ? {} : { regions }) };
};
