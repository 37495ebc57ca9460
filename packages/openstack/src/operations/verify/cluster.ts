import type { Finding, KnownResource, Recovery } from "@kasbah/core";
import { objectPath } from "../lookup/storage.ts";
import { type Checked, ofType } from "./finding.ts";
import { type Member, memberFindings, reportOf } from "./report.ts";

const OBJECT = "openstack:objectstorage/containerObject:ContainerObject";
const CONTAINER = "openstack:objectstorage/container:Container";

/** A cluster as its settings, which the state has, declare it. */
interface Declared {
  readonly resource: KnownResource;
  readonly reports: string;
  readonly settings: Settings;
}

interface Settings {
  readonly cluster: string;
  readonly version: string;
  readonly generation: string;
  readonly members: readonly { readonly name: string }[];
  readonly backup: { readonly vaults: readonly unknown[]; readonly differentialEveryHours: number };
}

/** What the servers of each cluster report, against what they were told. */
export const clusterFindings = async (
  checked: Checked,
  recovery: Readonly<Record<string, Recovery>>,
): Promise<readonly Finding[]> => {
  const found = clustersIn(checked).map(async ({ resource, reports, settings }) => {
    const members = settings.members.map(({ name }) => memberOf(checked, reports, name));
    const declared = recovery[settings.cluster];
    const backup = settings.backup.vaults.length === 0 ? undefined : settings.backup;
    return memberFindings(await Promise.all(members), { ...settings, resource, backup, recovery: declared });
  });
  return (await Promise.all(found)).flat();
};

/** The settings of a cluster and the container of its reports have one parent. */
const clustersIn = (checked: Checked): readonly Declared[] =>
  ofType(checked, OBJECT).flatMap((object) => {
    const settings = settingsIn(object.inputs["content"]);
    const reports = ofType(checked, CONTAINER).find(
      ({ parent, urn }) => parent === object.parent && urn.endsWith("-reports"),
    );
    if (settings === undefined || reports === undefined) return [];
    return [{ resource: object, reports: reports.id, settings }];
  });

const settingsIn = (content: unknown): Settings | undefined => {
  if (typeof content !== "string") return undefined;
  try {
    const { payload } = JSON.parse(content);
    const settings: Settings = JSON.parse(Buffer.from(payload, "base64").toString("utf8"));
    return Array.isArray(settings.members) && settings.backup !== undefined ? settings : undefined;
  } catch {
    return undefined; // an object of somebody's own
  }
};

const memberOf = async ({ client }: Checked, container: string, name: string): Promise<Member> => {
  const answer = await client.request("object-store", objectPath(container, `${name}.json`), { accept: [404] });
  const date = (header: string | undefined) => (header === undefined ? undefined : new Date(header));
  return {
    name,
    now: date(answer.headers.date) ?? new Date(), // the object storage's clock, by which reports are dated too
    at: date(answer.headers["last-modified"]),
    report: answer.status === 404 ? undefined : reportOf(answer.body.toString("utf8")),
  };
};
