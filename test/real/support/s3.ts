import { createHash, createHmac } from "node:crypto";
import { type Answer, ask } from "./http.ts";
import { lab } from "./lab.ts";

/** EC2 credentials of an OpenStack user in a project, for one site's S3 API. */
export interface S3Keys {
  readonly access: string;
  readonly secret: string;
  readonly region: string;
}

const sha256 = (data: string | Buffer): string => createHash("sha256").update(data).digest("hex");
const hmac = (key: string | Buffer, data: string): Buffer => createHmac("sha256", key).update(data).digest();

/** One request to the S3 API, path style, signed by version 4: what pgBackRest does, without pgBackRest. Headers in small letters. */
export function s3(
  keys: S3Keys,
  method: string,
  path: string,
  body: string | Buffer = "",
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const url = new URL(path, lab().objectStores[keys.region]);
  const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const sent = { ...headers, host: url.host, "x-amz-content-sha256": sha256(body), "x-amz-date": stamp };
  const signed = Object.entries(sent).sort(([one], [other]) => (one < other ? -1 : 1));
  const names = signed.map(([name]) => name).join(";");
  const lines = signed.map(([name, value]) => `${name}:${value}\n`).join("");
  const request = [method, url.pathname, queryOf(url), lines, names, sent["x-amz-content-sha256"]].join("\n");
  const scope = `${stamp.slice(0, 8)}/${keys.region}/s3/aws4_request`;
  const text = `AWS4-HMAC-SHA256\n${stamp}\n${scope}\n${sha256(request)}`;
  const signature = hmac(signingKey(keys, stamp.slice(0, 8)), text).toString("hex");
  const authorization = `AWS4-HMAC-SHA256 Credential=${keys.access}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  return ask(url, { method, headers: { ...sent, authorization }, ...(body.length > 0 ? { body } : {}) });
}

/** A signed text, as the S3 API hands it to the identity service to be checked. */
export function signedText(keys: S3Keys): {
  readonly access: string;
  readonly token: string;
  readonly signature: string;
} {
  const day = "20260101";
  const text = `AWS4-HMAC-SHA256\n${day}T000000Z\n${day}/${keys.region}/s3/aws4_request\n${sha256("")}`;
  const signature = hmac(signingKey(keys, day), text).toString("hex");
  return {
    access: keys.access,
    token: Buffer.from(text).toString("base64").replaceAll("+", "-").replaceAll("/", "_"),
    signature,
  };
}

const queryOf = (url: URL): string =>
  [...url.searchParams]
    .map((pair) => pair.map(encodeURIComponent).join("="))
    .sort()
    .join("&");

const signingKey = ({ secret, region }: S3Keys, day: string): Buffer =>
  [day, region, "s3", "aws4_request"].reduce<Buffer>(hmac, Buffer.from(`AWS4${secret}`));
