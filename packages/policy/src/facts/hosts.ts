import { type CloudId, knownProviders, type Provider } from "@kasbah/core/judge";
import { at } from "../resource.ts";
import type { World } from "../world.ts";

/** What a host name says of where it is. */
export type HostPlace =
  /** In the cluster, the network or the machine itself. */
  | { readonly kind: "inside" }
  /** A place or site of the declaration. */
  | { readonly kind: "declared"; readonly name: string }
  | { readonly kind: "region"; readonly cloud: CloudId; readonly region: string }
  | { readonly kind: "provider"; readonly provider: Provider }
  /** A resource of a cloud, by its name. */
  | { readonly kind: "resource"; readonly cloud: CloudId; readonly name: string; readonly types: readonly string[] }
  | { readonly kind: "elsewhere"; readonly cloud?: CloudId; readonly words: string }
  | { readonly kind: "unknown"; readonly host: string };

/** The host of a URL, of `host:port`, of `user@host`, or of `s3://bucket`-like URLs the whole. Small letters. */
export const hostOf = (url: string): string => {
  const rest = url.replace(/^[a-z][a-z0-9+.-]*:(jdbc:)?[a-z0-9]*:?\/\//i, "").replace(/^\/\//, "");
  const authority = rest.split(/[/?#;]/, 1).join();
  const host = authority.slice(authority.lastIndexOf("@") + 1).toLowerCase();
  if (host.startsWith("[")) return host.slice(1, Math.max(1, host.indexOf("]")));
  const first = host.split(",", 1).join();
  return first.split(":").length === 2 ? first.slice(0, first.indexOf(":")) : first;
};

/** Addresses that lead out of no private network: RFC 1918, 6598, 3927, 4193, loopback. */
const PRIVATE = [
  /^10\./,
  /^192\.168\./,
  /^172\.(1[6-9]|2\d|3[01])\./,
  /^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
  /^127\./,
  /^169\.254\./,
  /^f[cd][0-9a-f]{2}:/,
  /^::1$/,
  /^fe80:/,
];
const INSIDE = /(^|\.)(localhost|local|internal|svc|lan|intranet|home\.arpa)$|\.svc\.|\.cluster\.local$/;

/** Where a host is, by what the context says of it, by the declaration, by the clouds' own naming. */
export const placeOfHost = (host: string, world: World): HostPlace => {
  if (host === "" || !/[.:]/.test(host)) return { kind: "inside" };
  const declared = declaredHost(host, world);
  if (declared !== undefined) return { kind: "declared", name: declared };
  if (INSIDE.test(host) || PRIVATE.some((range) => range.test(host))) return { kind: "inside" };
  return aws(host) ?? azure(host) ?? google(host) ?? provider(host) ?? { kind: "unknown", host };
};

const declaredHost = (host: string, { estate, settings }: World): string | undefined => {
  for (const [name, place] of Object.entries(estate.context.endpoints ?? {})) {
    const wanted = name.toLowerCase();
    if (wanted === host || (wanted.startsWith(".") && host.endsWith(wanted))) return place;
  }
  for (const place of Object.values(settings.declaration?.places ?? {})) {
    const urls = [
      at(place.settings, "authUrl"),
      at(place.settings, "capabilities", "s3"),
      at(place.settings, "debianMirror"),
    ];
    if (urls.some((url) => typeof url === "string" && hostOf(url) === host)) return place.name;
  }
  return undefined;
};

const AWS_REGION = /(?:^|[.-])((?:us|eu|ap|af|ca|me|sa|il|mx|cn)(?:-gov|-iso[a-z]?)?-[a-z]+-\d)(?=\.|$)/;
const EVERYWHERE = "the edge locations of AWS, all over the world";

const aws = (host: string): HostPlace | undefined => {
  if (/\.(cloudfront\.net|awsglobalaccelerator\.com)$/.test(host)) {
    return { kind: "elsewhere", cloud: "aws", words: EVERYWHERE };
  }
  if (!/\.(amazonaws\.com(\.cn)?|aws|on\.aws|amazonaws\.eu)$/.test(host)) return undefined;
  const region = AWS_REGION.exec(host)?.[1];
  if (region !== undefined) return { kind: "region", cloud: "aws", region };
  const bucket = /^(.+)\.s3\.amazonaws\.com$/.exec(host)?.[1];
  if (bucket !== undefined) return { kind: "resource", cloud: "aws", name: bucket, types: ["aws:s3/bucket:Bucket"] };
  return { kind: "elsewhere", cloud: "aws", words: "a global endpoint of AWS" };
};

const AZURE_HOSTS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^([^.]+)\.(?:blob|queue|table|file|dfs|web)\.core\.windows\.net$/, ["azure-native:storage:StorageAccount"]],
  [/^([^.]+)\.vault\.azure\.net$/, ["azure-native:keyvault:Vault"]],
  [/^([^.]+)\.(?:openai|cognitiveservices|services\.ai)\.azure\.com$/, ["azure-native:cognitiveservices:Account"]],
  [/^([^.]+)\.servicebus\.windows\.net$/, ["azure-native:eventhub:Namespace", "azure-native:servicebus:Namespace"]],
  [/^([^.]+)\.documents\.azure\.com$/, ["azure-native:cosmosdb:DatabaseAccount"]],
  [/^([^.]+)\.database\.windows\.net$/, ["azure-native:sql:Server"]],
  [/^([^.]+)\.postgres\.database\.azure\.com$/, ["azure-native:dbforpostgresql:Server"]],
  [/^([^.]+)\.mysql\.database\.azure\.com$/, ["azure-native:dbformysql:Server"]],
  [/^([^.]+)\.azurecr\.io$/, ["azure-native:containerregistry:Registry"]],
  [/^([^.]+)\.azurewebsites\.net$/, ["azure-native:web:WebApp"]],
  [/^([^.]+)\.search\.windows\.net$/, ["azure-native:search:Service"]],
];

const azure = (host: string): HostPlace | undefined => {
  if (/\.(azurefd\.net|azureedge\.net|trafficmanager\.net)$/.test(host)) {
    return { kind: "elsewhere", cloud: "azure", words: "the edge locations of Microsoft, all over the world" };
  }
  for (const [pattern, types] of AZURE_HOSTS) {
    const name = pattern.exec(host)?.[1];
    if (name !== undefined) return { kind: "resource", cloud: "azure", name, types };
  }
  const region =
    /\.([a-z0-9]+)\.(?:azmk8s\.io|azurecontainerapps\.io|azurecontainer\.io|kusto\.windows\.net|ingest\.monitor\.azure\.com|metrics\.ingest\.monitor\.azure\.com|cloudapp\.azure\.com)$/.exec(
      host,
    )?.[1] ??
    /^([a-z]+\d?)(?:-\d+)?\.(?:in\.applicationinsights\.azure\.com|api\.cognitive\.microsoft\.com)$/.exec(host)?.[1];
  if (region !== undefined) return { kind: "region", cloud: "azure", region };
  if (/\.(azure\.com|windows\.net|azure\.net|microsoft\.com|azure-api\.net)$/.test(host)) {
    return { kind: "elsewhere", cloud: "azure", words: "an endpoint of Azure that names no region" };
  }
  return undefined;
};

const google = (host: string): HostPlace | undefined => {
  if (!/(^|\.)(googleapis\.com|pkg\.dev|gcr\.io|run\.app|cloudfunctions\.net|google\.com)$/.test(host))
    return undefined;
  const region =
    /^(?:[a-z]+\.)?([a-z]+-[a-z]+\d+)-[a-z.-]+$/.exec(host)?.[1] ??
    /\.([a-z]+-[a-z]+\d+)\.rep\.googleapis\.com$/.exec(host)?.[1];
  if (region !== undefined) return { kind: "region", cloud: "gcp", region };
  const multi = /^(eu|us|europe|asia)[.-]/.exec(host)?.[1];
  if (multi !== undefined) return { kind: "region", cloud: "gcp", region: multi };
  return { kind: "elsewhere", cloud: "gcp", words: "a global endpoint of Google" };
};

/** Model providers of core's catalogue. Of several that share a host, the one that promises least. */
const provider = (host: string): HostPlace | undefined => {
  const found = knownProviders().filter(({ url }) => url !== undefined && hostOf(url) === host);
  const least = found.toSorted((a, b) => Object.keys(a.facets).length - Object.keys(b.facets).length)[0];
  return least === undefined ? undefined : { kind: "provider", provider: least };
};
