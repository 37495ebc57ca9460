import { APT_CONF, aptSources, type Mirrors } from "../apt.ts";
import { COPY, KEYS, unitsOf } from "./guest.ts";

/** What is known of the server before anything is made. A change makes a new server. */
export interface CopyBoot {
  readonly identity: string;
  readonly mirrors: Mirrors;
  /** Certificate authorities (PEM) of the endpoints of all places that it works with. */
  readonly caCertificates: readonly string[];
  readonly everyMinutes: number;
  readonly source: { readonly endpoint: string; readonly region: string; readonly bucket: string };
  readonly vaults: readonly { readonly endpoint: string; readonly region: string }[];
  /** Container of the reports, beside the source. */
  readonly reports: string;
  /** Name of the server. */
  readonly server: string;
}

/** What is known only when it has been made. */
export interface CopyMade {
  readonly generation: string;
  readonly buckets: readonly string[];
  readonly refs: { readonly source: string; readonly vaults: readonly string[] };
  /** The only secret. */
  readonly credential: { readonly id: string; readonly secret: string };
}

/** User data of the server that makes copies. JSON is YAML. */
export const copyUserData = (boot: CopyBoot, made: CopyMade): string =>
  `#cloud-config\n${JSON.stringify(configOf(boot, made), null, 1)}\n`;

const configOf = (boot: CopyBoot, made: CopyMade) => ({
  ssh_pwauth: false,
  ...(boot.caCertificates.length === 0 ? {} : { ca_certs: { trusted: boot.caCertificates } }),
  apt: { preserve_sources_list: false, sources_list: aptSources(boot.mirrors), conf: APT_CONF },
  write_files: filesOf(boot, made),
  runcmd: [
    ["systemctl", "daemon-reload"],
    ["systemctl", "enable", "--now", "--no-block", ...ENABLED],
  ],
});

const ENABLED = ["kasbah-copies-packages.service", "kasbah-copies-keys.service", "kasbah-copies.timer"];

const filesOf = (boot: CopyBoot, { generation, buckets, refs, credential }: CopyMade) => {
  const { source, reports, server } = boot;
  const vaults = boot.vaults.map((vault, index) => ({
    ...vault,
    name: `vault-${index + 1}`,
    bucket: buckets[index] ?? "",
  }));
  const units = Object.entries(unitsOf(boot.everyMinutes));
  return [
    file("/usr/local/sbin/kasbah-copies-keys", KEYS, "0755"),
    file("/usr/local/sbin/kasbah-copies", COPY, "0755"),
    ...units.map(([name, content]) => file(`/etc/systemd/system/${name}`, content)),
    file("/etc/kasbah/copies.json", JSON.stringify({ server, generation, source, vaults, reports })),
    file("/etc/kasbah/bootstrap.json", JSON.stringify({ identity: boot.identity, credential, refs }), "0600"),
  ];
};

const file = (path: string, content: string, permissions = "0644") => ({ path, content, permissions });
