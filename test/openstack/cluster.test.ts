import { describe, expect, test } from "vitest";
import { openstack } from "../../packages/openstack/src/index.ts";
import { place } from "./place.ts";
import {
  CAPABLE,
  CREDENTIAL_SECRET,
  clusterArgs,
  one,
  type Row,
  recordCluster,
  refOf,
  S3_SECRET,
  SIGNING_KEY,
  settled,
  VAULT,
} from "./record.ts";

const MEMBERS = [1, 2, 3] as const;

/** The same for every test that changes nothing. */
const [usual, usualRows] = await recordCluster();

test("the list of resources, each with its reason", () => {
  const rows = usualRows;
  const counted = new Map<string, number>();
  for (const { type } of rows) {
    const short = type.split(":").at(-1) ?? type;
    counted.set(short, (counted.get(short) ?? 0) + 1);
  }
  expect(Object.fromEntries([...counted].sort())).toEqual({
    ApplicationCredential: 4, // one for each server, one for the passwords that the settings name
    Container: 2, // settings, reports
    ContainerObject: 1, // the settings
    Ec2CredentialV3: 1, // of the machine user
    Instance: 3,
    OrderV1: 3, // authority, cipher, password
    Port: 3,
    RoleAssignment: 1,
    SecGroup: 1,
    SecGroupRule: 8, // two doors, two among members, three ways to members, one to the vault
    SecretV1: 2, // seal, the machine user's keys
    ServerGroup: 1,
    User: 1,
    Volume: 3,
    VolumeAttach: 3,
  });
});

test("clients reach two ports from their own network, members each other, and nothing else is open", () => {
  const rows = usualRows;
  const rules = rows.filter(({ type }) => type.endsWith(":SecGroupRule"));
  const said = rules.map(({ inputs }) => {
    const { direction, portRangeMin, portRangeMax, remoteIpPrefix, remoteGroupId } = inputs;
    return `${direction} ${portRangeMin}-${portRangeMax} ${remoteIpPrefix ?? remoteGroupId}`;
  });
  expect(said.sort()).toEqual([
    "egress 2379-2380 chunks-firewall-id",
    "egress 5432-5432 chunks-firewall-id",
    "egress 8008-8008 chunks-firewall-id",
    "egress 8080-8080 10.0.0.5/32",
    "ingress 2379-2380 chunks-firewall-id",
    "ingress 5432-5432 10.20.0.0/16",
    "ingress 6432-6432 10.20.0.0/16",
    "ingress 8008-8008 chunks-firewall-id",
  ]);
  expect(one(rows, "chunks-firewall").inputs).toMatchObject({ deleteDefaultRules: true });
});

test("each server on a host of its own, in the next zone, with its volume there", async () => {
  const [, rows] = await recordCluster({
    place: place({ capabilities: CAPABLE, availabilityZones: ["az1", "az2"], volumeType: "luks" }),
  });
  expect(one(rows, "chunks-apart").inputs["policies"]).toEqual(["anti-affinity"]);
  for (const number of MEMBERS) {
    const zone = number === 2 ? "az2" : "az1";
    const server = one(rows, `chunks-${number}-server`).inputs;
    expect(server).toMatchObject({ availabilityZone: zone, schedulerHints: [{ group: "chunks-apart-id" }] });
    expect(server).toMatchObject({ networks: [{ port: `chunks-${number}-port-id` }], configDrive: true });
    for (const key of ["securityGroups", "keyPair", "adminPass", "floatingIp"]) expect(server).not.toHaveProperty(key);
    const volume = one(rows, `chunks-${number}-data`);
    expect(volume.inputs).toMatchObject({ availabilityZone: zone, volumeType: "luks", size: 50 });
    expect(volume.options.protect).toBe(true);
    expect(one(rows, `chunks-${number}-data-attachment`).inputs).toEqual({
      instanceId: `chunks-${number}-server-id`,
      volumeId: `chunks-${number}-data-id`,
    });
  }
});

test("without named zones the cloud chooses", async () => {
  const [, rows] = await recordCluster({ place: place({ capabilities: CAPABLE }) });
  for (const number of MEMBERS) {
    expect(one(rows, `chunks-${number}-server`).inputs).not.toHaveProperty("availabilityZone");
  }
  expect(settingsOf(rows)["members"]).toContainEqual({ name: "shop-prod-chunks-2", address: "10.20.0.2", zone: "any" });
});

