import type { Operations, Target } from "@kasbah/core";
import { OpenStackClient } from "./client.ts";
import type { CloudSettings } from "./credentials.ts";
import { lookup } from "./lookup/table.ts";
import { probe } from "./probe/probe.ts";
import { clearRestores, restore } from "./restore.ts";
import { verify } from "./verify/verify.ts";

/** What a provider was told, as the client reads it. What is absent comes from the environment, as for the provider. */
export const settingsOf = ({ provider, env }: Target): CloudSettings => {
  const said = (key: string): string | undefined => {
    const value = provider[key];
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  return {
    region: said("region") ?? env["OS_REGION_NAME"] ?? "",
    authUrl: said("authUrl"),
    caCertificate: said("cacertFile"),
    cloud: provider["cloud"] === "" ? "" : said("cloud"), // an empty one means: none, whatever OS_CLOUD says
    projectId: said("tenantId"),
  };
};

/** Logs in as a provider would. */
export const clientOf = (target: Target): Promise<OpenStackClient> =>
  OpenStackClient.connect(settingsOf(target), target.env, { folder: target.folder });

export const connect = async (target: Target): Promise<Operations> => {
  const client = await clientOf(target);
  return {
    lookup: (query) => lookup(client, query),
    verify: (query) => verify(client, query),
    restore: (query) => restore(client, target, query),
    clearRestores: (query) => clearRestores(client, query),
    probe: () => probe(client),
  };
};
