import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { keyIdOf, type Sign, type Verify } from "@kasbah/core";
import { EXIT, UserError } from "../error.ts";

export interface SigningKey {
  readonly keyId: string;
  readonly sign: Sign;
}

export interface VerifyingKey {
  readonly keyId: string;
  readonly verify: Verify;
}

/** @throws {UserError} exit 2 when the file is no private Ed25519 key in PEM */
export const readSigningKey = (file: string): SigningKey => {
  const key = read(file, createPrivateKey, MAKE);
  return { keyId: idOf(createPublicKey(key)), sign: (bytes) => sign(null, bytes, key) };
};

/** @throws {UserError} exit 2 when the file is no Ed25519 key in PEM; of a private one the public half is taken */
export const readVerifyingKey = (file: string): VerifyingKey => {
  const key = read(file, createPublicKey, SHOW);
  return { keyId: idOf(key), verify: (bytes, signature) => verify(null, bytes, key, signature) };
};

const MAKE = "Make one: openssl genpkey -algorithm ed25519 -out drill.pem";
const SHOW = "Take it from the private one: openssl pkey -in drill.pem -pubout";

const idOf = (key: KeyObject): string => keyIdOf(key.export({ format: "der", type: "spki" }));

const read = (file: string, parse: (pem: string) => KeyObject, mend: string): KeyObject => {
  let pem: string;
  try {
    pem = readFileSync(file, "utf8");
  } catch (error) {
    throw new UserError(EXIT.badInput, `${file}: ${error instanceof Error ? error.message : error}`);
  }
  const key = parsed(pem, parse);
  if (key?.asymmetricKeyType !== "ed25519")
    throw new UserError(EXIT.badInput, `${file}: expected an Ed25519 key in PEM. ${mend}`);
  return key;
};

const parsed = (pem: string, parse: (pem: string) => KeyObject): KeyObject | undefined => {
  try {
    return parse(pem);
  } catch {
    return undefined; // its message may quote the file
  }
};
