import { expect, test } from "vitest";
import { ALIVE_SECONDS, leftovers, running, sweep } from "../../packages/openstack/src/drill/sweep.ts";
import type { OpenStackClient } from "../../packages/openstack/src/operations/client.ts";

const CLUSTER = "shop-prod-vectors";
const COPY = `${CLUSTER}-drill-0a1b2c3d`;
const OTHERS = [`${CLUSTER}-1`, `${CLUSTER}-drill-hall`, "shop-prod-vectors2-drill-0a1b2c3d-1", "other"];
const NOW = Date.UTC(2026, 10, 21, 18);

/** A cloud that has what it is told and forgets what is deleted; every deletion is written down. */
const cloud = (silentSeconds = ALIVE_SECONDS) => {
  const kept: Record<string, Set<string>> = {
    servers: new Set([`${COPY}-1`, ...OTHERS]),
    ports: new Set([`${COPY}-1`, ...OTHERS]),
    volumes: new Set([`${COPY}-1`, ...OTHERS]),
    application_credentials: new Set([COPY, ...OTHERS]),
    secrets: new Set([`${COPY}-seal`, `${COPY}-authority`, ...OTHERS]),
    containers: new Set([COPY, ...OTHERS]),
  };
  const deleted: string[] = [];
  const objects = new Set(["alive", "settings.json"]);
  const names = (key: string): readonly string[] => [...(kept[key] ?? [])];
  const remove = (path: string): void => {
    const last = decodeURIComponent(path.split("/").at(-1) ?? "");
    const kind = Object.keys(kept).find((key) => path.includes(`/${key}/`)) ?? "containers";
    deleted.push(path);
    if (path.split("/").length > 2 && kind === "containers") objects.delete(last);
    else kept[kind]?.delete(last);
  };
  const client = {
    session: async () => ({ userId: "me" }),
    list: async (_service: string, _path: string, key: string) =>
      names(key).map((name) => ({ id: name, name, secret_ref: `https://keys/v1/secrets/${name}` })),
    get: async (_service: string, path: string) =>
      (path.startsWith("?") ? names("containers") : [...objects]).map((name) => ({ name })),
    request: async (_service: string, path: string, { method }: { method: string }) => {
      if (method === "DELETE") remove(path);
      const date = (at: number): string => new Date(at).toUTCString();
      return { status: 200, headers: { date: date(NOW), "last-modified": date(NOW - silentSeconds * 1000) } };
    },
  };
  return { client: client as unknown as OpenStackClient, kept, deleted };
};
const signal = new AbortController().signal;

test("only what a drill of this cluster made is found", async () => {
  expect(await leftovers(cloud().client, CLUSTER)).toEqual([
    `server ${COPY}-1`,
    `port ${COPY}-1`,
    `volume ${COPY}-1`,
    `credential ${COPY}`,
    `secret ${COPY}-seal`,
    `secret ${COPY}-authority`,
    `container ${COPY}`,
  ]);
});

test("only that goes, the server before its volume, and everything else stays", async () => {
  const { client, kept, deleted } = cloud();
  expect(await sweep(client, CLUSTER, signal, 1)).toEqual([]);
  for (const [kind, names] of Object.entries(kept)) expect([...names], kind).toEqual(OTHERS);
  expect(deleted.every((path) => path.includes(COPY))).toBe(true);
  expect(deleted[0]).toBe(`/servers/${COPY}-1`);
  expect(deleted.at(-1)).toBe(`/${COPY}`);
});

test("what will not go in time is named", async () => {
  const { client } = cloud();
  const stubborn = { ...client, request: async () => ({ status: 204, headers: {} }) } as unknown as OpenStackClient;
  const left = await sweep(stubborn, CLUSTER, AbortSignal.timeout(50), 1);
  expect(left).toContain(`server ${COPY}-1`);
});

test("a drill that was heard of a moment ago is running, and one that was silent is not", async () => {
  expect(await running(cloud(ALIVE_SECONDS - 1).client, CLUSTER)).toEqual(["0a1b2c3d"]);
  expect(await running(cloud(ALIVE_SECONDS).client, CLUSTER)).toEqual([]);
});
