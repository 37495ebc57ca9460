import { bootstrapOf, type MemberBoot, type MemberMade } from "./boot.ts";
import { aptConf, type GuestFile, guestFiles } from "./guest/files.ts";
import { gzip } from "./gzip.ts";

/**
 * User data of a member. YAML is a superset of JSON, and JSON cannot be indented wrongly.
 * Reference: cloud-init 25.1 (Debian 13), module reference.
 */
export const userData = (boot: MemberBoot, made: MemberMade): string =>
  `#cloud-config\n${JSON.stringify(cloudConfig(boot, made), null, 1)}\n`;

const BUNDLE = "/usr/local/lib/kasbah/files.json";

const cloudConfig = (boot: MemberBoot, made: MemberMade) => ({
  ssh_pwauth: false,
  ...(boot.caCertificate === undefined ? {} : { ca_certs: { trusted: [boot.caCertificate] } }),
  apt: { preserve_sources_list: false, sources_list: aptSources(boot.mirrors), conf: aptConf() },
  write_files: [bundle(), ...ownFiles(boot, made)],
  runcmd: [
    ["python3", "-c", UNPACK, BUNDLE],
    ["systemctl", "daemon-reload"],
    ["systemctl", "enable", "--now", "--no-block", ...ENABLED],
  ],
});

/** All files in one, since they have words in common: the compute service takes 65535 letters of base64 and no more. */
const bundle = () => {
  packed ??= gzip(Buffer.from(JSON.stringify(guestFiles()))).toString("base64");
  return { path: BUNDLE, encoding: "gz+b64", content: packed };
};

let packed: string | undefined;

const UNPACK = `import json, os, sys
for file in json.load(open(sys.argv[1])):
    os.makedirs(os.path.dirname(file["path"]), exist_ok=True)
    with open(file["path"], "w") as out:
        out.write(file["content"])
    os.chmod(file["path"], int(file["permissions"], 8))
`;

const ENABLED = ["kasbah-packages.service", "kasbah-volumes.service", "kasbah-agent.service", "kasbah-pooler.path"];

/** What stays, and apart from it what is deleted as soon as it has served. */
const ownFiles = (boot: MemberBoot, made: MemberMade): readonly GuestFile[] => {
  const all = bootstrapOf(boot, made);
  const { credential: _credential, refs: _refs, ...rest } = all;
  return [
    { path: "/etc/kasbah/member.json", content: `${JSON.stringify(rest)}\n`, permissions: "0644" },
    { path: "/etc/kasbah/bootstrap.json", content: `${JSON.stringify(all)}\n`, permissions: "0600" },
  ];
};

/** The declared mirrors and no other. */
const aptSources = ({ main, security }: MemberBoot["mirrors"]): string =>
  [source(main, "trixie trixie-updates"), source(security, "trixie-security")].join("\n");

const source = (uri: string, suites: string): string => `Types: deb
URIs: ${uri}
Suites: ${suites}
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
`;
