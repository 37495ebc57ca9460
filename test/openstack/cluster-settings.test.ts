import { createDecipheriv, createPublicKey, verify } from "node:crypto";
import { describe, expect, test } from "vitest";
import { paeOf } from "../../packages/core/src/index.ts";
import { keysOf } from "../../packages/openstack/src/cluster/keys.ts";
import { type ClusterSettings, SETTINGS_TYPE, signedSettings } from "../../packages/openstack/src/cluster/settings.ts";

const SEED = Buffer.alloc(32, 7).toString("base64");
const CLUSTER = "shop-prod-chunks";
const CREDENTIAL = { id: "credential-id", secret: "credential-secret-that-nobody-may-see" };
const SETTINGS: ClusterSettings = {
  cluster: CLUSTER,
  generation: "0123abcd",
  members: [{ name: `${CLUSTER}-1`, address: "10.20.0.11", zone: "az1" }],
  cidr: "10.20.0.0/16",
  database: "app",
  synchronous: "strict",
  parameters: { max_connections: "200" },
  login: { number: 2, passwordRef: "https://keys.local/v1/secrets/2" },
  groups: [{ name: "legal", passwordRef: "https://keys.local/v1/secrets/3" }],
  backup: { vaults: [], retentionDays: 30, logShippingSeconds: 30, fullEveryDays: 7, differentialEveryHours: 24 },
  pooler: { maxClients: 500, poolSize: 20 },
};

const keys = keysOf(SEED, CLUSTER);
const signed = (more: Partial<ClusterSettings> = {}, credential = CREDENTIAL) =>
  signedSettings({ ...SETTINGS, ...more }, credential, keys);
const payloadOf = ({ envelope }: ReturnType<typeof signed>) =>
  JSON.parse(Buffer.from(envelope.payload, "base64").toString("utf8"));

/** As a server opens it, with what it has from the key manager. */
const opened = (sealed: string, seal: string, cluster: string): unknown => {
  const bytes = Buffer.from(sealed, "base64");
  const decipher = createDecipheriv("aes-256-gcm", Buffer.from(seal, "base64"), bytes.subarray(0, 12));
  decipher.setAAD(Buffer.from(cluster)).setAuthTag(bytes.subarray(-16));
  return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString("utf8"));
};

describe("the settings of a cluster", () => {
  test("are signed by the user's key, over their type and every byte", () => {
    const { payload, payloadType, signatures } = signed().envelope;
    expect(payloadType).toBe(SETTINGS_TYPE);
    const bytes = Buffer.from(payload, "base64");
    const signature = Buffer.from(signatures[0]?.sig ?? "", "base64");
    const key = createPublicKey(keys.publicKey);
    expect(verify(null, paeOf(SETTINGS_TYPE, bytes), key, signature)).toBe(true);
    bytes[20] = (bytes[20] ?? 0) ^ 1;
    expect(verify(null, paeOf(SETTINGS_TYPE, bytes), key, signature)).toBe(false);
    expect(verify(null, paeOf("application/json", Buffer.from(payload, "base64")), key, signature)).toBe(false);
  });

  test("another cluster's key, or another's of the same cluster, has not signed them", () => {
    const { payload, signatures } = signed().envelope;
    const other = createPublicKey(keysOf(Buffer.alloc(32, 8).toString("base64"), CLUSTER).publicKey);
    const pae = paeOf(SETTINGS_TYPE, Buffer.from(payload, "base64"));
    expect(verify(null, pae, other, Buffer.from(signatures[0]?.sig ?? "", "base64"))).toBe(false);
  });

  test("the same settings are the same bytes; any other setting has another version", () => {
    expect(signed()).toEqual(signed());
    const versions = [
      signed(),
      signed({ parameters: { max_connections: "201" } }),
      signed({ generation: "ffffffff" }),
      signed({ synchronous: "preferred" }),
      signed({}, { ...CREDENTIAL, secret: "another" }),
    ].map(({ version }) => version);
    expect(new Set(versions).size).toBe(versions.length);
    for (const version of versions) expect(version).toMatch(/^[0-9a-f]{8}$/);
    expect(payloadOf(signed())).toMatchObject({ ...SETTINGS, format: 1, version: versions[0] });
  });

  test("the credential is sealed: only the cluster's own seal opens it, and only under the cluster's name", () => {
    const { envelope } = signed();
    const text = Buffer.from(envelope.payload, "base64").toString("utf8");
    expect(text).not.toContain(CREDENTIAL.secret);
    expect(text).not.toContain(Buffer.from(CREDENTIAL.secret).toString("base64").slice(0, 20));
    const { sealed } = payloadOf(signed());
    expect(opened(sealed, keys.seal, CLUSTER)).toEqual({ credential: CREDENTIAL });
    expect(() => opened(sealed, keys.seal, "shop-prod-other")).toThrow();
    expect(() => opened(sealed, keysOf(SEED, "shop-prod-other").seal, CLUSTER)).toThrow();
  });

  test("two texts never share a nonce", () => {
    const nonces = ["a", "b", "c"].map((secret) => payloadOf(signed({}, { id: "id", secret })).sealed.slice(0, 16));
    expect(new Set(nonces).size).toBe(3);
  });
});

test("nothing of the signing key is in what is public", () => {
  expect(keys.publicKey).toMatch(/^-----BEGIN PUBLIC KEY-----\n/);
  expect(keys.publicKey).not.toContain(SEED.slice(0, 20));
  expect(Buffer.from(keys.seal, "base64")).toHaveLength(32);
  expect(keys.seal).not.toBe(SEED);
});

test.each(["", "c2hvcnQ=", "not base64 at all"])("a key that is none is said so: %j", (key) => {
  expect(() => keysOf(key, CLUSTER)).toThrow("kasbah:signingKey: expected base64 of 32 bytes");
});
