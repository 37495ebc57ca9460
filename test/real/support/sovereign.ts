import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { parse, stringify } from "yaml";
import { OpenStackClient } from "../../../packages/openstack/src/operations/client.ts";
import { lab } from "./lab.ts";
import type { Project } from "./project.ts";
import { type RealStack, realStack } from "./stack.ts";

/** A change of the declaration beside what the lab needs, by its own words. */
export interface Edit {
  readonly preset?: "production" | "throwaway";
  readonly workloads?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Settings of the first site. */
  readonly home?: Readonly<Record<string, unknown>>;
}

/** How the database is reached, as the stack's outputs say. */
export interface Database {
  readonly hosts: readonly string[];
  readonly port: number;
  readonly user: string;
  readonly passwordRef: string;
}

/** `stacks/sovereign` in one project of the lab. */
export interface Sovereign {
  readonly stack: RealStack;
  readonly project: Project;
  /** Its name: the first part of every physical name. */
  readonly platform: string;
  /** Writes what differs from the declaration; what was there before goes. */
  declare(edit: Edit): void;
  /** `pulumi up`, without a preview; an error when it fails. Returns what was printed. */
  up(...args: readonly string[]): Promise<string>;
  database(workload?: string): Database;
  /** The project's own user, by the API. */
  readonly cloud: OpenStackClient;
  /** The password of the login, as who may read it gets it from the key manager. */
  password(database: Pick<Database, "passwordRef">): Promise<string>;
  /** The newest report of a member, 1 to 3. */
  report(member: number): Promise<Readonly<Record<string, unknown>>>;
  close(): Promise<void>;
}

const SIGNING_KEY = Buffer.alloc(32, 42).toString("base64");

/**
 * A copy of the stack whose endpoints are the lab's.
 * @param cidr range of its network: no two networks of the lab may share one at a time
 */
export const sovereign = async (project: Project, cidr: string): Promise<Sovereign> => {
  const { authUrl, caCertificate, region } = lab();
  const cloud = await OpenStackClient.connect({ authUrl, caCertificate, region }, project.env);
  const stack = await realStack(project, { program: "stacks/sovereign" });
  const file = path.join(stack.folder, "Pulumi.dev.yaml");
  const platform = project.name.slice(0, 30);
  rename(path.join(stack.folder, "platform.yaml"), platform);
  let salt: object = {};
  const declare = (edit: Edit): void => {
    fs.writeFileSync(file, stringify({ ...salt, config: { ...secrets, "kasbah:platform": overlay(edit, cidr) } }));
  };
  let secrets: Readonly<Record<string, unknown>> = {};
  declare({});
  const must = async (...args: string[]): Promise<string> => {
    const { code, all } = await stack.pulumi(args);
    expect(code, all).toBe(0);
    return all;
  };
  await must("stack", "init", "dev");
  await must("config", "set", "--secret", "kasbah:signingKey", SIGNING_KEY, "--stack", "dev");
  const { config, ...rest } = parse(fs.readFileSync(file, "utf8"));
  salt = rest;
  secrets = { "kasbah:signingKey": config["kasbah:signingKey"] };
  return {
    stack,
    project,
    platform,
    declare,
    up: (...args) => must("up", "--yes", "--skip-preview", "--stack", "dev", ...args),
    database: (workload = "vectors") => databaseOf(stack, workload),
    cloud,
    async password({ passwordRef }) {
      const headers = { accept: "application/octet-stream" };
      const { body } = await cloud.request("key-manager", `${passwordRef}/payload`, { headers });
      return body.toString("hex");
    },
    report: (member) =>
      cloud.get("object-store", `/${platform}-dev-vectors-reports/${platform}-dev-vectors-${member}.json`),
    async close() {
      stack.close();
      await project.delete();
    },
  };
};

const rename = (file: string, platform: string): void => {
  const text = fs.readFileSync(file, "utf8");
  fs.writeFileSync(file, text.replace(/^platform: .*$/m, `platform: ${platform}`));
};

const databaseOf = (stack: RealStack, workload: string): Database => {
  const outputs = stack.checkpoint().resources?.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs;
  const endpoints: unknown = outputs?.["endpoints"];
  const { address, user, passwordRef } = Object(Reflect.get(Object(endpoints), workload));
  const [hosts = "", port = ""] = String(address).split(":");
  return { hosts: hosts.split(","), port: Number(port), user, passwordRef };
};

const overlay = ({ preset = "production", workloads = {}, home = {} }: Edit, cidr: string) => ({
  preset,
  places: {
    home: { network: { cidr }, openstack: { ...siteOf(lab().region), ...home } },
    second: { openstack: siteOf(lab().secondRegion) },
  },
  workloads,
});

/** What a place of the lab says of itself. */
const siteOf = (region: string) => {
  const { authUrl, caCertificate, externalNetwork, front, image, mirror, objectStores, securityMirror, zones } = lab();
  return {
    authUrl,
    caCertificate,
    image,
    flavors: { small: "m1.small", medium: "m1.medium", large: "m1.large" },
    availabilityZones: zones,
    debianMirror: mirror,
    debianSecurityMirror: securityMirror,
    externalNetwork,
    dnsServers: [],
    serviceCidrs: [`${front}/32`],
    capabilities: { s3: objectStores[region], loadBalancer: false, identityAdmin: true, historyContainers: true },
  };
};
