import { slug } from "@kasbah/core";
import type { SecGroup } from "@pulumi/openstack/networking/secGroup.js";
import type { SecGroupRuleArgs } from "@pulumi/openstack/networking/secGroupRule.js";
import { isAddress } from "../site.ts";

export const POSTGRES_PORT = 5432;
export const POOLER_PORT = 6432;

/** Ports that members use among themselves, each with a certificate of the cluster. */
const AMONG_MEMBERS = {
  postgres: [POSTGRES_PORT, POSTGRES_PORT],
  patroni: [8008, 8008],
  etcd: [2379, 2380],
} as const;

type Rule = readonly [role: string, args: SecGroupRuleArgs];

/**
 * Clients of the network reach the database and its pooler, members each other, and nobody anything else. The group has
 * no rule of its own to the outside but to vaults that stand at an address; what goes by a name is reached through the
 * declared services.
 */
export const rulesOf = (firewall: SecGroup, cidr: string, vaultEndpoints: readonly string[]): readonly Rule[] => {
  const common = { securityGroupId: firewall.id, ethertype: "IPv4", protocol: "tcp" } as const;
  const rule = (role: string, args: Omit<SecGroupRuleArgs, keyof typeof common>): Rule => [
    role,
    { ...common, ...args },
  ];
  const members = { remoteGroupId: firewall.id } as const;
  return [
    rule("inside", { ...between([POSTGRES_PORT, POSTGRES_PORT]), direction: "ingress", remoteIpPrefix: cidr }),
    rule("pooler", { ...between([POOLER_PORT, POOLER_PORT]), direction: "ingress", remoteIpPrefix: cidr }),
    rule("from-patroni", { ...between(AMONG_MEMBERS.patroni), direction: "ingress", ...members }),
    rule("from-etcd", { ...between(AMONG_MEMBERS.etcd), direction: "ingress", ...members }),
    ...Object.entries(AMONG_MEMBERS).map(([name, ports]) =>
      rule(`to-${name}`, { ...between(ports), direction: "egress", ...members }),
    ),
    ...addressesOf(vaultEndpoints).map(([host, port]) =>
      rule(`to-${slug(host)}-${port}`, { ...between([port, port]), direction: "egress", remoteIpPrefix: `${host}/32` }),
    ),
  ];
};

const between = ([portRangeMin, portRangeMax]: readonly [number, number]) => ({ portRangeMin, portRangeMax });

const addressesOf = (endpoints: readonly string[]): readonly (readonly [host: string, port: number])[] => {
  const urls = [...new Set(endpoints.map((endpoint) => new URL(endpoint).host))].map(
    (host) => new URL(`https://${host}`),
  );
  return urls.flatMap(({ hostname, port }) => (isAddress(hostname) ? [[hostname, Number(port || 443)] as const] : []));
};
