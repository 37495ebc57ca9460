import { APT_CONF, aptSources, type Mirrors } from "./apt.ts";
import { BACKUP, RESTORE } from "./guest/backup.ts";
import { ADMINISTRATOR_SQL, BOOTSTRAP, DATABASE_SQL } from "./guest/bootstrap.ts";
import { MEMORY_SCRIPT } from "./guest/memory.ts";
import { hostRules, NO_CLUSTER, POSTGRESQL_CONF } from "./guest/settings.ts";
import { TLS } from "./guest/tls.ts";
import { UNITS } from "./guest/units.ts";
import { VERIFIER_FROM_KEY_MANAGER, VERIFIER_MADE_HERE } from "./guest/verifier.ts";
import { VOLUMES } from "./guest/volumes.ts";

/** What a server is made of: plain values, known before anything is made. A change makes a new server. */
export interface Boot {
  readonly database: string;
  readonly cidr: string;
  readonly retentionDays: number;
  readonly mirrors: Mirrors;
  readonly caCertificate: string | undefined;
  /** Identity endpoint. Without one the password is made in the server. */
  readonly identity: string | undefined;
}

/** What is known only when it has been made. */
export interface Made {
  readonly generation: string;
  /** The server's own address. */
  readonly address: string;
  readonly dataVolumeId: string;
  readonly backupVolumeId: string;
  readonly passwordRef: string;
  readonly credentialId: string;
  readonly credentialSecret: string;
}

const PACKAGES = [
  "ca-certificates",
  "e2fsprogs",
  "openssl",
  "postgresql-17",
  "postgresql-17-pgvector",
  "python3",
  "unattended-upgrades",
];

/**
 * User data of the server. YAML is a superset of JSON, and JSON cannot be indented wrongly.
 * Reference: cloud-init 25.1 (Debian 13), module reference.
 */
export const userData = (boot: Boot, made: Made): string =>
  `#cloud-config\n${JSON.stringify(cloudConfig(boot, made), null, 1)}\n`;

const cloudConfig = (boot: Boot, made: Made) => ({
  ssh_pwauth: false,
  ...(boot.caCertificate === undefined ? {} : { ca_certs: { trusted: [boot.caCertificate] } }),
  apt: {
    preserve_sources_list: false,
    sources_list: aptSources(boot.mirrors),
    conf: APT_CONF,
  },
  package_update: true,
  packages: PACKAGES,
  write_files: [...files(boot, made)],
  runcmd: [
    ["systemctl", "daemon-reload"],
    ["systemctl", "enable", "kasbah-volumes.service", "kasbah-bootstrap.service"],
    ["systemctl", "enable", "--now", "kasbah-backup.timer", "kasbah-tls.timer"],
    ["systemctl", "start", "kasbah-bootstrap.service"],
  ],
});

interface File {
  readonly path: string;
  readonly content: string;
  readonly permissions: string;
}

function* files(boot: Boot, made: Made): Generator<File> {
  yield* Object.entries(scripts(boot)).map(([name, content]) => file(`/usr/local/sbin/${name}`, content, "0755"));
  yield* Object.entries(UNITS).map(([name, content]) => file(`/etc/systemd/system/${name}`, content));
  yield file("/etc/postgresql-common/createcluster.d/kasbah.conf", NO_CLUSTER);
  yield file("/etc/kasbah/postgresql.conf", POSTGRESQL_CONF);
  yield file("/etc/kasbah/pg_hba.conf", hostRules(boot.cidr));
  yield file("/etc/kasbah/administrator.sql", ADMINISTRATOR_SQL);
  yield file("/etc/kasbah/database.sql", DATABASE_SQL);
  yield file("/etc/kasbah/server.env", environment(boot, made));
  if (boot.identity !== undefined) yield file("/etc/kasbah/bootstrap.json", credential(boot.identity, made), "0600");
}

const file = (path: string, content: string, permissions = "0644"): File => ({ path, content, permissions });

const scripts = (boot: Boot): Readonly<Record<string, string>> => ({
  "kasbah-volumes": VOLUMES,
  "kasbah-bootstrap": BOOTSTRAP,
  "kasbah-restore": RESTORE,
  "kasbah-backup": BACKUP,
  "kasbah-tls": TLS,
  "kasbah-memory": MEMORY_SCRIPT,
  "kasbah-verifier": boot.identity === undefined ? VERIFIER_MADE_HERE : VERIFIER_FROM_KEY_MANAGER,
});

const environment = (boot: Boot, made: Made): string => {
  const values = {
    GENERATION: made.generation,
    DATABASE: boot.database,
    RETENTION_DAYS: `${boot.retentionDays}`,
    ADDRESS: made.address,
    DATA_VOLUME: made.dataVolumeId,
    BACKUP_VOLUME: made.backupVolumeId,
    PASSWORD_REF: made.passwordRef,
  };
  return Object.entries(values)
    .map(([key, value]) => `${key}='${value.replaceAll("'", "'\\''")}'\n`)
    .join("");
};

const credential = (identity: string, made: Made): string =>
  `${JSON.stringify({
    identity,
    id: made.credentialId,
    secret: made.credentialSecret,
    payload: `${made.passwordRef}/payload`,
  })}\n`;
