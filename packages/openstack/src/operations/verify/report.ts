import type { Finding, KnownResource, Recovery } from "@kasbah/core";
import { impaired, noted } from "./finding.ts";

/** What a server says of itself, as far as verify reads it. What is not of the agreed shape is absent. */
export interface Report {
  readonly generation?: string;
  readonly settings?: string;
  readonly error?: string | null;
  readonly role?: string;
  readonly healthy?: boolean;
  readonly pendingRestart?: boolean;
  readonly backup?: { readonly last?: string; readonly archivedAt?: string; readonly failedAt?: string };
  readonly disk?: { readonly usedPercent?: number };
  readonly certificate?: { readonly notAfter?: string };
}

export interface Member {
  readonly name: string;
  /** By the clock of the object storage, as the report's date. */
  readonly now: Date;
  readonly at: Date | undefined;
  readonly report: Report | undefined;
}

export interface Declared {
  readonly resource: KnownResource;
  readonly version: string;
  readonly generation: string;
  /** Absent: the cluster has no vault. */
  readonly backup: { readonly differentialEveryHours: number } | undefined;
  /** Absent: nobody has said what may be lost. */
  readonly recovery: Recovery | undefined;
}

/** Whoever takes over a server writes its report: it is text from outside. */
export const reportOf = (text: string): Report | undefined => {
  try {
    const said: unknown = JSON.parse(text);
    return typeof said === "object" && said !== null && Reflect.get(said, "format") === 1 ? said : undefined;
  } catch {
    return undefined;
  }
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A server writes one at least every minute. */
const SILENT = 3 * MINUTE;
/** Certificates are renewed 30 days before their end: one that is nearer to it was not. */
const RENEWAL = 29 * DAY;

export const memberFindings = (members: readonly Member[], declared: Declared): readonly Finding[] => {
  const fresh = members.filter(({ now, at, report }) => report !== undefined && now.getTime() - time(at) < SILENT);
  const found = members.flatMap((member) =>
    fresh.includes(member) ? [...stateFindings(member, declared)] : [silence(member, declared)],
  );
  const leader = fresh.find(({ report }) => report?.role === "leader");
  const none = { path: "role", wanted: "one leader", found: "no member leads", mend: "Look at the servers' journals." };
  if (leader === undefined) return [...found, impaired(declared.resource, none)];
  return [...found, ...backupFindings(leader, declared)];
};

const silence = ({ name, now, at }: Member, { resource }: Declared): Finding => {
  const found = at === undefined ? "never one" : `the last one ${minutes(now.getTime() - at.getTime())} ago`;
  const mend = "Look whether the server runs and reaches the object storage.";
  return impaired(resource, { path: name, wanted: "a report every minute", found, mend });
};

function* stateFindings({ name, now, report = {} }: Member, declared: Declared): Generator<Finding> {
  const { resource, version, generation } = declared;
  const path = (key: string) => `${name}.${key}`;
  if (report.error) {
    const mend = "The server names it itself; its journal has more.";
    yield impaired(resource, { path: path("error"), wanted: "none", found: shown(report.error), mend });
  }
  if (report.healthy !== true) {
    const mend = "The others carry on; look at its journal.";
    yield impaired(resource, { path: path("healthy"), wanted: "true", found: `false, ${shown(report.role)}`, mend });
  }
  if (report.settings !== version) {
    const mend = "It takes them within a minute, unless it names an error.";
    yield noted(resource, { path: path("settings"), wanted: version, found: shown(report.settings), mend });
  }
  if (report.generation !== generation) {
    const mend = "Bring it up again: `kasbah up` replaces one server after another.";
    yield noted(resource, { path: path("generation"), wanted: generation, found: shown(report.generation), mend });
  }
  if (report.pendingRestart === true) {
    const mend = "The agent restarts it when the others are up.";
    yield noted(resource, { path: path("pendingRestart"), wanted: "false", found: "true", mend });
  }
  yield* roomFindings(path("disk"), report.disk?.usedPercent, resource);
  yield* certificateFindings(path("certificate"), now, report.certificate?.notAfter, resource);
}

function* roomFindings(path: string, used: number | undefined, resource: KnownResource): Generator<Finding> {
  if (typeof used !== "number" || used < 80) return;
  const told = {
    path,
    wanted: "less than 80 % used",
    found: `${used} %`,
    mend: "Raise storageGiB: volumes grow while in use.",
  };
  yield used < 90 ? noted(resource, told) : impaired(resource, told);
}

function* certificateFindings(
  path: string,
  now: Date,
  notAfter: string | undefined,
  resource: KnownResource,
): Generator<Finding> {
  if (typeof notAfter !== "string" || Date.parse(notAfter) - now.getTime() > RENEWAL) return;
  const mend = "Its agent should have renewed it: look at its journal.";
  const told = { path, wanted: "renewed 30 days before its end", found: `ends ${shown(notAfter)}`, mend };
  yield Date.parse(notAfter) - now.getTime() > 7 * DAY ? noted(resource, told) : impaired(resource, told);
}

/** A leader writes something every ten seconds, so there is always something to ship; its report is a minute old at most. */
const SEEN_LATE = 2 * MINUTE;
const LOG = "Look at the leader's log: it names pgBackRest's error.";

/** What the leader says of archive and backups, against what may be lost. */
function* backupFindings({ name, now, report }: Member, declared: Declared): Generator<Finding> {
  const { resource, backup: schedule, recovery } = declared;
  if (schedule === undefined) return;
  const { last, archivedAt, failedAt } = report?.backup ?? {};
  const wanted = recovery === undefined ? "an archive" : `at most ${recovery.rpoMinutes} minutes to lose`;
  const path = `${name}.backup`;
  const age = now.getTime() - time(archivedAt);
  const late = recovery !== undefined && age > Math.max(recovery.rpoMinutes, 1) * MINUTE + SEEN_LATE;
  if (!archivedAt) {
    const found = failedAt ? `nothing was shipped, and it fails since ${shown(failedAt)}` : "nothing was shipped yet";
    yield (failedAt ? impaired : noted)(resource, { path, wanted, found, mend: LOG });
  } else if (failedAt || late) {
    const why = failedAt ? `shipping fails since ${shown(failedAt)}, ` : "";
    const lost = late ? "; more would be lost than was declared" : "";
    yield impaired(resource, {
      path,
      wanted,
      found: `${why}the last was shipped ${minutes(age)} ago${lost}`,
      mend: LOG,
    });
  }
  const every = schedule.differentialEveryHours * HOUR;
  if (!last) {
    yield noted(resource, { path, wanted: "a full copy", found: "none yet", mend: "Look again in some minutes." });
  } else if (now.getTime() - time(last) > 2 * every) {
    const found = `the last ${minutes(now.getTime() - time(last))} ago`;
    const mend = "Look at the journal of kasbah-backup on the leader.";
    yield impaired(resource, { path, wanted: `a copy every ${schedule.differentialEveryHours} hours`, found, mend });
  }
}

const time = (date: Date | string | undefined | null): number =>
  typeof date === "string" ? Date.parse(date) || 0 : (date?.getTime() ?? 0);

const minutes = (ms: number): string =>
  ms > 2 * DAY ? `${Math.round(ms / DAY)} days` : `${Math.round(ms / MINUTE)} min`;

const shown = (value: unknown): string =>
  String(value ?? "nothing")
    .replace(/[\p{Cc}\p{Bidi_Control}]/gu, " ")
    .slice(0, 300);
