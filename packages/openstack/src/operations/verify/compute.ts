import type { Finding, KnownResource } from "@kasbah/core";
import { broken, type Checked, gone, impaired, noted, ofType, read, replaceIt } from "./finding.ts";
import { faultOf, type Server } from "./server.ts";

/** Servers in ERROR with nova's own reason, servers that do not run, volumes that are not where they should be. */
export const computeFindings = async (checked: Checked): Promise<readonly Finding[]> => {
  const servers = ofType(checked, "openstack:compute/instance:Instance").map(async (resource) => {
    const server = await read<Server>(checked.client, "compute", `/servers/${resource.id}`, "server");
    return serverFinding(resource, server);
  });
  const attached = ofType(checked, "openstack:compute/volumeAttach:VolumeAttach").map((resource) =>
    attachmentFinding(checked, resource),
  );
  return (await Promise.all([...servers, ...attached])).flatMap((found) => found ?? []);
};

const serverFinding = (resource: KnownResource, server: Server | undefined): Finding | undefined => {
  if (server === undefined) return gone(resource);
  const { status } = server;
  const wanted = resource.inputs["powerState"] === "shutoff" ? "SHUTOFF" : "ACTIVE";
  const fault = faultOf(server);
  const told = { path: "status", wanted };
  if (fault !== undefined) return broken(resource, { ...told, found: fault, mend: replaceIt(resource) });
  if (status === wanted) return undefined;
  const task = server["OS-EXT-STS:task_state"];
  const found = task ? `${status} (${task})` : status;
  if (status === "BUILD" || task) return noted(resource, { ...told, found, mend: "Look again in a minute." });
  return impaired(resource, { ...told, found, mend: `Start it: openstack server start ${server.id}` });
};

const attachmentFinding = async ({ client }: Checked, resource: KnownResource): Promise<Finding | undefined> => {
  const [server = "", volume = ""] = resource.id.split("/");
  const path = `/servers/${server}/os-volume_attachments/${volume}`;
  const found = await read<object>(client, "compute", path, "volumeAttachment");
  if (found !== undefined) return undefined;
  return broken(resource, {
    path: "id",
    wanted: `volume ${volume} at server ${server}`,
    found: "it is not attached",
    mend: "Bring state and cloud together with `pulumi refresh`, then `kasbah up`.",
  });
};
