import type { Session } from "./session.ts";
import { until } from "./until.ts";

/** A server as the compute service describes it. */
export interface Server {
  readonly id: string;
  readonly status: string;
  readonly addresses: Readonly<Record<string, readonly { readonly addr: string }[]>>;
  readonly fault?: { readonly message: string };
  readonly "OS-EXT-AZ:availability_zone": string;
  readonly hostId: string;
}

/** What a server is made of, in the compute API's own words; the flavor by its name. */
export interface ServerWish {
  readonly name: string;
  readonly flavor: string;
  readonly image: string;
  readonly networks: "none" | readonly { readonly uuid: string }[];
  readonly zone?: string;
  readonly userData?: string;
  readonly group?: string;
}

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Asks for a server; returns its id. */
export async function createServer(session: Session, wish: ServerWish): Promise<string> {
  const { flavors } = await session.call<{ readonly flavors: readonly Named[] }>("compute", "/flavors");
  const { images } = await session.call<{ readonly images: readonly Named[] }>(
    "image",
    `/v2/images?name=${wish.image}`,
  );
  const server = {
    name: wish.name,
    flavorRef: flavors.find(({ name }) => name === wish.flavor)?.id,
    imageRef: images[0]?.id,
    networks: wish.networks,
    ...(wish.zone === undefined ? {} : { availability_zone: wish.zone }),
    ...(wish.userData === undefined ? {} : { user_data: Buffer.from(wish.userData).toString("base64") }),
  };
  const hints = wish.group === undefined ? {} : { "os:scheduler_hints": { group: wish.group } };
  const made = await session.call<{ readonly server: Named }>("compute", "/servers", {
    method: "POST",
    headers: { "x-openstack-nova-api-version": "2.37" },
    body: { server, ...hints },
  });
  return made.server.id;
}

/** The server, once it has this status; ERROR is a status like any other. */
export const serverIs = (session: Session, id: string, ...statuses: readonly string[]): Promise<Server> =>
  until(`server ${id} ${statuses.join(" or ")}`, async () => {
    const { server } = await session.call<{ readonly server: Server }>("compute", `/servers/${id}`);
    return statuses.includes(server.status) ? server : undefined;
  });

/** Its first fixed address. */
export const addressOf = (server: Server): string => {
  const address = Object.values(server.addresses)[0]?.[0]?.addr;
  if (address === undefined) throw new Error(`server ${server.id} has no address`);
  return address;
};
