import { gunzipSync } from "node:zlib";
import { output } from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { ObjectStorage } from "../../packages/openstack/src/index.ts";
import { place, SCOPE } from "./place.ts";
import { CAPABLE, clusterArgs, one, type Row, record, recordCluster, recordPostgres, userDataOf } from "./record.ts";

const MIRROR = "http://mirror.casa.internal/debian";
const SECURITY = "http://security.casa.internal/debian-security";
const PLACE = place({
  capabilities: { ...CAPABLE, s3: "https://s3.casa.internal:8080" },
  debianMirror: MIRROR,
  debianSecurityMirror: SECURITY,
  serviceCidrs: ["192.0.2.0/28"],
  dnsServers: ["192.0.2.3"],
  externalNetwork: "provider-net",
});
const VAULT = {
  bucket: output("vault"),
  endpoint: "https://s3.rabat.internal:8080",
  region: "Rabat",
  keysRef: output("https://10.0.0.5:9311/v1/secrets/vault-keys"),
  caCertificate: undefined,
};
const NETWORK = {
  cidr: "10.20.0.0/16",
  networkId: output("net-id"),
  subnetId: output("subnet-id"),
  servicesGroupId: output("services-id"),
};
const RECOVERY = { rpoMinutes: 30, rtoMinutes: 60 };

/** Every host that the place declares, and those that the cloud itself gave: the key manager, the servers' own addresses. */
const DECLARED = new Set([
  "mirror.casa.internal",
  "security.casa.internal",
  "s3.casa.internal",
  "s3.rabat.internal",
  "10.0.0.5", // the identity service and the key manager
]);
/** Addresses that lead nowhere outside: the machine itself, any address as a listener, and the own network. */
const INSIDE = /^(127\.|0\.0\.0\.0$|10\.20\.)/;

const SERVERS: readonly (readonly [what: string, made: () => Promise<readonly string[]>])[] = [
  ["a throwaway Postgres", async () => [userDataOf((await recordPostgres({ place: PLACE }))[1])]],
  [
    "a Postgres cluster",
    async () => allUserData((await recordCluster({ place: PLACE, vaults: clusterArgs.vaults ?? [] }))[1]),
  ],
  [
    "the server of the copies",
    async () => {
      const args = { scope: SCOPE, class: "restricted", datasets: ["contracts"], place: PLACE } as const;
      const joined = { vaults: [VAULT], network: NETWORK, recovery: RECOVERY };
      return allUserData((await record((opts) => new ObjectStorage("docs", { ...args, ...joined }, opts)))[1]);
    },
  ],
];

const allUserData = (rows: readonly Row[]): readonly string[] =>
  rows.filter(({ type }) => type.endsWith(":Instance")).map(({ name }) => userDataOf(rows, name));

interface File {
  readonly content: string;
  readonly encoding?: string;
}

/** The user data and, unpacked, everything that is packed in it. */
const textsOf = (userData: string): string => {
  const { write_files: files, ...rest } = JSON.parse(userData.replace(/^#cloud-config\n/, "")) as {
    write_files: readonly File[];
  };
  const contents = files.map(({ content, encoding }) =>
    encoding === "gz+b64" ? gunzipSync(Buffer.from(content, "base64")).toString("utf8") : content,
  );
  return [JSON.stringify(rest), ...contents].join("\n");
};

const hostsOf = (text: string): readonly string[] => [
  ...new Set(
    [...text.matchAll(/\b(?:https?|ftp|s3|ldaps?|git|ssh):\/\/([^/:"'\s\\{}$)]+)/g)].map(([, host = ""]) => host),
  ),
];
const addressesOf = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(/(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/g)].map(([address]) => address)),
];
/** Names in a domain that everybody can reach. Names of files and modules end otherwise. */
const namesOf = (text: string): readonly string[] => [
  ...new Set(
    [...text.matchAll(/\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|io|dev|cloud|ma|fr|eu)\b/g)].map(([name]) => name),
  ),
];

test.each(SERVERS)("%s: no host but the declared mirrors and endpoints", async (_what, made) => {
  const texts = await made();
  expect(texts.length).toBeGreaterThan(0);
  for (const text of texts.map(textsOf)) {
    expect(hostsOf(text).filter((host) => !DECLARED.has(host) && !INSIDE.test(host))).toEqual([]);
    expect(addressesOf(text).filter((address) => !DECLARED.has(address) && !INSIDE.test(address))).toEqual([]);
    expect(namesOf(text)).toEqual([]);
  }
});

test.each(SERVERS)(
  "%s: packages come of the declared mirrors, and nothing is fetched otherwise",
  async (_what, made) => {
    for (const text of (await made()).map(textsOf)) {
      const uris = [...text.matchAll(/URIs: ([^\s\\]+)/g)].map(([, uri]) => uri);
      expect([...new Set(uris)].sort()).toEqual([MIRROR, SECURITY]);
      expect(text).not.toMatch(/\b(pip3?|npm|gem|cargo|snap|flatpak|docker|podman|wget)\s+(install|pull|get|-)/);
    }
  },
);

test("what the test looks for, it finds", () => {
  const text = 'curl https://get.example.com/x; ping 9.9.9.9; "URIs: http://mirror.example.net/debian"';
  expect(hostsOf(text)).toEqual(["get.example.com", "mirror.example.net"]);
  expect(addressesOf(text)).toEqual(["9.9.9.9"]);
  expect(namesOf(text)).toEqual(["get.example.com", "mirror.example.net"]);
});

test("no rule of any layer lets in everybody, or says nothing of whom it lets in", async () => {
  const [, cluster] = await recordCluster({ place: PLACE });
  const [, single] = await recordPostgres({ place: PLACE });
  const rules = [...cluster, ...single].filter(({ type }) => type.endsWith(":SecGroupRule"));
  const ingress = rules.filter(({ inputs }) => inputs["direction"] === "ingress");
  expect(ingress.length).toBeGreaterThan(3);
  for (const { name, inputs } of ingress) {
    const { remoteIpPrefix, remoteGroupId } = inputs;
    expect([remoteIpPrefix === NETWORK.cidr, remoteGroupId !== undefined], name).toContain(true);
  }
  for (const { name, inputs } of rules) expect(`${inputs["remoteIpPrefix"]}`, name).not.toMatch(/\/0$/);
  expect(one(cluster, "chunks-firewall").inputs).toMatchObject({ deleteDefaultRules: true });
});
