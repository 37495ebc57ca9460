import { createHash } from "node:crypto";
import type { FoundResource } from "@kasbah/core";
import { faultOf, type Server } from "../verify/server.ts";
import { quota } from "./network.ts";
import {
  type Asked,
  byName,
  judged,
  type Listed,
  named,
  natural,
  optionalText,
  query,
  type Row,
  type Rows,
  settled,
  text,
} from "./row.ts";

/** Nova finds names by a regular expression. */
const exactly = (name: string): string => `^${name.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}$`;

const instance: Row = async (asked) => {
  const name = text(asked, "name");
  const path = `/servers/detail${query({ name: exactly(name) })}`;
  const ask = async () => byName(await asked.client.list<Server & Listed>("compute", path, "servers"), name);
  const servers = await settled(ask, ({ status }) => status === "BUILD");
  return servers.map((server) => ({ ...judged({ id: server.id, by: "name" }, faultOf(server)), ...keptOf(asked) }));
};

/** The provider keeps the hash of the user data: with the text itself in the state, it would make the server anew. */
const keptOf = ({ inputs }: Asked): Pick<FoundResource, "outputs"> => {
  const { userData } = inputs;
  if (typeof userData !== "string") return {};
  return { outputs: { userData: createHash("sha1").update(userData).digest("hex") } };
};

const volumeAttach: Row = async (asked) => {
  const server = text(asked, "instanceId");
  const path = `/servers/${server}/os-volume_attachments`;
  const answer = await asked.client.request("compute", path, { accept: [404] });
  if (answer.status === 404) return [];
  const { volumeAttachments } = answer.json<{
    volumeAttachments: readonly (Listed & { readonly volumeId: string })[];
  }>();
  const volume = text(asked, "volumeId");
  return natural(...volumeAttachments.filter(({ volumeId }) => volumeId === volume).map(({ id }) => `${server}/${id}`));
};

const serverGroup: Row = async (asked) => {
  const name = text(asked, "name");
  return named(byName(await asked.client.list<Listed>("compute", "/os-server-groups", "server_groups"), name));
};

/** A private key is told once, when the cloud makes it. */
const keypair: Row = async (asked) => {
  const name = text(asked, "name");
  const { status } = await asked.client.request("compute", `/os-keypairs/${encodeURIComponent(name)}`, {
    accept: [404],
  });
  if (status === 404) return [];
  const lost = optionalText(asked, "publicKey") === undefined;
  return [judged({ id: name, by: "name" }, lost ? "its private key was told once, and is lost" : undefined)];
};

const flavor: Row = async (asked) =>
  named(
    byName(
      await asked.client.list<Listed>("compute", "/flavors/detail?is_public=None", "flavors"),
      text(asked, "name"),
    ),
  );

const flavorAccess: Row = async (asked) => {
  const id = text(asked, "flavorId");
  const answer = await asked.client.request("compute", `/flavors/${id}/os-flavor-access`, { accept: [404] });
  if (answer.status === 404) return [];
  const { flavor_access } = answer.json<{ flavor_access: readonly { readonly tenant_id: string }[] }>();
  const project = text(asked, "tenantId");
  return flavor_access.some(({ tenant_id }) => tenant_id === project) ? natural(`${id}/${project}`) : [];
};

export const computeRows: Rows = {
  "openstack:compute/instance:Instance": instance,
  "openstack:compute/volumeAttach:VolumeAttach": volumeAttach,
  "openstack:compute/serverGroup:ServerGroup": serverGroup,
  "openstack:compute/keypair:Keypair": keypair,
  "openstack:compute/flavor:Flavor": flavor,
  "openstack:compute/flavorAccess:FlavorAccess": flavorAccess,
  "openstack:compute/quotaSetV2:QuotaSetV2": quota,
};
