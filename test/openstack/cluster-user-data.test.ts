import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { MemberBoot, MemberMade } from "../../packages/openstack/src/cluster/boot.ts";
import { guestFiles } from "../../packages/openstack/src/cluster/guest/files.ts";
import { userData } from "../../packages/openstack/src/cluster/user-data.ts";

const BOOT: MemberBoot = {
  cluster: "shop-prod-vectors",
  identity: "https://identity.local:5000/v3",
  mirrors: { main: "http://mirror.local/debian", security: "http://mirror.local/debian-security" },
  caCertificate: `-----BEGIN CERTIFICATE-----\n${"A".repeat(1600)}\n-----END CERTIFICATE-----\n`,
  storage: { endpoint: "https://objects.local:8080", region: "RegionOne" },
  settings: "shop-prod-settings",
  reports: "shop-prod-reports",
};
const ref = (id: string): string => `https://keys.local:9311/v1/secrets/${id}`;
const MADE: MemberMade = {
  generation: "0123abcd",
  member: { name: "shop-prod-vectors-1", address: "10.20.0.11", dataVolume: "3f1c2a50-9f0e-4c5e-8f7e-2b6d1f0a9c01" },
  credential: { id: "credential-id", secret: "it's secret" },
  refs: { authority: ref("a"), seal: ref("b"), settingsKeys: ref("c"), cipher: ref("d"), vaults: [ref("e"), ref("f")] },
  publicKey: "-----BEGIN PUBLIC KEY-----\nMCow\n-----END PUBLIC KEY-----\n",
};

interface File {
  readonly path: string;
  readonly content: string;
  readonly permissions: string;
}
interface Config {
  readonly write_files: readonly (File & { readonly encoding?: string })[];
  readonly apt: { readonly sources_list: string };
  readonly runcmd: readonly (readonly string[])[];
}
const configOf = (boot = BOOT, made = MADE): Config => JSON.parse(userData(boot, made).replace(/^#cloud-config\n/, ""));

const contentOf = (path: string, config = configOf()): string => {
  const file = config.write_files.find((candidate) => candidate.path === path) ?? expect.fail(`no ${path}`);
  return file.encoding === "gz+b64" ? `${gunzipSync(Buffer.from(file.content, "base64"))}` : file.content;
};
const BUNDLE = "/usr/local/lib/kasbah/files.json";
const everything = (): string =>
  [
    JSON.stringify({ ...configOf(), write_files: [] }),
    ...configOf().write_files.map(({ path }) => contentOf(path)),
  ].join("\n");

test("a cloud-config that fits into what the compute service takes (65535 bytes in base64)", () => {
  const text = userData(BOOT, MADE);
  expect(text.startsWith("#cloud-config\n{")).toBe(true);
  expect(Buffer.byteLength(text)).toBeLessThan(45_000);
});

test("the bundle is the files, byte for byte, and unpacked before anything is started", () => {
  expect(JSON.parse(contentOf(BUNDLE))).toEqual(guestFiles());
  const [unpack, reload, enable] = configOf().runcmd;
  expect(unpack).toEqual(["python3", "-c", expect.stringContaining("json.load"), BUNDLE]);
  expect(reload).toEqual(["systemctl", "daemon-reload"]);
  expect(enable).toContain("kasbah-agent.service");
});

test("every program has a first line and may be run, nothing else may", () => {
  for (const { path, content, permissions } of guestFiles()) {
    const runs = path.startsWith("/usr/local/sbin/");
    expect([path, permissions]).toEqual([path, runs ? "0755" : "0644"]);
    if (runs) expect(content, path).toMatch(/^#!\/(usr\/bin\/python3|bin\/bash|bin\/sh)\n/);
  }
});

test("every file of the agent that one imports or runs is there", () => {
  const paths = new Set(guestFiles().map(({ path }) => path));
  const own = new Set([...paths].flatMap((path) => /kasbah\/(\w+)\.py$/.exec(path)?.[1] ?? []));
  const text = guestFiles()
    .map(({ content }) => content)
    .join("\n");
  for (const [, command] of text.matchAll(/\/usr\/local\/sbin\/(kasbah-\w+)/g))
    expect(paths).toContain(`/usr/local/sbin/${command}`);
  for (const [, unit] of text.matchAll(/\b(kasbah-\w+@?\.(?:service|path))\b/g))
    expect(paths).toContain(`/etc/systemd/system/${unit}`);
  for (const [, name] of text.matchAll(/^from (\w+) import/gm)) {
    if (!STANDARD.has(name ?? "")) expect([...own]).toContain(name);
  }
});
const STANDARD = new Set(["cryptography", "psycopg2"]);

test("no address but the declared mirror, identity, key manager, object storage and network", () => {
  const hosts = [...everything().matchAll(/https?:\/\/([^/:"\s\\{]+)/g)].map(([, host]) => host);
  expect([...new Set(hosts)].sort()).toEqual(["identity.local", "keys.local", "mirror.local", "objects.local"]);
  const addresses = [...everything().matchAll(/\b\d{1,3}(\.\d{1,3}){3}\b/g)].map(([address]) => address);
  expect([...new Set(addresses)]).toEqual(["10.20.0.11"]);
  expect(everything()).not.toMatch(/debian\.org|postgresql\.org|etcd\.io/);
});

test("packages come of the declared mirrors only", () => {
  const uris = [...configOf().apt.sources_list.matchAll(/^URIs: (.*)$/gm)].map(([, uri]) => uri);
  expect(uris).toEqual(["http://mirror.local/debian", "http://mirror.local/debian-security"]);
});

test("the credential lies in one file that root alone can read, and is deleted after use", () => {
  const holders = configOf().write_files.filter((file) => contentOf(file.path).includes(MADE.credential.secret));
  expect(holders.map(({ path, permissions }) => [path, permissions])).toEqual([["/etc/kasbah/bootstrap.json", "0600"]]);
  expect(JSON.parse(contentOf("/etc/kasbah/bootstrap.json"))).toMatchObject({
    credential: MADE.credential,
    refs: MADE.refs,
  });
  const agent = guestFiles().find(({ path }) => path.endsWith("/secret.py"))?.content;
  expect(agent).toContain("os.remove(BOOTSTRAP)");
});

test("what stays in the open names no secret and no reference", () => {
  const member = JSON.parse(contentOf("/etc/kasbah/member.json"));
  expect(Object.keys(member).sort()).toEqual(
    ["cluster", "generation", "identity", "member", "publicKey", "reports", "settings"].sort(),
  );
  expect(member.member).toEqual(MADE.member);
});

test("two members differ in their own two files only", () => {
  const other = { ...MADE, member: { ...MADE.member, name: "shop-prod-vectors-2", address: "10.20.0.12" } };
  const differing = configOf().write_files.filter(({ path, content }) => {
    return configOf(BOOT, other).write_files.find((file) => file.path === path)?.content !== content;
  });
  expect(differing.map(({ path }) => path)).toEqual(["/etc/kasbah/member.json", "/etc/kasbah/bootstrap.json"]);
});

test("the bundle has no date, so it is the same tomorrow", () => {
  const bundle = configOf().write_files.find(({ path }) => path === BUNDLE) ?? expect.fail("no bundle");
  const header = Buffer.from(bundle.content, "base64").subarray(0, 8);
  expect([...header.subarray(0, 3), ...header.subarray(4)]).toEqual([0x1f, 0x8b, 8, 0, 0, 0, 0]);
});
