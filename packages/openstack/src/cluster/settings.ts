import { createCipheriv, createHmac } from "node:crypto";
import { type BackupSchedule, type Envelope, envelopeOf, hash8, type ResolvedPostgres } from "@kasbah/core";
import type { ClusterKeys } from "./keys.ts";

export const SETTINGS_TYPE = "application/vnd.kasbah.settings+json";

/** An application credential. */
export interface Credential {
  readonly id: string;
  readonly secret: string;
}

/** What the servers of a cluster are told, beside what their user data says. Everything in it can change without a new server. */
export interface ClusterSettings {
  readonly cluster: string;
  /** That servers should have: one with another is about to be replaced, and hands over if it leads. */
  readonly generation: string;
  readonly members: readonly { readonly name: string; readonly address: string; readonly zone: string }[];
  readonly cidr: string;
  readonly database: string;
  /** `strict`: no commit without a second copy, even if that stops writing. */
  readonly synchronous: "strict" | "preferred";
  readonly parameters: ResolvedPostgres["parameters"];
  readonly login: { readonly number: number; readonly passwordRef: string };
  readonly groups: readonly { readonly name: string; readonly passwordRef: string }[];
  /** The schema for chunks with readers of their own, where there are groups. */
  readonly retrieval?: { readonly sha256: string; readonly script: string };
  readonly backup: BackupSchedule & {
    readonly vaults: readonly { readonly bucket: string; readonly endpoint: string; readonly region: string }[];
    readonly retentionDays: number;
  };
  readonly pooler: { readonly maxClients: number; readonly poolSize: number };
}

/** The version by which servers say what they have applied, and the object for their container. */
export interface Signed {
  readonly version: string;
  readonly envelope: Envelope;
}

/**
 * The settings, signed. The same settings give the same bytes, so that nothing changes where nothing changed.
 * @param credential reads the passwords; it is sealed
 */
export const signedSettings = (settings: ClusterSettings, credential: Credential, keys: ClusterKeys): Signed => {
  const rest = { format: 1, ...settings, sealed: sealed(credential, settings.cluster, keys.seal) };
  const version = hash8(JSON.stringify(rest));
  const payload = JSON.stringify({ ...rest, version });
  return { version, envelope: envelopeOf(SETTINGS_TYPE, payload, keys.sign, keys.keyId) };
};

const NONCE_BYTES = 12;

/**
 * AES-256-GCM, bound to the cluster by its name. The nonce comes of the plain text: the same text gives the same bytes,
 * and no two texts share a nonce.
 */
export const sealed = (credential: Credential, cluster: string, seal: string): string => {
  const key = Buffer.from(seal, "base64");
  const plain = Buffer.from(JSON.stringify({ credential }));
  const nonce = createHmac("sha256", key).update(plain).digest().subarray(0, NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(cluster));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, body, cipher.getAuthTag()]).toString("base64");
};