describe("servers are replaced one after another", () => {
  test("each waits for the one before and for the settings; no property names another server", () => {
    const rows = usualRows;
    for (const number of MEMBERS) {
      const name = `chunks-${number}-server`;
      const waits = names(one(rows, name).options.dependsOn);
      expect(waits).toEqual(number === 1 ? ["chunks-settings-object"] : ["chunks-settings-object", previous(number)]);
      const credential = rows.find((row) => row.name.startsWith(`chunks-${number}-bootstrap-`));
      expect(names(credential?.options.dependsOn)).toEqual(waits); // made when its turn comes: its hour begins then
      // The engine takes away together what names each other in its properties.
      const others = MEMBERS.filter((other) => other !== number).map((other) => `chunks-${other}-server-id`);
      for (const other of others) expect(JSON.stringify(one(rows, name).inputs)).not.toContain(other);
    }
  });

  const FORMS = [
    ["another image", { place: place({ ...clusterArgs.place.settings, image: "debian-13-march" }) }],
    ["another size", { size: "large" as const }],
    ["another mirror", { place: place({ ...clusterArgs.place.settings, debianMirror: "http://10.0.0.7/debian" }) }],
    ["another vault", { vaults: [VAULT, { ...VAULT, keysRef: refOf("second-vault-keys") }] }],
    ["another key", { scope: { ...clusterArgs.scope, signingKey: Buffer.alloc(32, 8).toString("base64") } }],
  ] as const;
  test.each(FORMS)("%s is another generation, in the user data and in the settings", async (_what, more) => {
    const [, is] = await recordCluster(more);
    const [old, now] = [usualRows, is].map((rows) => settingsOf(rows)["generation"]);
    expect(now).toMatch(/^[0-9a-f]{8}$/);
    expect(now).not.toBe(old);
    expect(bootstrapOf(is, 2)).toMatchObject({ generation: now });
  });

  const STAYS = [
    ["a parameter", { parameters: { work_mem: "64MB" } }],
    ["a rotated login", { rotation: 2 }],
    ["a group", { groups: ["legal"] }],
    ["a longer retention", { retentionDays: 35 }],
    ["a larger volume", { storageGiB: 500 }],
    ["what may be lost", { recovery: { rpoMinutes: 0, rtoMinutes: 60 } }],
    ["another hour", { now: new Date("2027-01-01T00:00:00Z") }],
  ] as const;
  test.each(STAYS)("%s is not: the settings carry it", async (_what, more) => {
    const [, is] = await recordCluster(more);
    for (const number of MEMBERS) {
      const name = `chunks-${number}-server`;
      expect(one(is, name).inputs).toEqual(one(usualRows, name).inputs);
    }
    expect(is.map(({ name }) => name).filter((name) => name.includes("bootstrap"))).toEqual(
      usualRows.map(({ name }) => name).filter((name) => name.includes("bootstrap")),
    );
  });
});

describe("what servers are told", () => {
  test("who they are, and where settings, reports and backups are", async () => {
    const [, rows] = await recordCluster({ recovery: { rpoMinutes: 0, rtoMinutes: 60 }, groups: ["legal"] });
    expect(settingsOf(rows)).toMatchObject({
      cluster: "shop-prod-chunks",
      members: MEMBERS.map((number) => ({
        name: `shop-prod-chunks-${number}`,
        address: `10.20.0.${number}`,
        zone: `az${number}`,
      })),
      cidr: "10.20.0.0/16",
      synchronous: "strict",
      login: { number: 1, passwordRef: refOf("chunks-password-1") },
      groups: [{ name: "legal", passwordRef: refOf("chunks-group-legal") }],
      backup: {
        vaults: [{ bucket: VAULT.bucket, endpoint: VAULT.endpoint, region: VAULT.region }],
        retentionDays: 30,
        logShippingSeconds: 30,
        differentialEveryHours: 6,
      },
      retrieval: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/), script: expect.stringContaining("'legal'") },
    });
    expect(settingsOf(usualRows)).not.toHaveProperty("retrieval"); // nobody to read for
    expect(bootstrapOf(rows, 3)).toMatchObject({
      identity: "https://10.0.0.5:5000/v3",
      refs: {
        authority: refOf("chunks-authority"),
        seal: refOf("chunks-seal"),
        settingsKeys: refOf("chunks-machine-keys-1"),
        cipher: refOf("chunks-cipher"),
        vaults: [VAULT.keysRef],
      },
      settings: { endpoint: CAPABLE.s3, region: "RegionOne", bucket: "shop-prod-chunks-settings" },
      reports: { bucket: "shop-prod-chunks-reports" },
      member: { name: "shop-prod-chunks-3", address: "10.20.0.3", dataVolume: "chunks-3-data-id" },
    });
  });

  test("a dataset that may lose minutes does not stop writing for want of a copy", async () => {
    const [, rows] = await recordCluster({ recovery: { rpoMinutes: 5, rtoMinutes: 60 } });
    expect(settingsOf(rows)).toMatchObject({ synchronous: "preferred" });
  });

  test("each credential reads exactly what its reader needs, for an hour", async () => {
    const [, rows] = await recordCluster({ rotation: 2, groups: ["legal"] });
    const credentials = rows.filter(({ type }) => type.endsWith(":ApplicationCredential"));
    const reads = Object.fromEntries(
      credentials.map(({ name, inputs }) => [name.replace(/-[0-9a-f]{8}$/, ""), pathsOf(inputs)]),
    );
    const boot = ["chunks-authority", "chunks-seal", "chunks-machine-keys-1", "chunks-cipher", "vault-keys"];
    expect(reads).toEqual({
      "chunks-1-bootstrap": boot,
      "chunks-2-bootstrap": boot,
      "chunks-3-bootstrap": boot,
      "chunks-passwords": ["chunks-password-2", "chunks-group-legal"],
    });
    for (const { inputs, options } of credentials) {
      expect(inputs).toMatchObject({ unrestricted: false, roles: ["member"], expiresAt: "2026-03-01T10:00:00Z" });
      expect(options.ignoreChanges).toEqual(["expiresAt", "description"]);
    }
  });

  test("the machine user reads the settings and writes reports", () => {
    const rows = usualRows;
    const machine = "project-id:chunks-machine-user-id";
    expect(one(rows, "chunks-settings").inputs).toMatchObject({ containerRead: machine, forceDestroy: true });
    expect(one(rows, "chunks-settings").inputs).not.toHaveProperty("containerWrite");
    expect(one(rows, "chunks-reports").inputs).toMatchObject({ containerRead: machine, containerWrite: machine });
  });
});

