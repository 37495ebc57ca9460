import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isRecord, isSecret, type Properties, rewrite, secret, type Value } from "./values.ts";

const SEALED = "$sealed";

/** A key or passphrase of the folder, made at first use with mode 0600. Two processes that race get the same one. */
export function folderSecret(folder: string, name: string): string {
  const file = path.join(folder, name);
  for (;;) {
    try {
      return readFileSync(file, "utf8");
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    }
    mkdirSync(folder, { recursive: true });
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, randomBytes(32).toString("base64url"), { mode: 0o600 });
    try {
      linkSync(draft, file);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    } finally {
      rmSync(draft, { force: true });
    }
  }
}

/** Keeps secrets out of the stored bytes: what is marked secret is encrypted with the folder's key. */
export class Seal {
  readonly #key: Buffer;

  constructor(folder: string) {
    this.#key = Buffer.from(folderSecret(folder, "cloud.key"), "base64url");
  }

  /** JSON of the bag, every secret in it encrypted. */
  close(properties: Properties): string {
    const sealed = rewrite(properties, (value) => {
      if (!isRecord(value) || !isSecret(value)) return value;
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", this.#key, nonce);
      const text = Buffer.concat([cipher.update(JSON.stringify(value["value"] ?? null), "utf8"), cipher.final()]);
      return { [SEALED]: Buffer.concat([nonce, cipher.getAuthTag(), text]).toString("base64") };
    });
    return JSON.stringify(sealed);
  }

  /** The bag out of its JSON, secrets marked as such again. */
  open(json: string): Properties {
    const parsed: Value = JSON.parse(json);
    const opened = rewrite(parsed, (value) => {
      const sealed = isRecord(value) ? value[SEALED] : undefined;
      if (typeof sealed !== "string") return value;
      const bytes = Buffer.from(sealed, "base64");
      const decipher = createDecipheriv("aes-256-gcm", this.#key, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      const text = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
      return secret(JSON.parse(text));
    });
    return isRecord(opened) ? opened : {};
  }
}
