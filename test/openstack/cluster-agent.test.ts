import { spawnSync } from "node:child_process";
import { createCipheriv, createHash, createHmac, generateKeyPairSync, sign } from "node:crypto";
import path from "node:path";
import { envelopeOf } from "@kasbah/core";
import { describe, expect, test } from "vitest";

/** The system's own: where it has the library that the agent signs with, the parts that need it are tried as well. */
const PYTHON = "/usr/bin/python3";
const GUEST = path.resolve(import.meta.dirname, "../../packages/openstack/src/cluster/guest");

const python = (script: string, input: unknown): unknown => {
  const program = `import json, sys\nsys.path.insert(0, ${JSON.stringify(GUEST)})\nsys.dont_write_bytecode = True\ngiven = json.load(sys.stdin)\n${script}`;
  const { status, stdout, stderr } = spawnSync(PYTHON, ["-c", program], {
    input: JSON.stringify(input),
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
};
const works = (script: string): boolean => spawnSync(PYTHON, ["-c", script], { stdio: "ignore" }).status === 0;

const has = works("import sys; assert sys.version_info >= (3, 11)") ? describe : describe.skip;
const cryptography = works("import cryptography, sys; assert sys.version_info >= (3, 11)");
const signs = cryptography ? describe : describe.skip;

interface Seen {
  readonly role?: string;
  readonly state?: string;
  readonly generation?: string;
}

has("who leads while servers are replaced", () => {
  const script = `
import rolling
class View: pass
view = View()
view.members = {name: {"name": name, "role": m["role"], "state": m["state"], "tags": {"generation": m["generation"]}} for name, m in given["members"].items()}
view.standbys = lambda: [m for m in view.members.values() if m["role"] != "leader"]
settings = {"generation": "new", "members": [{"name": name} for name in ["a", "b", "c"]]}
print(json.dumps(rolling.successor(view, settings)))`;
  const successor = (members: Readonly<Record<string, Seen>>): unknown => {
    const full = Object.entries(members).map(([name, seen]) => [
      name,
      { role: "replica", state: "streaming", generation: "old", ...seen },
    ]);
    return python(script, { members: Object.fromEntries(full) });
  };
  const leads = { role: "leader", state: "running" };

  test.each([
    ["the first leads: the last takes over, so that it need not happen twice", { a: leads, b: {}, c: {} }, "c"],
    ["the last is not there: the one before it", { a: leads, b: {}, c: { state: "stopped" } }, "b"],
    ["the last leads and nobody is new yet: it goes on", { a: {}, b: {}, c: leads }, null],
    ["somebody is new: that one", { a: { generation: "new" }, b: {}, c: leads }, "a"],
    [
      "the new one is not ready: a later one, else nobody",
      { a: { generation: "new", state: "starting" }, b: leads, c: {} },
      "c",
    ],
    ["the leader is new: nobody", { a: { ...leads, generation: "new" }, b: {}, c: {} }, null],
    ["nobody leads: nobody", { a: {}, b: {}, c: {} }, null],
  ])("%s", (_, members, expected) => {
    expect(successor(members)).toBe(expected);
  });
});

has("which backup is due", () => {
  const due = (backups: readonly (readonly [number, string])[], now: number): unknown =>
    python(
      `import vault\nprint(json.dumps(vault.due([tuple(b) for b in given["backups"]], {"fullEveryDays": 7, "differentialEveryHours": 24}, given["now"])))`,
      { backups, now },
    );
  const HOUR = 3600;
  test.each([
    [[], 0, "full"],
    [[[0, "full"]], 23 * HOUR, null],
    [[[0, "full"]], 24 * HOUR, "diff"],
    [
      [
        [0, "full"],
        [24 * HOUR, "diff"],
      ],
      47 * HOUR,
      null,
    ],
    [
      [
        [0, "full"],
        [24 * HOUR, "diff"],
      ],
      7 * 24 * HOUR,
      "full",
    ],
    [[[24 * HOUR, "diff"]], 25 * HOUR, "full"],
  ] as const)("%j at %d: %s", (backups, now, expected) => {
    expect(due(backups, now)).toBe(expected);
  });
});

has("what Patroni and PostgreSQL are told", () => {
  const settings = {
    cluster: "shop",
    database: "app",
    cidr: "10.20.0.0/16",
    synchronous: "strict",
    members: [
      { name: "shop-1", address: "10.20.0.11" },
      { name: "shop-2", address: "10.20.0.12" },
    ],
    parameters: { shared_buffers: "1GB", work_mem: "8MB", archive_mode: "off", ssl: "off" },
  };
  const told = python(
    `import shape
shape.volume_share = lambda percent: "1MB"
member = {"generation": "0a", "member": given["members"][0]}
print(json.dumps({"own": shape.own(member, given, "shop"), "shared": shape.shared(given, "shop", True)}))`,
    settings,
  ) as { own: { postgresql: Record<string, unknown> }; shared: Record<string, unknown> };

  test("in over the network: TLS, a password, the one database; members by certificate; never the superuser", () => {
    expect(told.own.postgresql["pg_hba"]).toEqual([
      "local all postgres,kasbah_pooler peer map=local",
      "local replication kasbah_replication peer map=local",
      "local app all scram-sha-256",
      "hostssl replication kasbah_replication 10.20.0.11/32 cert map=members",
      "hostssl replication kasbah_replication 10.20.0.12/32 cert map=members",
      "hostssl postgres kasbah_rewind 10.20.0.11/32 cert map=members",
      "hostssl postgres kasbah_rewind 10.20.0.12/32 cert map=members",
      "host all postgres,kasbah_replication,kasbah_rewind,kasbah_pooler all reject",
      "hostssl app all 10.20.0.0/16 scram-sha-256",
      "host all all all reject",
    ]);
  });

  test("declared settings win over the agent's own, but not over what closes the cluster or keeps its backups", () => {
    const own = told.own.postgresql["parameters"];
    expect(own).toMatchObject({ ssl: "on", unix_socket_directories: "/var/run/postgresql" });
    expect(own).not.toHaveProperty("shared_buffers");
    const { parameters } = told.shared["postgresql"] as { parameters: Record<string, string> };
    expect(parameters).toMatchObject({ shared_buffers: "1GB", work_mem: "8MB", archive_mode: "on" });
    expect(parameters["default_transaction_read_only"]).toBe("on");
  });

  test("takeover by Patroni's own rule: loop_wait + 2 * retry_timeout <= ttl", () => {
    const { ttl, loop_wait, retry_timeout } = told.shared as { ttl: number; loop_wait: number; retry_timeout: number };
    expect(loop_wait + 2 * retry_timeout).toBeLessThanOrEqual(ttl);
    expect(told.shared).toMatchObject({ synchronous_mode: true, synchronous_mode_strict: true, failsafe_mode: true });
  });
});

// AWS, Signature Version 4 for S3, "Authenticating Requests", with the key of its examples.
has("requests to the object storage", () => {
  test("are signed as version 4 says", () => {
    const script = `
import datetime, storage
class Then(datetime.datetime):
    @classmethod
    def now(cls, zone): return cls(2013, 5, 24, tzinfo=zone)
storage.datetime.datetime = Then
bucket = storage.Bucket("https://objects.local:8080", "us-east-1", "reports", given)
print(json.dumps(bucket.signed("PUT", "objects.local:8080", "/reports/a.json", b"{}")["Authorization"]))`;
    const keys = { access: "AKIAIOSFODNN7EXAMPLE", secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" };
    const digest = (text: string): string => createHash("sha256").update(text).digest("hex");
    const request = `PUT\n/reports/a.json\n\nhost:objects.local:8080\nx-amz-content-sha256:${digest("{}")}\nx-amz-date:20130524T000000Z\n\nhost;x-amz-content-sha256;x-amz-date\n${digest("{}")}`;
    const scope = ["20130524", "us-east-1", "s3", "aws4_request"];
    const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();
    const key = scope.reduce<Buffer>(hmac, Buffer.from(`AWS4${keys.secret}`));
    const text = `AWS4-HMAC-SHA256\n20130524T000000Z\n${scope.join("/")}\n${digest(request)}`;
    expect(python(script, keys)).toBe(
      `AWS4-HMAC-SHA256 Credential=${keys.access}/${scope.join("/")}, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=${hmac(key, text).toString("hex")}`,
    );
  });
});

signs(`settings${cryptography ? "" : ": skipped, this python3 has no cryptography"}`, () => {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const member = { publicKey: publicKey.export({ type: "spki", format: "pem" }), cluster: "shop" };
  const TYPE = "application/vnd.kasbah.settings+json";
  const signed = (payload: object, type = TYPE, key = privateKey): string =>
    JSON.stringify(envelopeOf(type, JSON.stringify(payload), (bytes) => sign(null, bytes, key), "0"));
  const good = { format: 1, cluster: "shop", version: "12345678" };
  const script = `
import order
from common import Trouble
try:
    print(json.dumps(order.verified(given["envelope"], given["member"])))
except Trouble as trouble:
    print(json.dumps(str(trouble)))`;
  const verified = (envelope: string): unknown => python(script, { envelope, member });

  test("signed by the cluster's key are taken", () => expect(verified(signed(good))).toEqual(good));

  const other = generateKeyPairSync("ed25519").privateKey;
  const changed = (): string => {
    const envelope = JSON.parse(signed(good));
    return JSON.stringify({
      ...envelope,
      payload: Buffer.from(JSON.stringify({ ...good, cidr: "0.0.0.0/0" })).toString("base64"),
    });
  };
  test.each([
    ["another key", signed(good, TYPE, other), "not signed with this cluster's key"],
    ["changed afterwards", changed(), "not signed with this cluster's key"],
    ["another type", signed(good, "application/json"), "not of format 1 for shop"],
    ["another cluster", signed({ ...good, cluster: "shop2" }), "not of format 1 for shop"],
    ["another format", signed({ ...good, format: 2 }), "not of format 1 for shop"],
    [
      "no signature",
      JSON.stringify({ ...JSON.parse(signed(good)), signatures: [] }),
      "not signed with this cluster's key",
    ],
    ["no envelope", "{}", "no DSSE envelope"],
    ["no JSON", "<html>", "no DSSE envelope"],
  ])("refused: %s", (_, envelope, why) => {
    expect(verified(envelope)).toEqual(expect.stringContaining(why));
  });

  test("what is sealed opens with the cluster's key and name only", () => {
    const key = Buffer.alloc(32, 7);
    const cipher = createCipheriv("aes-256-gcm", key, Buffer.alloc(12, 1)).setAAD(Buffer.from("shop"));
    const body = Buffer.concat([cipher.update('{"credential":{"id":"x"}}'), cipher.final()]);
    const sealed = Buffer.concat([Buffer.alloc(12, 1), body, cipher.getAuthTag()]).toString("base64");
    const open = (cluster: string, seal: Buffer): unknown =>
      python(
        `import order
from common import Trouble
try:
    print(json.dumps(order.unsealed(given, bytes.fromhex(given["seal"]))))
except Trouble as trouble:
    print(json.dumps(str(trouble)))`,
        { cluster, sealed, seal: seal.toString("hex") },
      );
    expect(open("shop", key)).toEqual({ credential: { id: "x" } });
    expect(open("shop2", key)).toEqual(expect.stringContaining("not sealed with this cluster's key"));
    expect(open("shop", Buffer.alloc(32, 8))).toEqual(expect.stringContaining("not sealed with this cluster's key"));
  });
});