describe("passwords", () => {
  test("the login before keeps its password until the next rotation", async () => {
    const [cluster, rows] = await recordCluster({ rotation: 3 });
    const passwords = rows.map(({ name }) => name).filter((name) => name.startsWith("chunks-password-"));
    expect(passwords).toEqual(["chunks-password-2", "chunks-password-3"]);
    expect(await settled(cluster.user)).toBe("kasbah_3");
    expect(await settled(cluster.passwordRef)).toBe(refOf("chunks-password-3"));
  });

  test("what keeps data is protected; what is made anew without losing any is not", async () => {
    const [, rows] = await recordCluster({ groups: ["legal"] });
    const kept = rows.filter(({ options }) => options.protect === true).map(({ name }) => name);
    expect(kept.sort()).toEqual([
      "chunks-1-data",
      "chunks-2-data",
      "chunks-3-data",
      "chunks-authority",
      "chunks-cipher",
    ]);
  });

  test("nobody sees one: user data and payloads are secret, and nothing else has any", () => {
    const rows = usualRows;
    const seal = markedOf(one(rows, "chunks-seal").inputs["payload"]);
    for (const { name, type, inputs } of rows) {
      const { userData: _own, payload: _kept, ...others } = inputs;
      const text = JSON.stringify(others);
      const decoded = type.endsWith(":ContainerObject") ? payloadText(inputs) : "";
      for (const secret of [CREDENTIAL_SECRET, S3_SECRET, SIGNING_KEY, seal]) {
        expect(text, name).not.toContain(secret);
        expect(decoded, name).not.toContain(secret);
      }
    }
    for (const number of MEMBERS) markedOf(one(rows, `chunks-${number}-server`).inputs["userData"]);
  });
});

test("outputs: every member, or the load balancer's one address", async () => {
  expect(await settled(usual.host)).toBe("10.20.0.1,10.20.0.2,10.20.0.3");
  expect(await settled(usual.port)).toBe(5432);
  expect(await settled(usual.user)).toBe("kasbah_1");
  expect(await settled(usual.passwordRef)).toBe(refOf("chunks-password-1"));

  const [behind, rows] = await recordCluster({ place: place({ capabilities: { ...CAPABLE, loadBalancer: true } }) });
  expect(await settled(behind.host)).toBe("10.20.0.100");
  expect(await settled(behind.port)).toBe(6432);
  const members = rows.filter(({ type }) => type.endsWith("/member:Member")).map(({ inputs }) => inputs);
  expect(members.map(({ address, protocolPort }) => `${address}:${protocolPort}`)).toEqual([
    "10.20.0.1:6432",
    "10.20.0.2:6432",
    "10.20.0.3:6432",
  ]);
});

