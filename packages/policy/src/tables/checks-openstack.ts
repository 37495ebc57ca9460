import { type Concerns, each, from, OFF, ON } from "./concern.ts";

const swift = from("OpenStack Object Storage API v1, container ACLs: private unless said");
const WORLD = { unlike: /(^|,)\s*(\.r:|\.rlistings|\.referrer|\*:\*)/, words: "named users or projects" } as const;

/** What makes a resource of OpenStack open, readable or easily lost. */
export const openstackChecks: Concerns = {
  exposure: {
    "openstack:objectstorage/container:Container": [swift("containerRead", WORLD), swift("containerWrite", WORLD)],
    "openstack:images/image:Image": [
      from("OpenStack Image API v2, visibility: shared unless said; only named projects see a shared image")(
        "visibility",
        { not: ["public", "community"] },
        "shared",
      ),
    ],
    "openstack:sharedfilesystem/share:Share": [
      from("OpenStack Shared File Systems API: private unless said")("isPublic", OFF, false),
    ],
    "openstack:sharedfilesystem/shareAccess:ShareAccess": [
      from("OpenStack Shared File Systems API, grant access")("accessTo", { not: ["0.0.0.0/0", "::/0", "*"] }),
    ],
    "openstack:objectstorage/tempUrl:TempUrl": [
      from("OpenStack Object Storage, temporary URLs: whoever has the URL has the object")("container", {
        set: false,
        words: "no URL that opens an object",
      }),
    ],
    ...each(
      ["openstack:networking/network:Network"],
      [from("OpenStack Networking API v2: off unless said")("shared", OFF, false)],
    ),
  },
  transit: {
    "openstack:loadbalancer/listener:Listener": [
      from("OpenStack Load Balancing API v2, listener protocols")("protocol", { not: ["HTTP"] }),
    ],
  },
  identity: {
    "openstack:identity/applicationCredential:ApplicationCredential": [
      from("OpenStack Identity API v3, application credentials: restricted unless said")("unrestricted", OFF, false),
    ],
  },
  deletion: {
    "openstack:objectstorage/container:Container": [
      from("Pulumi OpenStack, forceDestroy: false unless said")("forceDestroy", OFF, false),
    ],
  },
  network: {
    "openstack:networking/port:Port": [
      from("OpenStack Networking API v2, port security: on unless said")("portSecurityEnabled", ON, true),
      from("OpenStack Networking API v2, port security")("noSecurityGroups", OFF, false),
    ],
    "openstack:networking/network:Network": [
      from("OpenStack Networking API v2, port security: on unless said")("portSecurityEnabled", ON, true),
    ],
  },
};
