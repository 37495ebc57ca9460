import { readFileSync } from "node:fs";

export interface GuestFile {
  readonly path: string;
  readonly content: string;
  readonly permissions: string;
}

const PARTS = [
  "agent.py",
  "authority.py",
  "base.sql",
  "common.py",
  "consensus.py",
  "database.py",
  "login.py",
  "order.py",
  "pooler.py",
  "rest.py",
  "rolling.py",
  "secret.py",
  "shape.py",
  "storage.py",
  "vault.py",
] as const;

const COMMANDS = [
  "kasbah-agent.py",
  "kasbah-backup.sh",
  "kasbah-database.sh",
  "kasbah-packages.sh",
  "kasbah-pooler.sh",
  "kasbah-role.sh",
  "kasbah-volumes.sh",
] as const;

const UNITS = [
  "kasbah-agent.service",
  "kasbah-backup@.service",
  "kasbah-packages.service",
  "kasbah-pooler.path",
  "kasbah-pooler.service",
  "kasbah-volumes.service",
] as const;

/** Beside the packages' own units and settings, never in their place: a package may be upgraded. */
const BESIDE = {
  "etcd.conf": "/etc/systemd/system/etcd.service.d/kasbah.conf",
  "patroni.conf": "/etc/systemd/system/patroni.service.d/kasbah.conf",
  "pgbouncer.conf": "/etc/systemd/system/pgbouncer.service.d/kasbah.conf",
  "createcluster.conf": "/etc/postgresql-common/createcluster.d/kasbah.conf",
} as const;

/** Every file of the agent, as it lies in a server: the same bytes in each member of each cluster. */
export const guestFiles = (): readonly GuestFile[] => [
  ...PARTS.map((name) => file(name, `/usr/local/lib/kasbah/${name}`)),
  ...COMMANDS.map((name) => file(name, `/usr/local/sbin/${name.replace(/\.\w+$/, "")}`, "0755")),
  ...UNITS.map((name) => file(name, `/etc/systemd/system/${name}`)),
  ...Object.entries(BESIDE).map(([name, path]) => file(name, path)),
];

export const aptConf = (): string => text("apt.conf");

const file = (name: string, path: string, permissions = "0644"): GuestFile => ({
  path,
  content: text(name),
  permissions,
});

const text = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8");
