// What a program would make around a cluster's servers, by the lab's own APIs: containers, secrets, credentials.
import { createCipheriv, createHmac, createPrivateKey, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { envelopeOf, keyIdOf } from "@kasbah/core";
import { type Answer, ask } from "../support/http.ts";
import { lab } from "../support/lab.ts";
import { newProject } from "../support/project.ts";
import { s3 } from "../support/s3.ts";
import { byPassword, login, type Session } from "../support/session.ts";

export const CLUSTER = "shop-prod-vectors";
export const DATABASE = "app";

/** Plain, so that it outlives the process that made it. */
export interface PlaceFacts {
  readonly project: string;
  readonly user: { readonly id: string; readonly name: string; readonly password: string };
  readonly machine: { readonly access: string; readonly secret: string };
  readonly refs: {
    readonly authority: string;
    readonly seal: string;
    readonly settingsKeys: string;
    readonly cipher: string;
    readonly vaults: readonly string[];
  };
  /** Base64. */
  readonly seal: string;
  /** PEM. */
  readonly privateKey: string;
  readonly publicKey: string;
}

const CONTAINERS = ["settings", "reports", "copy-settings", "copy-reports", "vault", "vault+segments"] as const;

export const makePlace = async (): Promise<PlaceFacts> => {
  const project = await newProject("agent");
  const { session } = project;
  const machineUser = await project.addUser("machine", ["reader"]);
  const machineSession = await login(byPassword(machineUser, project.id));
  interface Made {
    readonly credential: { readonly access: string; readonly secret: string };
  }
  const path = `/users/${machineUser.id}/credentials/OS-EC2`;
  const keys = await machineSession.call<Made>("identity", path, { method: "POST", body: { tenant_id: project.id } });
  const machine = { access: keys.credential.access, secret: keys.credential.secret };
  await containers(session, `${project.id}:${machineUser.id}`);
  const seal = randomBytes(32).toString("base64");
  const text = (payload: string) => secret(session, payload);
  const settingsKeys = await text(JSON.stringify(machine));
  const { privateKey, publicKey } = generateKeyPairSync("ed25519", {
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  return {
    project: project.id,
    user: project.user,
    machine,
    refs: {
      authority: await order(session),
      seal: await text(seal),
      settingsKeys,
      cipher: await order(session),
      vaults: [settingsKeys],
    },
    seal,
    privateKey,
    publicKey,
  };
};

export const sessionOf = ({ user, project }: PlaceFacts): Promise<Session> => login(byPassword(user, project));

const containers = async (session: Session, principal: string): Promise<void> => {
  for (const name of CONTAINERS) {
    const write = name.endsWith("settings") ? {} : { "x-container-write": principal };
    const headers = { "x-container-read": principal, ...write };
    await session.call("object-store", `/${name}`, { method: "PUT", headers });
  }
};

/** 32 random bytes, made by the key manager. */
export const order = async (session: Session): Promise<string> => {
  const meta = { algorithm: "aes", bit_length: 256, mode: "cbc", payload_content_type: "application/octet-stream" };
  const asked = { method: "POST", body: { type: "key", meta } };
  const { order_ref } = await session.call<{ order_ref: string }>("key-manager", "/v1/orders", asked);
  const made = await session.call<{ secret_ref: string }>("key-manager", new URL(order_ref).pathname);
  return made.secret_ref;
};

const secret = async (session: Session, payload: string): Promise<string> => {
  const body = { payload, payload_content_type: "text/plain", secret_type: "opaque" };
  return (await session.call<{ secret_ref: string }>("key-manager", "/v1/secrets", { method: "POST", body }))
    .secret_ref;
};

/** The password that a reference stands for. */
export const passwordOf = async (facts: PlaceFacts, ref: string): Promise<string> => {
  const session = await sessionOf(facts);
  const url = `${ref}/payload`;
  const headers = { "x-auth-token": session.token, accept: "application/octet-stream" };
  return (await bytes(url, headers)).toString("hex");
};

const bytes = async (url: string, headers: Readonly<Record<string, string>>): Promise<Buffer> => {
  const answer = await fetch(url, { headers });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
};

/** One hour, and GET of the payloads of exactly these. */
export const credential = async (facts: PlaceFacts, refs: readonly string[]) => {
  const session = await sessionOf(facts);
  const rules = [...new Set(refs)].map((ref) => ({
    service: "key-manager",
    method: "GET",
    path: `${new URL(ref).pathname}/payload`,
  }));
  const wish = {
    name: `bootstrap-${randomBytes(4).toString("hex")}`,
    roles: [{ name: "member" }],
    expires_at: new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+Z$/, "Z"),
    access_rules: rules,
  };
  const { application_credential: made } = await session.call<{
    application_credential: { id: string; secret: string };
  }>("identity", `/users/${session.userId}/application_credentials`, {
    method: "POST",
    body: { application_credential: wish },
  });
  return { id: made.id, secret: made.secret };
};

const TYPE = "application/vnd.kasbah.settings+json";

/** Signs and puts the settings. */
export const putSettings = async (facts: PlaceFacts, payload: object, container = "settings"): Promise<void> => {
  const key = createPrivateKey(facts.privateKey);
  const envelope = envelopeOf(
    TYPE,
    JSON.stringify(payload),
    (data) => sign(null, data, key),
    keyIdOf(Buffer.from("x")),
  );
  const session = await sessionOf(facts);
  await session.call("object-store", `/${container}/settings.json`, { method: "PUT", body: JSON.stringify(envelope) });
};

export const sealed = (facts: PlaceFacts, plain: object, cluster = CLUSTER): string => {
  const key = Buffer.from(facts.seal, "base64");
  const text = JSON.stringify(plain);
  const nonce = createHmac("sha256", key).update(text).digest().subarray(0, 12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(cluster));
  const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, body, cipher.getAuthTag()]).toString("base64");
};

/** An object as the machine user reads it. */
export const object = (facts: PlaceFacts, path: string): Promise<Answer> =>
  s3({ ...facts.machine, region: lab().region }, "GET", path);

export { ask };
