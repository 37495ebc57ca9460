import type { Report, Reported } from "./reports.ts";

/** A report that is older says nothing: servers write one every minute. */
const FRESH_MS = 180_000;

/** What is wanted before one member's server may be taken away. */
export interface Turn {
  readonly member: string;
  /** All members, in the order in which they are replaced. */
  readonly members: readonly string[];
  /** That the new servers will have. */
  readonly generation: string;
  /** When the server of the member before was made, by the clock of the object storage. */
  readonly since: Date;
}

/**
 * Why the server of a member may not be taken away yet; `undefined` when it may. A member that is up is taken away only
 * while both others are up and it does not lead; one that is not up can be replaced at any time.
 */
export const obstacle = (seen: Reported, { member, members, generation, since }: Turn): string | undefined => {
  const own = upReport(seen, member);
  if (own === undefined || own.generation === generation) return undefined;
  const place = members.indexOf(member);
  for (const [index, other] of members.entries()) {
    if (index === place) continue;
    const report = index === place - 1 ? upReport(seen, other, since) : upReport(seen, other);
    if (report === undefined) return `${other} is not up`;
    if (index < place && report.generation !== generation) return `${other} is not replaced yet`;
  }
  return own.role === "leader" ? `${member} leads and has not handed over` : undefined;
};

/** What is wanted of a cluster that has got what was declared. */
export interface Wanted {
  readonly members: readonly string[];
  readonly generation: string;
  /** Version of the settings. */
  readonly version: string;
  /** Number of the login. */
  readonly login: number;
}

/** What a cluster has not done yet, a line for each member; none when it has got what was declared. */
export const unsettled = (seen: Reported, { members, generation, version, login }: Wanted): readonly string[] => {
  const up = members.map((member) => [member, upReport(seen, member)] as const);
  const lines = up.flatMap(([member, report]) => {
    const lacks = report === undefined ? silence(seen, member) : lacksOf(report, generation, version);
    return lacks === undefined ? [] : [`${member}: ${lacks}`];
  });
  const leader = up.find(([, report]) => report?.role === "leader");
  if (leader === undefined) return [...lines, "no member leads"];
  return leader[1]?.login === login ? lines : [...lines, `${leader[0]}: the login ${login} is not there yet`];
};

/** An error beside applied settings, as a backup that fails, is no reason to wait: see {@link errorsIn}. */
const lacksOf = ({ generation: own, settings, error }: Report, generation: string, version: string) => {
  if (own !== generation) return "its server is an old one";
  return settings === version ? undefined : (error ?? `has not applied settings ${version}`);
};

/** What members say is wrong, a line each. */
export const errorsIn = ({ reports }: Reported, members: readonly string[]): readonly string[] =>
  members.flatMap((member) => {
    const error = reports.get(member)?.report.error ?? null;
    return error === null ? [] : [`${member}: ${error}`];
  });

const silence = (seen: Reported, member: string): string => {
  const last = seen.reports.get(member);
  if (last === undefined) return "has never reported";
  const seconds = Math.round((seen.now.getTime() - last.at.getTime()) / 1000);
  const state = last.report.healthy ? "" : `, ${last.report.role}, not healthy`;
  return `reported ${seconds} s ago${state}${last.report.error === null ? "" : `: ${last.report.error}`}`;
};

/** The report of a member that is up: fresh, and healthy. */
const upReport = ({ now, reports }: Reported, member: string, since = new Date(0)): Report | undefined => {
  const found = reports.get(member);
  if (found === undefined || !found.report.healthy || found.at <= since) return undefined;
  return now.getTime() - found.at.getTime() < FRESH_MS ? found.report : undefined;
};
