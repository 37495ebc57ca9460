// One real PostgreSQL 17 with pgvector and PgBouncer of Debian 13's packages, in a server of the lab.
import { randomBytes } from "node:crypto";
import { retrievalScript } from "@kasbah/core";
import { guestLog, guestReady } from "./support/guests.ts";
import { lab } from "./support/lab.ts";
import type { Project } from "./support/project.ts";
import { addressOf, createServer, serverIs } from "./support/servers.ts";

const SUBNET = "10.213.9.0/24";
export const DIMENSIONS = 64;
export const GROUPS = ["hr", "legal"] as const;

export interface RetrievalServer {
  readonly id: string;
  readonly host: string;
  /** Of every login by its name. */
  readonly passwords: Readonly<Record<string, string>>;
}

export const retrievalServer = async (project: Project): Promise<RetrievalServer> => {
  const logins = ["kasbah_1", "loader", ...GROUPS.map((group) => `kasbah_group_${group}`)];
  const passwords = Object.fromEntries(logins.map((login) => [login, randomBytes(16).toString("hex")]));
  const id = await createServer(project.session, {
    name: "retrieval",
    flavor: "m1.small",
    image: lab().image,
    networks: [{ uuid: await network(project) }],
    userData: userData(passwords),
  });
  const server = await serverIs(project.session, id, "ACTIVE", "ERROR");
  if ((await guestReady(id)) !== 0) throw new Error(await guestLog(id));
  return { id, host: addressOf(server), passwords };
};

/** Whoever is in the network reaches both ports; this machine is, at the gateway's address. */
const network = async ({ session }: Project): Promise<string> => {
  interface Made {
    readonly network: { readonly id: string };
    readonly security_groups: readonly { readonly id: string; readonly name: string }[];
  }
  const post = <T>(path: string, body: object) => session.call<T>("network", path, { method: "POST", body });
  const made = await post<Made>("/v2.0/networks", { network: { name: "retrieval" } });
  await post("/v2.0/subnets", { subnet: { network_id: made.network.id, ip_version: 4, cidr: SUBNET } });
  const { security_groups: groups } = await session.call<Made>("network", "/v2.0/security-groups?name=default");
  const rule = { security_group_id: groups[0]?.id, direction: "ingress", ethertype: "IPv4", protocol: "tcp" };
  for (const port of [5432, 6432]) {
    const ports = { port_range_min: port, port_range_max: port, remote_ip_prefix: SUBNET };
    await post("/v2.0/security-group-rules", { security_group_rule: { ...rule, ...ports } });
  }
  return made.network.id;
};

/** The owner is no superuser, and has a login that is a member of it: as on a cluster. */
const ROLES = (passwords: Readonly<Record<string, string>>): string => `
CREATE ROLE kasbah CREATEROLE;
CREATE ROLE kasbah_1 LOGIN PASSWORD '${passwords["kasbah_1"]}' IN ROLE kasbah;
CREATE DATABASE app OWNER kasbah;
\\connect app
CREATE EXTENSION vector;
SET ROLE kasbah;
${retrievalScript({ groups: GROUPS, dimensions: DIMENSIONS }).text}
CREATE ROLE loader LOGIN PASSWORD '${passwords["loader"]}' IN ROLE kasbah_ingest;
${GROUPS.map((group) => `ALTER ROLE kasbah_group_${group} PASSWORD '${passwords[`kasbah_group_${group}`]}';`).join("\n")}
`;

const START = `set -euo pipefail
cd /
pg_conftool 17 main set listen_addresses '*'
printf 'local app all scram-sha-256\\nhost app all ${SUBNET} scram-sha-256\\n' >/tmp/rules
cat /etc/postgresql/17/main/pg_hba.conf >>/tmp/rules
cat /tmp/rules >/etc/postgresql/17/main/pg_hba.conf
sed -i '1i local all postgres peer' /etc/postgresql/17/main/pg_hba.conf
systemctl restart postgresql@17-main
chown postgres /root/roles.sql
install -o postgres /root/roles.sql /tmp/roles.sql
runuser -u postgres -- psql -X -q -v ON_ERROR_STOP=1 -f /tmp/roles.sql >/dev/null
runuser -u postgres -- psql -XAtq -c "SELECT format('\\"%s\\" \\"%s\\"', rolname, rolpassword) FROM pg_authid WHERE rolpassword IS NOT NULL" >/etc/pgbouncer/userlist.txt
systemctl restart pgbouncer
`;

const POOLER = `[databases]
app = host=/var/run/postgresql port=5432 dbname=app
[pgbouncer]
listen_addr = *
listen_port = 6432
auth_type = scram-sha-256
auth_file = /etc/pgbouncer/userlist.txt
pool_mode = transaction
`;

const userData = (passwords: Readonly<Record<string, string>>): string => {
  const source = (uri: string, suites: string): string =>
    `Types: deb\nURIs: ${uri}\nSuites: ${suites}\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n`;
  const { mirror, securityMirror } = lab();
  const config = {
    apt: {
      preserve_sources_list: false,
      sources_list: `${source(mirror, "trixie trixie-updates")}\n${source(securityMirror, "trixie-security")}`,
    },
    packages: ["postgresql-17", "postgresql-17-pgvector", "pgbouncer"],
    write_files: [
      { path: "/root/roles.sql", content: ROLES(passwords), permissions: "0600" },
      { path: "/etc/pgbouncer/pgbouncer.ini", content: POOLER, permissions: "0644", defer: true },
    ],
    runcmd: [["bash", "-c", START]],
  };
  return `#cloud-config\n${JSON.stringify(config)}`;
};
