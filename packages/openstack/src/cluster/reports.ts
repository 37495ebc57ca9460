import type { OpenstackSettings, Place } from "@kasbah/core";
import type { OpenStackClient } from "../operations/client.ts";
import { settingsOf } from "../site.ts";

/** What a server says of itself, as far as the program asks. */
export interface Report {
  readonly generation: string;
  /** Version of the settings that it has applied. */
  readonly settings: string;
  readonly error: string | null;
  readonly role: string;
  readonly healthy: boolean;
  /** Number of the newest login that it knows. */
  readonly login: number;
}

/** The newest reports of a cluster. */
export interface Reported {
  /** By the clock of the object storage, as are the dates of the reports: no other clock is asked. */
  readonly now: Date;
  readonly reports: ReadonlyMap<string, { readonly report: Report; readonly at: Date }>;
}

/** Where the program reads what servers report. */
export interface Reports {
  read(members: readonly string[]): Promise<Reported>;
}

/** The reports in a container of the place. The first question logs in. */
export const reportsIn = (place: Place, container: string, env: NodeJS.ProcessEnv = process.env): Reports => {
  let client: Promise<OpenStackClient> | undefined;
  return {
    async read(members) {
      client ??= connect(settingsOf(place), place.region, env);
      const connected = await client;
      const found = await Promise.all(members.map((member) => readReport(connected, container, member)));
      const reports = members.flatMap((member, index) => {
        const { report, at } = found[index] ?? {};
        return report === undefined || at === undefined ? [] : [[member, { report, at }] as const];
      });
      const now = Math.max(...found.map((one) => one.now.getTime()));
      return { now: new Date(now), reports: new Map(reports) };
    },
  };
};

/** Loaded when it is needed: a preview never is. */
const connect = async (
  { authUrl, cloud, caCertificate }: OpenstackSettings,
  region: string,
  env: NodeJS.ProcessEnv,
): Promise<OpenStackClient> => {
  const { OpenStackClient: Client } = await import("../operations/client.ts");
  return Client.connect({ authUrl, cloud, region, caCertificate }, env);
};

interface Found {
  readonly now: Date;
  readonly at?: Date;
  readonly report?: Report;
}

const readReport = async (client: OpenStackClient, container: string, member: string): Promise<Found> => {
  const answer = await client.request("object-store", `/${container}/${member}.json`, { accept: [404] });
  const now = dateOf(answer.headers["date"]) ?? new Date(0);
  const at = dateOf(answer.headers["last-modified"]);
  const report = answer.status === 200 ? parseReport(answer.body.toString("utf8")) : undefined;
  return at === undefined || report === undefined ? { now } : { now, at, report };
};

const dateOf = (header: string | undefined): Date | undefined => (header === undefined ? undefined : new Date(header));

/** Whoever takes over a server writes its report: what is not of the agreed shape counts as none. */
export const parseReport = (text: string): Report | undefined => {
  const said = json(text);
  const [generation, settings, role] = ["generation", "settings", "role"].map((key) => at(said, key));
  const [healthy, error, login] = [at(said, "healthy"), at(said, "error") ?? null, at(at(said, "login"), "number")];
  if (at(said, "format") !== 1 || typeof healthy !== "boolean") return undefined;
  if (typeof generation !== "string" || typeof role !== "string") return undefined;
  return {
    generation,
    settings: typeof settings === "string" ? settings : "",
    error: typeof error === "string" ? error.slice(0, 300) : null,
    role,
    healthy,
    login: typeof login === "number" ? login : 0,
  };
};

const json = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const at = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
