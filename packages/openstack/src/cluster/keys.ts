import { createPrivateKey, createPublicKey, hkdfSync, sign } from "node:crypto";
import { keyIdOf, type Sign } from "@kasbah/core";
import * as pulumi from "@pulumi/pulumi";

/** What the user's signing key gives a cluster. */
export interface ClusterKeys {
  readonly sign: Sign;
  readonly keyId: string;
  /** Ed25519, PEM: in the user data, so that a server knows who may tell it something. */
  readonly publicKey: string;
  /** Opens what is sealed in the settings. Base64 of 32 bytes, another one for each cluster. */
  readonly seal: string;
}

/** DER of an Ed25519 private key up to its seed (RFC 8410, section 7). */
const PKCS8_HEAD = Buffer.from("302e020100300506032b657004220420", "hex");
const SEED_BYTES = 32;

/** @param signingKey base64 of a 32-byte seed; everything follows from it, so that nothing is made twice */
export const keysOf = (signingKey: string, cluster: string): ClusterKeys => {
  const seed = Buffer.from(signingKey, "base64");
  if (seed.length !== SEED_BYTES) throw new pulumi.RunError(BAD_KEY);
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, seed]), format: "der", type: "pkcs8" });
  const known = createPublicKey(key);
  return {
    sign: (bytes) => sign(null, bytes, key),
    keyId: keyIdOf(known.export({ format: "der", type: "spki" })),
    publicKey: known.export({ format: "pem", type: "spki" }).toString(),
    seal: Buffer.from(hkdfSync("sha256", seed, "", `kasbah seal ${cluster}`, SEED_BYTES)).toString("base64"),
  };
};

const BAD_KEY = "kasbah:signingKey: expected base64 of 32 bytes, as `kasbah init` makes it";

/** Stands in for the key in a preview, where nothing is signed that anybody reads. */
export const PREVIEW_KEY = Buffer.alloc(SEED_BYTES).toString("base64");
