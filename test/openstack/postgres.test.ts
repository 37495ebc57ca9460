import { expect, test } from "vitest";
import { openstack } from "../../packages/openstack/src/index.ts";
import { place, without } from "./place.ts";
import {
  CREDENTIAL_SECRET,
  clusterArgs,
  one,
  recordCluster,
  recordPostgres,
  SECRET_REF,
  settled,
  typesOf,
  userDataOf,
} from "./record.ts";

const NO_KEYS = place({}, { keyManager: false });

test("the list of resources, each with its reason", async () => {
  const [, rows] = await recordPostgres();
  expect(typesOf(rows)).toEqual([
    "ApplicationCredential", // reads the password, once
    "Instance",
    "OrderV1", // the password, made by the key manager
    "Port", // address and groups outlive the server
    "SecGroup",
    "SecGroupRule", // 5432 from the own network
    "Volume", // backups
    "Volume", // data
    "VolumeAttach",
    "VolumeAttach",
  ]);
});

test("one door, and no way out but the network's services", async () => {
  const [, rows] = await recordPostgres();
  expect(one(rows, "chunks-firewall").inputs).toMatchObject({ deleteDefaultRules: true });
  expect(one(rows, "chunks-inside").inputs).toMatchObject({
    direction: "ingress",
    protocol: "tcp",
    portRangeMin: 5432,
    portRangeMax: 5432,
    remoteIpPrefix: "10.20.0.0/16",
  });
  const port = one(rows, "chunks-port").inputs;
  expect(port).toMatchObject({ securityGroupIds: ["chunks-firewall-id", "services-id"], portSecurityEnabled: true });
  const server = one(rows, "chunks-server").inputs;
  for (const key of ["securityGroups", "keyPair", "adminPass", "floatingIp", "schedulerHints"]) {
    expect(server).not.toHaveProperty(key);
  }
  expect(server).toMatchObject({ networks: [{ port: "chunks-port-id" }], configDrive: true });
});

test("volumes grow while attached, and say who encrypts them", async () => {
  const [, rows] = await recordPostgres({
    storageGiB: 80,
    place: place({ volumeType: "luks", availabilityZones: ["az1"] }),
  });
  const data = one(rows, "chunks-data");
  expect(data.inputs).toMatchObject({
    size: 80,
    enableOnlineResize: true,
    volumeType: "luks",
    availabilityZone: "az1",
  });
  expect(data.inputs["metadata"]).toMatchObject({ "kasbah-encryption": "place", "kasbah-datasets": "contracts" });
  const backups = one(rows, "chunks-backups");
  expect(backups.inputs).toMatchObject({ size: 240, metadata: { "kasbah-retention-days": "7" } });
  expect([data.options.protect, backups.options.protect]).toEqual([undefined, undefined]); // throwaway
});

test("the password is made by the key manager; the credential may read it for an hour and do nothing else", async () => {
  const [postgres, rows] = await recordPostgres();
  expect(one(rows, "chunks-password").inputs).toEqual({
    type: "key",
    meta: {
      name: "shop-prod-chunks-password",
      algorithm: "aes",
      bitLength: 256,
      mode: "cbc",
      payloadContentType: "application/octet-stream",
    },
  });
  expect(await settled(postgres.passwordRef)).toBe(SECRET_REF);
  const credential = rows.find(({ type }) => type.endsWith(":ApplicationCredential"));
  expect(credential?.inputs).toMatchObject({
    roles: ["member"],
    unrestricted: false,
    expiresAt: "2026-03-01T10:00:00Z",
    accessRules: [{ service: "key-manager", method: "GET", path: `${new URL(SECRET_REF).pathname}/payload` }],
  });
  expect(credential?.options.ignoreChanges).toEqual(["expiresAt", "description"]);
});

test("user data is secret, and nothing else carries the credential's secret", async () => {
  const [postgres, rows] = await recordPostgres();
  expect(userDataOf(rows)).toContain(CREDENTIAL_SECRET);
  for (const { name, inputs } of rows) {
    const { userData: _own, ...others } = inputs;
    expect(JSON.stringify(others), name).not.toContain(CREDENTIAL_SECRET);
  }
  expect(await settled(postgres.host)).toBe("10.20.0.9");
  expect(await settled(postgres.port)).toBe(5432);
  expect(postgres.database).toBe("app");
});

test.each(["https://10.0.0.5:5000", "https://10.0.0.5:5000/", "https://10.0.0.5:5000/v3/"])(
  "the server asks the identity endpoint %s for version 3",
  async (authUrl) => {
    const [, rows] = await recordPostgres({ place: place({ authUrl }) });
    expect(userDataOf(rows)).toContain('\\"identity\\":\\"https://10.0.0.5:5000/v3\\"');
  },
);

test("attached in a fixed order", async () => {
  const [, rows] = await recordPostgres();
  expect(one(rows, "chunks-data-attachment").inputs).toMatchObject({ instanceId: "chunks-server-id" });
  expect(one(rows, "chunks-backups-attachment").options.dependsOn).toHaveLength(1);
});

test("without a key manager a throwaway server makes its password itself", async () => {
  const [postgres, rows] = await recordPostgres({ place: NO_KEYS });
  expect(typesOf(rows)).not.toContain("OrderV1");
  expect(typesOf(rows)).not.toContain("ApplicationCredential");
  expect(await settled(postgres.passwordRef)).toBe("file://10.20.0.9/var/lib/postgresql/kasbah/password");
  expect(userDataOf(rows)).toContain("kasbah-verifier");
  expect(userDataOf(rows)).not.toContain('"/etc/kasbah/bootstrap.json"');
});

test("everything that the place lacks is refused at once", async () => {
  const bare = { ...without("debianMirror", "authUrl"), facts: { keyManager: false } };
  const lines = [
    "place.facts.keyManager",
    "place.settings.capabilities.s3",
    "place.facts.encryptionAtRest",
    "place.settings.debianMirror",
  ];
  const told = openstack.layers.postgres?.problems?.({ ...clusterArgs, place: bare });
  expect([...(told ?? [])].map(({ path }) => path)).toEqual(lines);
  await expect(recordCluster({ place: bare, retentionDays: 1 })).rejects.toThrow(
    new RegExp(["retentionDays: expected at least 7", ...lines].join("[^\\n]*\\n")),
  );
});

test.each([
  [without("authUrl"), ["place.settings.authUrl: expected the identity endpoint"]],
  [
    place({ debianMirror: "https://mirror.local/debian" }),
    ["place.settings.serviceCidrs: expected the address ranges of mirror.local", "place.settings.dnsServers: expected"],
  ],
])("what the server could not reach is refused", async (bad, lines) => {
  for (const line of lines) await expect(recordPostgres({ place: bad })).rejects.toThrow(line);
});

test("golden logical and physical names", async () => {
  const [, rows] = await recordPostgres();
  const plain = (text: unknown) => `${text ?? "-"}`.replace(/[0-9a-f]{8}$/, "<generation>");
  expect(rows.map(({ name, inputs }) => `${plain(name)} = ${plain(inputs["name"])}`)).toEqual([
    "chunks-firewall = shop-prod-chunks-firewall",
    "chunks-inside = -",
    "chunks-port = shop-prod-chunks-port",
    "chunks-data = shop-prod-chunks-data",
    "chunks-backups = shop-prod-chunks-backups",
    "chunks-password = -",
    "chunks-bootstrap-<generation> = shop-prod-chunks-bootstrap-<generation>",
    "chunks-server = shop-prod-chunks-server",
    "chunks-data-attachment = -",
    "chunks-backups-attachment = -",
  ]);
});
