import type { Probe } from "@kasbah/core";
import { KNOWN_SERVICES } from "../catalogue.ts";
import type { OpenStackClient, Service } from "../client.ts";
import { OpenStackError } from "../errors.ts";

/** One entry of a service's list of versions. */
interface Version {
  readonly id?: string;
  readonly status?: string;
  /** Newest microversion. */
  readonly version?: string;
  readonly max_version?: string;
}

/** Every service of the catalogue in our region, with the newest version of those that we know how to ask. */
export const readServices = async (client: OpenStackClient): Promise<Probe["services"]> => {
  const catalogue = await client.catalogue();
  const versions = new Map<string, string | undefined>();
  await Promise.all(
    KNOWN_SERVICES.filter((service) => catalogue.has(service)).map(async (service) => {
      versions.set(catalogue.typeOf(service) ?? service, await versionOf(client, service));
    }),
  );
  return catalogue.types().map((type) => {
    const version = versions.get(type);
    return { type, ...(version === undefined ? {} : { version }) };
  });
};

/** A service lists its versions above them. Who does not, has none to tell. */
const versionOf = async (client: OpenStackClient, service: Service): Promise<string | undefined> => {
  const url = new URL(await client.url(service));
  const root = `${url.origin}${url.pathname.replace(/(\/v\d+(\.\d+)?(\/.*)?|\/)$/, "")}/`;
  try {
    const answer = await client.request(service, root, { accept: [401, 403, 404, 412] });
    return answer.status < 400 ? newest(answer.json<unknown>()) : undefined;
  } catch (error) {
    if (error instanceof OpenStackError || error instanceof SyntaxError) return undefined;
    throw error;
  }
};

/** `versions` is a list, in keystone a list in `values`. */
const newest = (body: unknown): string | undefined => {
  const versions: unknown = Reflect.get(Object(body), "versions");
  const listed: unknown = Array.isArray(versions) ? versions : Reflect.get(Object(versions), "values");
  if (!Array.isArray(listed)) return undefined;
  const all: readonly Version[] = listed;
  const current = all.find(({ status }) => status === "CURRENT" || status === "stable") ?? all.at(-1);
  return current?.version || current?.max_version || current?.id;
};
