import { createHash } from "node:crypto";
import type { Value } from "../values.ts";
import shapes from "./openstack.shapes.json" with { type: "json" };
import { balancer } from "./openstack-balancer.ts";
import { compute } from "./openstack-compute.ts";
import { identity } from "./openstack-identity.ts";
import { keys } from "./openstack-keys.ts";
import { network } from "./openstack-network.ts";
import type { Cloud, Invoke } from "./row.ts";

/** An id that is the same for the same words in every run: of what the simulated cloud furnishes itself. */
function furnishedId(kind: "eeee" | "ffff", ...words: readonly (Value | undefined)[]): string {
  const hex = createHash("sha256").update(JSON.stringify(words)).digest("hex");
  return `51a0${kind}-${hex.slice(0, 4)}-4${hex.slice(4, 7)}-a${hex.slice(7, 10)}-${hex.slice(10, 22)}`;
}

const NO_RESULTS = "Your query returned no results. Please change your search criteria and try again.";

const getImage: Invoke = (args, { region }) => {
  const asked = args["name"] ?? args["nameRegex"] ?? args["tag"] ?? args["properties"];
  if (asked === undefined) throw new Error(NO_RESULTS);
  const name = args["name"] ?? "simulated image";
  const id = furnishedId("eeee", asked);
  return { id, name, region, visibility: "public", diskFormat: "qcow2", minDiskGb: 0, minRamMb: 0, ...args };
};

const getNetwork: Invoke = (args, { region, list }) => {
  const wanted = (["name", "networkId"] as const).filter((key) => args[key] !== undefined);
  const found = list("openstack:networking/network:Network").find((one) =>
    wanted.every((key) => (key === "name" ? one.properties["name"] : one.id) === args[key]),
  );
  if (found && wanted.length > 0) return { region, ...found.properties, id: found.id };
  if (args["external"] !== true) {
    throw new Error(`${NO_RESULTS} Beside its own, the simulated cloud has networks asked for with external: true.`);
  }
  const id = furnishedId("ffff", args["name"]);
  return { region, name: "external", adminStateUp: "true", shared: "false", subnets: [], ...args, id };
};

const getRole: Invoke = ({ name = "" }, { region }) => ({ id: furnishedId("eeee", name), name, region, domainId: "" });

/** A user or a group that somebody made before. */
const getSomebody: Invoke = ({ name = "", domainId = "default" }, { region }) => ({
  id: furnishedId("eeee", "somebody", name),
  name,
  region,
  domainId,
  description: "",
});

const getAuthScope: Invoke = (args, { region, project }) => ({
  id: String(args["name"]),
  name: String(args["name"]),
  region,
  userId: furnishedId("eeee", "user"),
  userName: "simulated",
  userDomainId: "default",
  userDomainName: "Default",
  domainId: "default",
  domainName: "Default",
  projectId: project,
  projectName: "simulated",
  projectDomainId: "default",
  projectDomainName: "Default",
  roles: [{ roleId: furnishedId("eeee", "member"), roleName: "member" }],
  serviceCatalogs: [],
});

/** The simulated OpenStack. */
export const cloud: Cloud = {
  package: "openstack",
  regional: true,
  defaultRegion: "RegionOne",
  account: "simulated",
  defaultProject: "51a00000000000000000000000000000",
  rows: { ...network, ...balancer, ...compute, ...identity, ...keys },
  invokes: {
    "openstack:images/getImage:getImage": getImage,
    "openstack:networking/getNetwork:getNetwork": getNetwork,
    "openstack:identity/getAuthScope:getAuthScope": getAuthScope,
    "openstack:identity/getGroup:getGroup": getSomebody,
    "openstack:identity/getUser:getUser": getSomebody,
    "openstack:identity/getRole:getRole": getRole,
  },
  shapes,
};
