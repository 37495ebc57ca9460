import type { OpenStackClient } from "../client.ts";
import {
  type Asked,
  byName,
  judged,
  type Listed,
  named,
  natural,
  optionalText,
  projectOf,
  query,
  type Row,
  type Rows,
  text,
} from "./row.ts";

interface Port extends Listed {
  readonly device_owner: string;
  readonly fixed_ips: readonly { readonly subnet_id: string }[];
}

interface Rule extends Listed {
  readonly ethertype: string;
  readonly protocol: string | null;
  readonly port_range_min: number | null;
  readonly port_range_max: number | null;
  readonly remote_ip_prefix: string | null;
  readonly remote_group_id: string | null;
}

interface FloatingIp extends Listed {
  readonly port_id: string | null;
  readonly description?: string;
}

const list = <T extends Listed>(
  client: OpenStackClient,
  kind: string,
  by: Readonly<Record<string, string | undefined>>,
) => client.list<T>("network", `/${kind}${query(by)}`, kind.replaceAll("-", "_"));

/** By exact name within the project, and within what it belongs to. */
const byNameIn =
  (kind: string, within: Readonly<Record<string, string>> = {}): Row =>
  async (asked) => {
    const name = text(asked, "name");
    const parents = Object.entries(within).map(([field, key]) => [field, text(asked, key)] as const);
    const by = { name, project_id: await projectOf(asked), ...Object.fromEntries(parents) };
    return named(byName(await list(asked.client, kind, by), name));
  };

/** A router's interface has no name: it is the router's port on the subnet. */
const routerInterface: Row = async (asked) => {
  const subnet = optionalText(asked, "subnetId");
  const ports = await list<Port>(asked.client, "ports", { device_id: text(asked, "routerId") });
  const own = ports.filter(
    ({ device_owner }) => device_owner.startsWith("network:") && device_owner.includes("router_"),
  );
  const meant =
    subnet === undefined
      ? own.filter(({ id }) => id === text(asked, "portId"))
      : own.filter(({ fixed_ips }) => fixed_ips.some(({ subnet_id }) => subnet_id === subnet));
  return natural(...meant.map(({ id }) => id));
};

/** The provider makes a group first and takes its two default rules, which let everything out, away after it. */
const group: Row = async (asked) => {
  const found = await byNameIn("security-groups")(asked);
  if (String(asked.inputs["deleteDefaultRules"]) !== "true") return found;
  return Promise.all(
    found.map(async (one) => {
      const by = { security_group_id: one.id, direction: "egress" };
      const open = (await list<Rule>(asked.client, "security-group-rules", by)).some(isDefault);
      return judged(one, open ? "its default rules still let everything out" : undefined);
    }),
  );
};

const isDefault = (one: Rule): boolean =>
  fieldsOf(one)
    .slice(1)
    .every((field) => field === undefined);

/** A rule has no name, and a group has no two rules that say the same. */
const rule: Row = async (asked) => {
  const by = { security_group_id: text(asked, "securityGroupId"), direction: text(asked, "direction") };
  const wanted = [
    text(asked, "ethertype"),
    optionalText(asked, "protocol")?.toLowerCase(),
    optionalText(asked, "portRangeMin"),
    optionalText(asked, "portRangeMax"),
    optionalText(asked, "remoteIpPrefix"),
    optionalText(asked, "remoteGroupId"),
  ].map((part) => (part === "0" ? undefined : part));
  const rules = await list<Rule>(asked.client, "security-group-rules", by);
  const same = rules.filter((one) => fieldsOf(one).every((field, index) => field === wanted[index]));
  return natural(...same.map(({ id }) => id));
};

const fieldsOf = (one: Rule): readonly (string | undefined)[] =>
  [one.ethertype, one.protocol, one.port_range_min, one.port_range_max, one.remote_ip_prefix, one.remote_group_id].map(
    (value) => (value === null || value === undefined ? undefined : String(value)),
  );

/** A floating address has no name: its own address, its tags or its description tell it from others. */
const floatingIp: Row = async (asked) => {
  const { client, inputs } = asked;
  const project = await projectOf(asked);
  const address = optionalText(asked, "address");
  if (address !== undefined) {
    const found = await list<FloatingIp>(client, "floatingips", { floating_ip_address: address, project_id: project });
    return natural(...found.map(({ id }) => id));
  }
  const tags = Array.isArray(inputs["tags"]) ? inputs["tags"].map(String) : [];
  const description = optionalText(asked, "description");
  if (tags.length === 0 && description === undefined) {
    throw new Error(`${asked.type} is recognised by address, tags or description, and none was given`);
  }
  const by = { project_id: project, tags: tags.length > 0 ? tags.join(",") : undefined };
  const found = await list<FloatingIp>(client, "floatingips", by);
  return found
    .filter((one) => description === undefined || one.description === description)
    .map(({ id }) => ({ id, by: tags.length > 0 ? "tag" : "natural-key" }));
};

const floatingIpAssociate: Row = async (asked) => {
  const by = { floating_ip_address: text(asked, "floatingIp"), port_id: text(asked, "portId") };
  return natural(...(await list(asked.client, "floatingips", by)).map(({ id }) => id));
};

/** A quota is always there; its id is the project and the region. */
export const quota: Row = async (asked) => natural(`${text(asked, "projectId")}/${regionOf(asked)}`);

const regionOf = (asked: Asked): string => optionalText(asked, "region") ?? asked.client.region;

export const networkRows: Rows = {
  "openstack:networking/network:Network": byNameIn("networks"),
  "openstack:networking/subnet:Subnet": byNameIn("subnets", { network_id: "networkId" }),
  "openstack:networking/router:Router": byNameIn("routers"),
  "openstack:networking/routerInterface:RouterInterface": routerInterface,
  "openstack:networking/secGroup:SecGroup": group,
  "openstack:networking/secGroupRule:SecGroupRule": rule,
  "openstack:networking/port:Port": byNameIn("ports", { network_id: "networkId" }),
  "openstack:networking/floatingIp:FloatingIp": floatingIp,
  "openstack:networking/floatingIpAssociate:FloatingIpAssociate": floatingIpAssociate,
  "openstack:networking/quotaV2:QuotaV2": quota,
};