describe("refused in production", () => {
  test.each([
    [{ vaults: [] }, "vaults: expected at least one in production"],
    [{ scope: { ...clusterArgs.scope, signingKey: undefined } }, "scope.signingKey: expected the key that signs"],
    [{ place: place({}) }, "place.settings.capabilities.s3: expected the capability that"],
    [{ place: place({ capabilities: CAPABLE }, { keyManager: false }) }, "place.facts.keyManager: expected"],
  ])("%#: with the name of what is missing", async (more, line) => {
    await expect(recordCluster(more as Partial<typeof clusterArgs>)).rejects.toThrow(line);
  });

  test("a signing key is asked for before anything is made, in production only", () => {
    const layer = openstack.layers.postgres;
    expect(layer?.needsSigningKey?.(clusterArgs)).toBe(true);
    expect(layer?.needsSigningKey?.({ ...clusterArgs, scope: { ...clusterArgs.scope, preset: "throwaway" } })).toBe(
      false,
    );
  });
});

test("golden logical and physical names", async () => {
  const [, rows] = await recordCluster({ place: place({ capabilities: CAPABLE }), groups: ["legal"] });
  const plain = (text: unknown) => `${text ?? "-"}`.replace(/[0-9a-f]{8}$/, "<form>");
  const own = rows.filter(({ name }) => !/^chunks-[23]-/.test(name));
  expect(own.map(({ name, inputs }) => `${plain(name)} = ${plain(inputs["name"])}`).sort()).toEqual([
    "chunks-1-bootstrap-<form> = shop-prod-chunks-1-bootstrap-<form>",
    "chunks-1-data = shop-prod-chunks-1-data",
    "chunks-1-data-attachment = -",
    "chunks-1-port = shop-prod-chunks-1-port",
    "chunks-1-server = shop-prod-chunks-1",
    "chunks-apart = shop-prod-chunks-apart",
    "chunks-authority = -",
    "chunks-cipher = -",
    "chunks-firewall = shop-prod-chunks-firewall",
    "chunks-from-etcd = -",
    "chunks-from-patroni = -",
    "chunks-group-legal = -",
    "chunks-inside = -",
    "chunks-machine-key-1 = -",
    "chunks-machine-keys-1 = shop-prod-chunks-machine-keys-1",
    "chunks-machine-role = -",
    "chunks-machine-user = shop-prod-chunks-machine",
    "chunks-password-1 = -",
    "chunks-passwords-<form> = shop-prod-chunks-passwords-<form>",
    "chunks-pooler = -",
    "chunks-reports = shop-prod-chunks-reports",
    "chunks-seal = shop-prod-chunks-seal",
    "chunks-settings = shop-prod-chunks-settings",
    "chunks-settings-object = settings.json",
    "chunks-to-10-0-0-5-8080 = -",
    "chunks-to-etcd = -",
    "chunks-to-patroni = -",
    "chunks-to-postgres = -",
  ]);
});

const previous = (number: number): string => `chunks-${number - 1}-server`;

const names = (resources: unknown): string[] =>
  (Array.isArray(resources) ? resources : []).map((resource) => String(Reflect.get(resource, "__name")));

const pathsOf = (inputs: Row["inputs"]): string[] =>
  (inputs["accessRules"] as { readonly path: string; readonly method: string; readonly service: string }[]).map(
    ({ path, method, service }) => {
      expect([method, service]).toEqual(["GET", "key-manager"]);
      return /^\/v1\/secrets\/([^/]+)\/payload$/.exec(path)?.[1] ?? expect.fail(path);
    },
  );

/** The secret's value. Throws when it is not marked as one. */
function markedOf(value: unknown): string {
  const marked = Object(value);
  expect(marked["4dabf18193072939515e22adb298388d"]).toBe("1b47061264138c4ac30d75fd1eb44270");
  return String(marked.value);
}

function payloadText({ content }: Row["inputs"]): string {
  return Buffer.from(JSON.parse(String(content)).payload, "base64").toString("utf8");
}

function settingsOf(rows: readonly Row[]): Record<string, unknown> {
  return JSON.parse(payloadText(one(rows, "chunks-settings-object").inputs));
}

function bootstrapOf(rows: readonly Row[], number: number): Record<string, unknown> {
  const text = markedOf(one(rows, `chunks-${number}-server`).inputs["userData"]);
  const { write_files: files } = JSON.parse(text.slice("#cloud-config\n".length)) as {
    write_files: { path: string; content: string; permissions: string }[];
  };
  const file = files.find(({ path }) => path === "/etc/kasbah/bootstrap.json") ?? expect.fail("no bootstrap.json");
  expect(file.permissions).toBe("0600");
  return JSON.parse(file.content);
}
