import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { type Boot, type Made, userData } from "../../packages/openstack/src/cloud-init.ts";
import { MEMORY } from "../../packages/openstack/src/guest/memory.ts";

const BOOT: Boot = {
  database: "app",
  cidr: "10.20.0.0/16",
  retentionDays: 30,
  mirrors: { main: "http://mirror.local/debian", security: "http://mirror.local/debian-security" },
  caCertificate: undefined,
  identity: "https://identity.local:5000/v3",
};
const MADE: Made = {
  generation: "0123abcd",
  address: "10.20.0.9",
  dataVolumeId: "3f1c2a50-9f0e-4c5e-8f7e-2b6d1f0a9c01",
  backupVolumeId: "7be0c4d2-1a34-4b0f-9d58-6a2f7c3e8d02",
  passwordRef: "https://keys.local:9311/v1/secrets/0b6c",
  credentialId: "id",
  credentialSecret: "it's secret",
};

interface File {
  readonly path: string;
  readonly content: string;
  readonly permissions: string;
}
interface Config {
  readonly write_files: readonly File[];
  readonly apt: { readonly sources_list: string };
  readonly packages: readonly string[];
}
const configOf = (boot: Boot): Config => JSON.parse(userData(boot, MADE).replace(/^#cloud-config\n/, ""));
const content = (path: string, boot: Boot = BOOT): string =>
  configOf(boot).write_files.find((file) => file.path === path)?.content ?? expect.fail(`no ${path}`);

const VARIANTS = [BOOT, { ...BOOT, identity: undefined }] as const;

test("a cloud-config that fits into what the compute service takes (65535 bytes in base64)", () => {
  const text = userData(BOOT, MADE);
  expect(text.startsWith("#cloud-config\n{")).toBe(true);
  expect(Buffer.byteLength(text) * (4 / 3)).toBeLessThan(40_000);
});

test("no address but the declared mirror, identity, key manager and network", () => {
  const text = userData(BOOT, MADE);
  const hosts = [...text.matchAll(/https?:\/\/([^/:"\s\\]+)/g)].map(([, host]) => host);
  expect([...new Set(hosts)].sort()).toEqual(["identity.local", "keys.local", "mirror.local"]);
  const addresses = [...text.matchAll(/\b\d{1,3}(\.\d{1,3}){3}\b/g)].map(([address]) => address);
  expect([...new Set(addresses)].sort()).toEqual(["10.20.0.0", "10.20.0.9"]);
  expect(text).not.toMatch(/debian\.org|postgresql\.org|\b[a-z0-9-]+\.(com|org|net|io)\b/);
});

test("packages come of the declared mirrors only", () => {
  const uris = [...configOf(BOOT).apt.sources_list.matchAll(/^URIs: (.*)$/gm)].map(([, uri]) => uri);
  expect(uris).toEqual(["http://mirror.local/debian", "http://mirror.local/debian-security"]);
  expect(configOf(BOOT).packages).toEqual(expect.arrayContaining(["postgresql-17", "postgresql-17-pgvector"]));
});

test.each(VARIANTS)("every script is what its first line says", (boot) => {
  const scripts = configOf(boot).write_files.filter(({ path }) => path.startsWith("/usr/local/sbin/"));
  expect(scripts).toHaveLength(7);
  for (const { path, content: script, permissions } of scripts) {
    expect(permissions).toBe("0755");
    if (script.startsWith("#!/usr/bin/python3\n")) continue;
    expect(script, path).toMatch(/^#!\/bin\/bash\nset -euo pipefail\n/);
    const { status, stderr } = spawnSync("bash", ["-n"], { input: script, encoding: "utf8" });
    expect([status, stderr], path).toEqual([0, ""]);
  }
});

const python = spawnSync("python3", ["--version"]).status === 0;

test.skipIf(!python).each(VARIANTS)("the verifier is Python that compiles", (boot) => {
  const check = "import ast, sys; ast.parse(sys.stdin.read())";
  const input = content("/usr/local/sbin/kasbah-verifier", boot);
  expect(spawnSync("python3", ["-c", check], { input, encoding: "utf8" }).stderr).toBe("");
});

test("the credential lies in one file that root alone can read, and is deleted after use", () => {
  const holders = configOf(BOOT).write_files.filter((file) => file.content.includes(MADE.credentialSecret));
  expect(holders.map(({ path, permissions }) => [path, permissions])).toEqual([["/etc/kasbah/bootstrap.json", "0600"]]);
  expect(JSON.parse(holders[0]?.content ?? "")).toMatchObject({ payload: `${MADE.passwordRef}/payload` });
  expect(content("/usr/local/sbin/kasbah-bootstrap")).toMatch(/rm -f \/etc\/kasbah\/bootstrap\.json\n$/);
  expect(userData({ ...BOOT, identity: undefined }, MADE)).not.toContain(MADE.credentialSecret);
});

test("in over the network: TLS, a password, and never the superuser", () => {
  expect(content("/etc/kasbah/pg_hba.conf").trim().split("\n")).toEqual([
    "local all,replication postgres peer",
    "hostssl all postgres all reject",
    "hostssl all all 10.20.0.0/16 scram-sha-256",
    "host all all all reject",
  ]);
  const settings = content("/etc/kasbah/postgresql.conf");
  for (const line of ["ssl = on", "password_encryption = 'scram-sha-256'", "ssl_min_protocol_version = 'TLSv1.2'"]) {
    expect(settings).toContain(line);
  }
});

test("the password reaches PostgreSQL as a verifier through standard input", () => {
  const script = content("/usr/local/sbin/kasbah-bootstrap");
  expect(script).toContain("} | sql\n");
  expect(script).not.toMatch(/--(set|variable|command)=[^\n]*verifier/);
});

test("data survives: blank volumes only are formatted, backups go last, a lost volume is restored", () => {
  expect(content("/usr/local/sbin/kasbah-volumes")).toContain('if is_blank "$device"; then mkfs.ext4');
  const backup = content("/usr/local/sbin/kasbah-backup");
  expect(backup.indexOf("RETENTION_DAYS")).toBeGreaterThan(backup.indexOf('mv -- "$partial"'));
  expect(content("/etc/kasbah/server.env")).toContain("RETENTION_DAYS='30'");
  const order = ["kasbah-volumes", "kasbah-restore", "pg_createcluster", "--data-checksums"];
  const bootstrap = content("/usr/local/sbin/kasbah-bootstrap");
  expect(order.map((word) => bootstrap.indexOf(word))).toEqual(
    order.map((word) => bootstrap.indexOf(word)).toSorted((a, b) => a - b),
  );
});

test("data that is there is never initialised over, nor mistaken for an empty cluster", () => {
  const bootstrap = content("/usr/local/sbin/kasbah-bootstrap");
  expect(bootstrap).toContain('if [ -e "$data/PG_VERSION" ]; then place=/run/kasbah-empty; fi');
  expect(bootstrap).toContain('pg_createcluster --datadir="$place" 17 main');
  expect(bootstrap.indexOf('set data_directory "$data"')).toBeLessThan(bootstrap.indexOf("systemctl start"));
  expect(content("/usr/local/sbin/kasbah-restore")).toContain('if [ -e "$data/PG_VERSION" ]; then exit 0; fi');
});

test("every share of memory has its source", () => {
  for (const { setting, percent, source } of MEMORY) {
    expect(source, setting).toMatch(/./);
    expect(content("/usr/local/sbin/kasbah-memory")).toContain(`share ${setting} ${percent} `);
  }
});

test("values are quoted for the shell", () => {
  const odd = { ...MADE, passwordRef: "a'b $(c)" };
  const env = JSON.parse(userData(BOOT, odd).slice("#cloud-config\n".length)) as Config;
  const file = env.write_files.find(({ path }) => path === "/etc/kasbah/server.env");
  const { stdout } = spawnSync("bash", ["-c", `${file?.content}\nprintf %s "$PASSWORD_REF"`], { encoding: "utf8" });
  expect(stdout).toBe("a'b $(c)");
});
