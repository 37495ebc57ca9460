import type { OpenStackClient } from "../operations/client.ts";
import { objectPath } from "../operations/lookup/storage.ts";
import { drillPrefix, isOfDrill, OBJECTS } from "./names.ts";
import { until } from "./wait.ts";

interface Entry {
  readonly id: string;
  readonly name: string;
}

/** One kind of thing that drills make: how they are listed, and how one goes. */
interface Kind {
  readonly what: string;
  list(client: OpenStackClient, prefix: string): Promise<readonly Entry[]>;
  remove(client: OpenStackClient, entry: Entry): Promise<void>;
}

const GONE = { method: "DELETE", accept: [404] } as const;
const named = (entries: readonly { readonly id: string; readonly name: string | null }[]): readonly Entry[] =>
  entries.map(({ id, name }) => ({ id, name: name ?? "" }));

/** In the order in which they can go: a volume goes when no server has it. */
const KINDS: readonly Kind[] = [
  {
    what: "server",
    list: async (client, prefix) =>
      named(await client.list<Entry>("compute", `/servers?name=${encodeURIComponent(`^${prefix}`)}`, "servers")),
    remove: async (client, { id }) => void (await client.request("compute", `/servers/${id}`, GONE)),
  },
  {
    what: "port",
    list: async (client) => named(await client.list<Entry>("network", "/ports?fields=id&fields=name", "ports")),
    remove: async (client, { id }) => void (await client.request("network", `/ports/${id}`, GONE)),
  },
  {
    what: "volume",
    list: async (client) => named(await client.list<Entry>("block-storage", "/volumes", "volumes")),
    remove: async (client, { id }) =>
      void (await client.request("block-storage", `/volumes/${id}`, { ...GONE, accept: [404, 400] })), // 400: still in use
  },
  {
    what: "credential",
    list: async (client) => {
      const path = `/users/${(await client.session()).userId}/application_credentials`;
      return named(await client.list<Entry>("identity", path, "application_credentials"));
    },
    remove: async (client, { id }) => {
      const { userId } = await client.session();
      await client.request("identity", `/users/${userId}/application_credentials/${id}`, GONE);
    },
  },
  {
    what: "secret",
    list: async (client) => {
      interface Secret {
        readonly name: string | null;
        readonly secret_ref: string;
      }
      const secrets = await client.list<Secret>("key-manager", "/secrets?limit=100", "secrets");
      return named(secrets.map(({ name, secret_ref: ref }) => ({ name, id: ref.split("/").at(-1) ?? "" })));
    },
    remove: async (client, { id }) => void (await client.request("key-manager", `/secrets/${id}`, GONE)),
  },
  {
    what: "container",
    list: async (client, prefix) => {
      const path = `?format=json&prefix=${encodeURIComponent(prefix)}`;
      const found = await client.get<readonly { readonly name: string }[]>("object-store", path);
      return found.map(({ name }) => ({ id: name, name }));
    },
    remove: async (client, { name }) => {
      const inside = await client.get<readonly { readonly name: string }[]>(
        "object-store",
        `${objectPath(name)}?format=json`,
      );
      for (const object of inside) await client.request("object-store", objectPath(name, object.name), GONE);
      await client.request("object-store", objectPath(name), GONE);
    },
  },
];

/** What drills of this cluster have left, as `server shop-prod-vectors-drill-0a1b2c3d-1`. */
export const leftovers = async (client: OpenStackClient, cluster: string): Promise<readonly string[]> => {
  const found = await Promise.all(KINDS.map((kind) => ofDrill(client, kind, cluster)));
  return found.flatMap((entries, index) => entries.map(({ name }) => `${KINDS[index]?.what} ${name}`));
};

const ofDrill = async (client: OpenStackClient, kind: Kind, cluster: string): Promise<readonly Entry[]> =>
  (await kind.list(client, drillPrefix(cluster))).filter(({ name }) => isOfDrill(name, cluster));

/**
 * Takes away everything that drills of this cluster have made, kind after kind, and waits until it is gone.
 * @returns what is left when the signal ends it
 */
export const sweep = async (
  client: OpenStackClient,
  cluster: string,
  signal: AbortSignal,
  everyMs = 2000,
): Promise<readonly string[]> => {
  try {
    for (const kind of KINDS) {
      await until(
        async () => {
          const entries = await ofDrill(client, kind, cluster);
          for (const entry of entries) await kind.remove(client, entry);
          return entries.length === 0 ? true : undefined;
        },
        { signal, everyMs },
      );
    }
    return [];
  } catch (error) {
    if (!signal.aborted) throw error;
    return await leftovers(client, cluster);
  }
};

/** Seconds for which a drill counts as running after it was last heard of. */
export const ALIVE_SECONDS = 120;

/** Ids of drills of this cluster that were heard of a moment ago, by the object storage's own clock. */
export const running = async (client: OpenStackClient, cluster: string): Promise<readonly string[]> => {
  const container = KINDS.at(-1);
  if (container === undefined) return [];
  const names = (await ofDrill(client, container, cluster)).map(({ name }) => name);
  const alive = await Promise.all(
    names.map(async (name) => {
      const path = objectPath(name, OBJECTS.alive);
      const { status, headers } = await client.request("object-store", path, { method: "HEAD", accept: [404] });
      const [now, then] = [headers["date"], headers["last-modified"]].map((date) => Date.parse(String(date)));
      return status !== 404 && now !== undefined && then !== undefined && now - then < ALIVE_SECONDS * 1000;
    }),
  );
  return names.filter((_, index) => alive[index]).map((name) => name.slice(drillPrefix(cluster).length));
};
