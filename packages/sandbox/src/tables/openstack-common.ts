import type { Properties } from "../values.ts";
import terraform from "./openstack.terraform.json" with { type: "json" };
import type { Reference, Row } from "./row.ts";

type Facts = Pick<Row, "source" | "asOf" | "seen" | "replaceOn" | "secrets" | "defaults">;

interface Resource {
  readonly replaceOn: readonly string[];
  readonly secrets: readonly string[];
  readonly defaults: Properties;
}

const READ = "2026-11-21";

/**
 * What the provider's own schema says of a type; `defaults` are those that the services set beside, `also` sources of
 * other facts of the row, each with what they are about.
 */
export function schema(type: string, defaults: Properties = {}, ...also: readonly string[]): Facts {
  const resources: Readonly<Record<string, Resource>> = terraform.resources;
  const found = resources[type];
  if (!found) throw new Error(`no facts of ${type}; run generate/openstack`);
  return {
    source: [terraform.source, ...also.map((one) => `${one} (read ${READ})`)].join("; "),
    asOf: READ,
    seen: "generated",
    replaceOn: found.replaceOn,
    secrets: found.secrets,
    defaults: { ...defaults, ...found.defaults },
  };
}

/** Ids of what the simulated cloud furnishes itself, as external networks. */
export const FURNISHED = /^51a0ffff-/;

const reference =
  (type: string, refusal: string, furnished?: RegExp) =>
  (path: string, onDelete: Reference["onDelete"]): Reference => ({
    path,
    to: [{ type, by: "id" }],
    refusal,
    onDelete,
    ...(furnished ? { furnished } : {}),
  });

/** References to the types that many others name. */
export const network = reference(
  "openstack:networking/network:Network",
  "404 NetworkNotFound: Network {value} could not be found.",
  FURNISHED,
);
export const subnet = reference(
  "openstack:networking/subnet:Subnet",
  "404 SubnetNotFound: Subnet {value} could not be found.",
);
export const router = reference(
  "openstack:networking/router:Router",
  "404 RouterNotFound: Router {value} could not be found",
);
export const port = reference("openstack:networking/port:Port", "404 PortNotFound: Port {value} could not be found.");
export const secGroup = reference(
  "openstack:networking/secGroup:SecGroup",
  "404 SecurityGroupNotFound: Security group {value} does not exist",
);
export const instance = reference(
  "openstack:compute/instance:Instance",
  "404 itemNotFound: Instance {value} could not be found.",
);
export const volume = reference(
  "openstack:blockstorage/volume:Volume",
  "404 itemNotFound: Volume {value} could not be found.",
);
export const serverGroup = reference(
  "openstack:compute/serverGroup:ServerGroup",
  "400 badRequest: ServerGroup policy is not supported: group {value} was not found",
);
