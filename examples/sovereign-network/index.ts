// A network that lets nobody in. Out lead two ways, each with a name: the place's own services, and a payment service.
import type { Place } from "@kasbah/core";
import { Network, openstack } from "@kasbah/openstack";

const scope = { platform: "records", env: "dev", owner: "example.ma", preset: "production" } as const;

const home: Place = {
  name: "home",
  cloud: "openstack",
  region: "RegionOne",
  facets: { storage: ["MA"] },
  operator: {},
  contract: {},
  facts: { encryptionAtRest: true, keyManager: true },
  settings: {
    flavors: { small: "m1.small" },
    authUrl: "https://10.10.0.5:5000/v3",
    debianMirror: "http://10.10.0.6/debian",
    externalNetwork: "services",
    egress: [{ name: "payments", cidr: "192.0.2.16/28", ports: [443], protocol: "tcp" }],
  },
};

const provider = openstack.provider("home", home, {});
const args = { scope, class: "internal", holds: "restricted", place: home, cidr: "10.40.0.0/20" } as const;
const network = new Network("net", args, { provider });

export const subnet = network.subnetId;

/** A server that has to reach the payment service joins this group; no other server reaches it. */
export const payments = network.egressGroupIds["payments"];
