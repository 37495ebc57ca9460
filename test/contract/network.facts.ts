import { network as aws } from "./aws/network.ts";
import type { Readers } from "./fact.ts";
import { network as openstack } from "./openstack/network.ts";

/** What a network promises. */
export const NETWORK = {
  range: "the network has the declared private range",
  inside: "every subnet lies inside the network's range",
  apart: "no two subnets overlap",
  zones: "there is a subnet in every zone asked for",
  noPublicAddress: "nothing gets a public address",
  noIpv6: "nothing gets an address that is public by nature (IPv6)",
  noWayOut: "no gateway and no route leads out of the network",
  ownRoutes: "every subnet has the routes that are written down, not those of a default",
  closed: "what names no firewall lets nothing in or out",
  storage: "object storage is reached without leaving the cloud's own network",
  storageOwn: "the way to object storage opens the own account's buckets only",
  names: "names resolve inside the network",
} as const;

/** The readers, one a cloud. A cloud that gets this layer adds its row, and its record to `scene.ts`. */
export const networkReaders: Readers<keyof typeof NETWORK> = { aws, openstack };
