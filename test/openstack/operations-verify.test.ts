import { afterEach, expect, test } from "vitest";
import type { KnownResource } from "../../packages/core/src/index.ts";
import { OpenStackClient } from "../../packages/openstack/src/operations/client.ts";
import { lookup } from "../../packages/openstack/src/operations/lookup/table.ts";
import { clusterFindings } from "../../packages/openstack/src/operations/verify/cluster.ts";
import { type Fake, httpFake, tokenReply } from "./operations-fake.ts";
import { type Row, recordCluster, recordPostgres, settled } from "./record.ts";

const [, rows] = await recordCluster();

let fake: Fake | undefined;
afterEach(async () => {
  await fake?.close();
});

/** A resource as the state would have it. */
const known = async ({ type, name, inputs, options }: Row): Promise<KnownResource> => {
  const parent = options.parent === undefined ? undefined : await settled(options.parent.urn);
  const urn = `urn:pulumi:test::kasbah::${type}::${name}`;
  const id = String(type.endsWith(":Container") ? inputs["name"] : `${name}-id`);
  return { urn, type, id, inputs, outputs: {}, ...(parent === undefined ? {} : { parent }) };
};

const NOW = new Date("2026-11-21T18:00:00Z");
const MEMBERS = [1, 2, 3].map((number) => `shop-prod-chunks-${number}`);

/** An object storage with these reports. HTTP is faked, the settings are what our own cluster publishes. */
const storage = async (reports: Readonly<Record<string, object>>): Promise<OpenStackClient> => {
  let url = "";
  fake = await httpFake(({ path, method }) => {
    if (method === "POST") return withStorage(url);
    const [, container, name = ""] = /^\/v1\/AUTH_p1\/([^/]+)\/(.+)\.json$/.exec(path) ?? [];
    const headers = { date: NOW.toUTCString(), "last-modified": new Date(NOW.getTime() - 20_000).toUTCString() };
    const body = container === "shop-prod-chunks-reports" ? reports[name] : undefined;
    return body === undefined ? { status: 404, headers } : { status: 200, body, headers };
  });
  url = fake.url;
  return OpenStackClient.connect(
    { authUrl: url, region: "R1" },
    { OS_USERNAME: "a", OS_PASSWORD: "b", OS_PROJECT_ID: "p1" },
  );
};

const withStorage = (url: string) => {
  const reply = tokenReply(url);
  const body = structuredClone(reply.body) as { token: { catalog: object[] } };
  const endpoints = [{ region_id: "R1", interface: "public", url: `${url}/v1/AUTH_p1` }];
  body.token.catalog.push({ type: "object-store", endpoints });
  return { ...reply, body };
};

test("the reports of our own cluster are found by what the state has of it, and judged by what it published", async () => {
  const resources = await Promise.all(rows.map(known));
  const content = rows.find(({ type }) => type.endsWith(":ContainerObject"))?.inputs["content"];
  const { payload } = JSON.parse(String(content));
  const { version, generation, members } = JSON.parse(Buffer.from(payload, "base64").toString("utf8"));
  expect(members.map(({ name }: { name: string }) => name)).toEqual(MEMBERS);
  const well = {
    format: 1,
    settings: version,
    generation,
    healthy: true,
    role: "standby",
    error: null,
    backup: { last: "2026-11-21T17:00:00Z", archivedAt: "2026-11-21T17:40:00Z", failedAt: null },
    disk: { usedPercent: 1 },
    certificate: { notAfter: "2027-02-19T00:00:00Z" },
  };
  const reports = {
    [MEMBERS[0] ?? ""]: { ...well, role: "leader" },
    [MEMBERS[1] ?? ""]: { ...well, settings: "00000000" },
  };
  const recovery = { "shop-prod-chunks": { rpoMinutes: 15, rtoMinutes: 240 } };
  const findings = await clusterFindings({ client: await storage(reports), resources }, recovery);
  expect(findings.map(({ severity, path }) => [severity, path])).toEqual([
    ["medium", `${MEMBERS[1]}.settings`],
    ["high", MEMBERS[2]],
    ["high", `${MEMBERS[0]}.backup`],
  ]);
});

test("an object of somebody's own is no cluster", async () => {
  const object = {
    type: "openstack:objectstorage/containerObject:ContainerObject",
    id: "x/y",
    outputs: {},
    parent: "p",
  };
  const resources = ["{}", "text", undefined].map((content, index) => ({
    ...object,
    urn: `urn::${index}`,
    inputs: { content },
  }));
  const reports = {
    urn: "urn::a-reports",
    type: "openstack:objectstorage/container:Container",
    id: "r",
    inputs: {},
    outputs: {},
    parent: "p",
  };
  expect(await clusterFindings({ client: await storage({}), resources: [...resources, reports] }, {})).toEqual([]);
});

/** A cloud that only says that it was asked. */
const ASKED = new Error("asked");
const asked = async () => Promise.reject(ASKED);
const session = async () => ({ userId: "u", projectId: "p", domainId: "d", projectName: "n", roles: [] });
const asking = { region: "R1", session, list: asked, get: asked, request: asked } as unknown as OpenStackClient;

test("what our layers give is enough to look each of their resources up", async () => {
  const [, single] = await recordPostgres();
  const made = [...rows, ...single].filter(({ type }) => !type.startsWith("pulumi:"));
  expect(made.length).toBeGreaterThan(30);
  for (const { type, name, inputs } of made) {
    await expect(lookup(asking, { type, inputs }), `${type} ${name}`).rejects.toBe(ASKED);
  }
});
