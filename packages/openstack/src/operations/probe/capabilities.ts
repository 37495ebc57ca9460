import type { Capabilities } from "@kasbah/core";
import type { OpenStackClient } from "../client.ts";
import { OpenStackError } from "../errors.ts";

/** What was found, and what nobody told us. */
export interface Found {
  readonly capabilities: Capabilities;
  readonly unchecked: readonly string[];
}

/** What the object storage says of itself, at the address above the accounts. */
type Info = Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;

/** Asks the cloud for each capability that a place can declare. */
export const readCapabilities = async (client: OpenStackClient): Promise<Found> => {
  const [loadBalancer, identityAdmin, storage] = await Promise.all([
    mayList(client, "load-balancer", "/lbaas/loadbalancers?limit=1"),
    mayAdminister(client),
    storageOf(client),
  ]);
  return {
    capabilities: { loadBalancer, identityAdmin, ...storage.capabilities },
    unchecked: storage.unchecked,
  };
};

const mayList = async (
  client: OpenStackClient,
  service: Parameters<OpenStackClient["request"]>[0],
  path: string,
): Promise<boolean> => {
  if (!(await client.has(service))) return false;
  const { status } = await client.request(service, path, { accept: [401, 403, 404] });
  return status < 400;
};

/** Who may list users and projects of the domain is taken for its administrator: keystone cannot be asked more. */
const mayAdminister = async (client: OpenStackClient): Promise<boolean> => {
  const { domainId, roles } = await client.session();
  const lists = ["users", "projects"].map((kind) =>
    mayList(client, "identity", `/${kind}?domain_id=${domainId}&limit=1`),
  );
  const only = roles.every((role) => role === "reader");
  return !only && (await Promise.all(lists)).every((may) => may);
};

const storageOf = async (client: OpenStackClient): Promise<Found> => {
  if (!(await client.has("object-store"))) return { capabilities: { historyContainers: false }, unchecked: [] };
  const { origin } = new URL(await client.url("object-store"));
  const info = await infoOf(client, origin);
  const { capabilities, unchecked } = await s3Of(client);
  const flags = info?.["versioned_writes"]?.["allowed_flags"];
  const history = Array.isArray(flags) && flags.includes("x-history-location");
  const said = info === undefined ? ["history containers: the object storage does not say what it can (/info)"] : [];
  const lock = lockOf(info);
  return {
    capabilities: {
      ...capabilities,
      ...(info === undefined ? {} : { historyContainers: history }),
      ...(lock === undefined ? {} : { objectLock: lock }),
    },
    unchecked: [
      ...unchecked,
      ...said,
      ...(lock === undefined ? ["object lock: only a bucket that was made with it would tell"] : []),
    ],
  };
};

export const infoOf = async (client: OpenStackClient, origin: string): Promise<Info | undefined> => {
  const answer = await client.request("object-store", `${origin}/info`, { accept: [401, 403, 404] });
  return answer.status === 200 ? answer.json<Info>() : undefined;
};

/** Swift's S3 interface names itself in /info and has no object lock (Swift, S3/Swift REST API comparison matrix). */
const lockOf = (info: Info | undefined): boolean | undefined => (info?.["s3api"] === undefined ? undefined : false);

/** A key that nobody has: whoever speaks S3 refuses it in S3's own words. */
const NOBODY =
  "AWS4-HMAC-SHA256 Credential=KASBAHPROBE/20260101/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=00";

/** Where S3 is spoken: the catalogue's own entry, else the address of the object storage. Asked, not assumed. */
export const s3Of = async (client: OpenStackClient): Promise<Found> => {
  const { origin } = new URL(await client.url("object-store"));
  const named = (await client.catalogue()).urlOf("s3");
  const endpoint = named === undefined ? origin : new URL(named).origin;
  const headers = {
    authorization: NOBODY,
    "x-amz-date": "20260101T000000Z",
    "x-amz-content-sha256": "UNSIGNED-PAYLOAD",
  };
  try {
    const answer = await client.request("object-store", `${endpoint}/`, { headers, accept: [400, 401, 403, 404, 412] });
    if (!/<Error>[\s\S]*<Code>/.test(answer.body.toString("utf8"))) return { capabilities: {}, unchecked: [] };
  } catch (error) {
    if (!(error instanceof OpenStackError)) throw error;
    return { capabilities: {}, unchecked: [`S3: ${error.message}`] };
  }
  if (endpoint.startsWith("https:")) return { capabilities: { s3: endpoint }, unchecked: [] };
  return { capabilities: {}, unchecked: [`S3: it answers at ${endpoint}, without TLS`] };
};
