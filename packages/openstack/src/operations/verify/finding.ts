import type { Finding, KnownResource } from "@kasbah/core";
import type { OpenStackClient } from "../client.ts";

/** What checks are given. */
export interface Checked {
  readonly client: OpenStackClient;
  readonly resources: readonly KnownResource[];
}

export const ofType = ({ resources }: Checked, type: string): readonly KnownResource[] =>
  resources.filter((resource) => resource.type === type);

/** What replaces a broken resource: neither the engine nor the provider sees that it is broken. */
export const replaceIt = ({ urn }: KnownResource): string =>
  `Mark it, and the next up makes a new one: pulumi state taint '${urn}'`;

type Told = Pick<Finding, "path" | "wanted" | "found" | "mend">;

/** The cloud itself says that it is broken, or it is gone. */
export const broken = ({ urn }: KnownResource, told: Told): Finding => finding(urn, "critical", told);

/** It is there and does not do its work. */
export const impaired = ({ urn }: KnownResource, told: Told): Finding => finding(urn, "high", told);

/** It will mend itself, or will have to be looked at. */
export const noted = ({ urn }: KnownResource, told: Told): Finding => finding(urn, "medium", told);

const finding = (resource: string, severity: Finding["severity"], told: Told): Finding => ({
  rule: "verify",
  severity,
  resource,
  ...told,
});

export const gone = (resource: KnownResource): Finding =>
  broken(resource, {
    path: "id",
    wanted: resource.id,
    found: "the cloud has no such object",
    mend: "Bring state and cloud together with `pulumi refresh`, then `kasbah up`.",
  });

/** One object by its id; `undefined` when the cloud has none. */
export const read = async <T>(
  client: OpenStackClient,
  service: Parameters<OpenStackClient["request"]>[0],
  path: string,
  key: string,
): Promise<T | undefined> => {
  const answer = await client.request(service, path, { accept: [404] });
  if (answer.status === 404) return undefined;
  return answer.json<Readonly<Record<string, T>>>()[key];
};
