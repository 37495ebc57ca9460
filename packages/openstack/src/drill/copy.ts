import { createPrivateKey, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { keyIdOf, type OpenstackSettings } from "@kasbah/core";
import { type BootRefs, type MemberBoot, SETTINGS_OBJECT } from "../cluster/boot.ts";
import { type ClusterSettings, type Credential, signedSettings } from "../cluster/settings.ts";
import type { OpenStackClient } from "../operations/client.ts";
import { objectPath } from "../operations/lookup/storage.ts";
import { identityUrl, mirrorsOf } from "../site.ts";
import { copyName, OBJECTS } from "./names.ts";
import type { Original } from "./original.ts";
import { drillUserData } from "./user-data.ts";
import { until } from "./wait.ts";

export interface CopyArgs {
  readonly original: Original;
  /** Eight hex. */
  readonly id: string;
  readonly site: OpenstackSettings;
  readonly targetTime: Date | undefined;
  readonly now: Date;
  readonly signal: AbortSignal;
}

/** A server, its address, volume, container, secrets and credential: all of it goes by name, see sweep.ts. */
export class Copy {
  readonly name: string;
  readonly #client: OpenStackClient;
  readonly #args: CopyArgs;
  readonly #keys = generateKeyPairSync("ed25519");

  constructor(client: OpenStackClient, args: CopyArgs) {
    this.name = copyName(args.original.settings.cluster, args.id);
    this.#client = client;
    this.#args = args;
  }

  /** Says that this drill still runs: until then nobody clears up after it. */
  async alive(): Promise<void> {
    const path = objectPath(this.name, OBJECTS.alive);
    await this.#client.request("object-store", path, { method: "PUT", body: Buffer.from(this.#args.id) });
  }

  /** Text of an object that the copy wrote, when it is there. */
  async said(object: string): Promise<string | undefined> {
    const answer = await this.#client.request("object-store", objectPath(this.name, object), { accept: [404] });
    return answer.status === 404 ? undefined : answer.body.toString("utf8");
  }

  /** What the copy's agent cannot do, in its own words. */
  async trouble(): Promise<string | undefined> {
    const report = await this.said(`${this.name}-1.json`);
    const error: unknown = report === undefined ? undefined : Object(JSON.parse(report)).error;
    return typeof error === "string" ? error : undefined;
  }

  async container(): Promise<void> {
    const path = objectPath(this.#args.original.container);
    const { headers } = await this.#client.request("object-store", path, { method: "HEAD" });
    const machine = String(headers["x-container-read"] ?? "");
    const access = machine === "" ? {} : { "x-container-read": machine, "x-container-write": machine };
    await this.#client.request("object-store", objectPath(this.name), { method: "PUT", headers: access });
    await this.alive();
  }

  /** Makes it, and returns when its server runs. */
  async start(): Promise<void> {
    const { original, signal } = this.#args;
    const seal = randomBytes(32).toString("base64");
    const [port, volume, authority, sealRef] = await Promise.all([
      this.#port(),
      this.#volume(),
      this.#secret("authority", randomBytes(32), "application/octet-stream"),
      this.#secret("seal", Buffer.from(seal), "text/plain"),
    ]);
    const { settingsKeys, cipher, vault } = original.refs;
    const refs = { authority, seal: sealRef, settingsKeys, cipher, vaults: [vault] };
    const credential = await this.#credential([authority, sealRef, settingsKeys, cipher, vault]);
    await this.#settings(port.address, credential, seal);
    const server = await this.#server(port, volume, credential, refs);
    await until(() => this.#running(server), { signal });
    await until(() => this.#isIn("block-storage", `/volumes/${volume}`, "volume", "available"), { signal });
    const body = { volumeAttachment: { volumeId: volume } };
    await this.#client.request("compute", `/servers/${server}/os-volume_attachments`, { method: "POST", body });
  }

  async #port(): Promise<{ readonly id: string; readonly address: string }> {
    const { networkId, subnetId, securityGroupIds } = this.#args.original.seat;
    const port = {
      name: `${this.name}-1`,
      network_id: networkId,
      fixed_ips: [{ subnet_id: subnetId }],
      security_groups: securityGroupIds,
    };
    interface Port {
      readonly id: string;
      readonly fixed_ips: readonly { readonly ip_address: string }[];
    }
    const made = await this.#post<{ port: Port }>("network", "/ports", { port });
    return { id: made.port.id, address: made.port.fixed_ips[0]?.ip_address ?? "" };
  }

  async #volume(): Promise<string> {
    const { volume: wanted, server } = this.#args.original;
    const { size, type, zone } = wanted;
    const volume = {
      name: `${this.name}-1`,
      size,
      metadata: server.metadata,
      ...(type === undefined ? {} : { volume_type: type }),
      ...(zone === undefined ? {} : { availability_zone: zone }),
    };
    return (await this.#post<{ volume: { id: string } }>("block-storage", "/volumes", { volume })).volume.id;
  }

  async #secret(role: string, payload: Buffer, type: string): Promise<string> {
    const binary = type !== "text/plain";
    const body = {
      name: `${this.name}-${role}`,
      secret_type: "opaque",
      payload: payload.toString(binary ? "base64" : "utf8"),
      payload_content_type: type,
      ...(binary ? { payload_content_encoding: "base64" } : {}),
    };
    return (await this.#post<{ secret_ref: string }>("key-manager", "/secrets", body)).secret_ref;
  }

  /** An hour, and the payloads of these secrets: as that of a member. */
  async #credential(refs: readonly string[]): Promise<Credential> {
    const { userId, roles } = await this.#client.session();
    const { operatorRole } = this.#args.site;
    const role = roles.includes(operatorRole) ? [operatorRole] : roles;
    const wanted = {
      name: this.name,
      roles: role.map((name) => ({ name })),
      unrestricted: false,
      expires_at: new Date(this.#args.now.getTime() + 3_600_000).toISOString().replace(/\.\d+Z$/, "Z"),
      access_rules: refs.map((ref) => ({
        service: "key-manager",
        method: "GET",
        path: `${new URL(ref).pathname}/payload`,
      })),
    };
    const path = `/users/${userId}/application_credentials`;
    const made = await this.#post<{ application_credential: Credential }>("identity", path, {
      application_credential: wanted,
    });
    return made.application_credential;
  }

  async #settings(address: string, credential: Credential, seal: string): Promise<void> {
    const { original, targetTime } = this.#args;
    const { cluster, backup } = original.settings;
    const settings: ClusterSettings & { readonly restore: object } = {
      ...original.settings,
      cluster: this.name,
      generation: GENERATION,
      members: [{ name: `${this.name}-1`, address, zone: original.server.zone ?? "any" }],
      synchronous: "preferred",
      groups: [],
      backup: { ...backup, vaults: backup.vaults.slice(0, 1) },
      restore: { cluster, targetTime: targetTime?.toISOString().replace("T", " ").replace("Z", "+00") ?? null },
    };
    const { retrieval: _schema, ...rest } = settings; // it came back with the data
    const key = createPrivateKey(this.#keys.privateKey.export({ format: "pem", type: "pkcs8" }));
    const keys = { sign: (bytes: Uint8Array) => sign(null, bytes, key), keyId: this.#keyId(), publicKey: "", seal };
    const { envelope } = signedSettings(rest, credential, keys);
    const path = objectPath(this.name, SETTINGS_OBJECT);
    const body = Buffer.from(JSON.stringify(envelope));
    await this.#client.request("object-store", path, { method: "PUT", body });
  }

  #keyId(): string {
    return keyIdOf(this.#keys.publicKey.export({ format: "der", type: "spki" }));
  }

  async #server(
    port: { readonly id: string; readonly address: string },
    volume: string,
    credential: Credential,
    refs: BootRefs,
  ): Promise<string> {
    const { server } = this.#args.original;
    const data = drillUserData(this.#boot(), {
      generation: GENERATION,
      member: { name: `${this.name}-1`, address: port.address, dataVolume: volume },
      credential,
      refs,
      publicKey: this.#keys.publicKey.export({ format: "pem", type: "spki" }).toString(),
    });
    const wanted = {
      name: `${this.name}-1`,
      flavorRef: server.flavorId,
      imageRef: server.imageId,
      networks: [{ port: port.id }],
      config_drive: true,
      user_data: Buffer.from(data).toString("base64"),
      metadata: { ...server.metadata, "kasbah-drill": this.#args.id },
      ...(server.zone === undefined ? {} : { availability_zone: server.zone }),
    };
    return (await this.#post<{ server: { id: string } }>("compute", "/servers", { server: wanted })).server.id;
  }

  #boot(): MemberBoot {
    const { site } = this.#args;
    return {
      cluster: this.name,
      identity: identityUrl(site) ?? "",
      mirrors: mirrorsOf(site),
      caCertificate: site.caCertificate,
      storage: { endpoint: site.capabilities.s3 ?? "", region: this.#client.region },
      settings: this.name,
      reports: this.name,
    };
  }

  /** @throws {Error} with the cloud's own reason when it could not be made */
  async #running(id: string): Promise<true | undefined> {
    interface Server {
      readonly status: string;
      readonly fault?: { readonly message?: string };
    }
    const { server } = await this.#client.get<{ server: Server }>("compute", `/servers/${id}`);
    if (server.status === "ERROR")
      throw new Error(`the copy's server: ${server.fault?.message || "in ERROR, no reason"}`);
    return server.status === "ACTIVE" ? true : undefined;
  }

  async #isIn(service: "block-storage", path: string, key: string, status: string): Promise<true | undefined> {
    const found = await this.#client.get<Readonly<Record<string, { readonly status: string }>>>(service, path);
    const now = found[key]?.status ?? "";
    if (now.startsWith("error")) throw new Error(`the copy's ${key}: it is in ${now}`);
    return now === status ? true : undefined;
  }

  async #post<T>(service: Parameters<OpenStackClient["request"]>[0], path: string, body: object): Promise<T> {
    return (await this.#client.request(service, path, { method: "POST", body })).json<T>();
  }
}

/** A copy is never replaced. */
const GENERATION = "00000000";
