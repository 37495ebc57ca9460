import type { Finding, KnownResource } from "@kasbah/core";
import { broken, type Checked, gone, ofType, read, replaceIt } from "./finding.ts";

interface Volume {
  readonly status: string;
}

/** Volumes in an error. What is in one is not touched: its operator can often bring it back. */
export const volumeFindings = async (checked: Checked): Promise<readonly Finding[]> => {
  const found = ofType(checked, "openstack:blockstorage/volume:Volume").map(async (resource) => {
    const volume = await read<Volume>(checked.client, "block-storage", `/volumes/${resource.id}`, "volume");
    if (volume === undefined) return [gone(resource)];
    if (!volume.status.startsWith("error")) return [];
    const mend = "Ask the operator of the cloud: what is in it may be whole.";
    return [broken(resource, { path: "status", wanted: "available or in-use", found: volume.status, mend })];
  });
  return (await Promise.all(found)).flat();
};

interface Order {
  readonly status: string;
  readonly error_status_code?: string;
  readonly error_reason?: string;
}

/** Keys that the key manager was asked for and did not make. */
export const orderFindings = async (checked: Checked): Promise<readonly Finding[]> => {
  const found = ofType(checked, "openstack:keymanager/orderV1:OrderV1").map((resource) =>
    orderFinding(checked, resource),
  );
  return (await Promise.all(found)).flat();
};

const orderFinding = async ({ client }: Checked, resource: KnownResource): Promise<readonly Finding[]> => {
  const answer = await client.request("key-manager", `/orders/${resource.id}`, { accept: [404] });
  if (answer.status === 404) return [gone(resource)];
  const { status, error_status_code: code = "", error_reason: reason = "" } = answer.json<Order>();
  if (status !== "ERROR") return [];
  const told = `ERROR: ${[code, reason].filter((part) => part !== "").join(" ")}`;
  return [broken(resource, { path: "status", wanted: "ACTIVE", found: told, mend: replaceIt(resource) })];
};

/** Networks, routers, floating addresses that neutron itself calls broken. */
export const networkFindings = async (checked: Checked): Promise<readonly Finding[]> => {
  const found = Object.entries(NETWORK).flatMap(([type, [path, key]]) =>
    ofType(checked, type).map(async (resource) => {
      const one = await read<{ status?: string }>(checked.client, "network", `/${path}/${resource.id}`, key);
      if (one === undefined) return [gone(resource)];
      if (one.status !== "ERROR") return [];
      return [broken(resource, { path: "status", wanted: "ACTIVE", found: "ERROR", mend: replaceIt(resource) })];
    }),
  );
  return (await Promise.all(found)).flat();
};

const NETWORK: Readonly<Record<string, readonly [path: string, key: string]>> = {
  "openstack:networking/network:Network": ["networks", "network"],
  "openstack:networking/router:Router": ["routers", "router"],
  "openstack:networking/port:Port": ["ports", "port"],
  "openstack:networking/floatingIp:FloatingIp": ["floatingips", "floatingip"],
};
