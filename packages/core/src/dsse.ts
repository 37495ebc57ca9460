import { createHash } from "node:crypto";
import { z } from "zod";
import type { Checked, Problem } from "./problem.ts";

/** A signed message as DSSE lays it down (secure-systems-lab/dsse, envelope.md): what is signed names its own type. */
export interface Envelope {
  readonly payloadType: string;
  /** Base64. */
  readonly payload: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}

export type Sign = (bytes: Uint8Array) => Uint8Array;
/** Whether the signature over the bytes is by the key that is trusted. */
export type Verify = (bytes: Uint8Array, signature: Uint8Array) => boolean;

/** Pre-authentication encoding: the bytes that are signed. Lengths are of UTF-8 bytes, so no two messages share them. */
export const paeOf = (payloadType: string, payload: string | Uint8Array): Uint8Array => {
  const type = Buffer.from(payloadType, "utf8");
  const body = typeof payload === "string" ? Buffer.from(payload, "utf8") : payload;
  return Buffer.concat([Buffer.from(`DSSEv1 ${type.length} `), type, Buffer.from(` ${body.length} `), body]);
};

/** The payload, signed. Text is taken as UTF-8. */
export const envelopeOf = (payloadType: string, payload: string | Uint8Array, sign: Sign, keyid: string): Envelope => ({
  payloadType,
  payload: Buffer.from(payload).toString("base64"),
  signatures: [{ keyid, sig: Buffer.from(sign(paeOf(payloadType, payload))).toString("base64") }],
});

/** Name of a public key: 8 hex of SHA-256 over its DER (SubjectPublicKeyInfo). A hint to find the key, no proof. */
export const keyIdOf = (spki: Uint8Array): string => createHash("sha256").update(spki).digest("hex").slice(0, 8);

const isBase64 = (text: string): boolean => Buffer.from(text, "base64").toString("base64") === text;
const base64 = z.string().refine(isBase64, "expected base64");

const envelopeSchema = z.strictObject({
  payloadType: z.string(),
  payload: base64,
  signatures: z
    .array(z.strictObject({ keyid: z.string(), sig: base64 }))
    .min(1)
    .max(16),
});

const SHAPE = "an envelope with payloadType, payload and signatures in base64";
const failed = (problem: Problem): Checked<Uint8Array> => ({ ok: false, problems: [problem] });

/**
 * The payload of an envelope, if it is of that type and one of its signatures is by the trusted key. Nothing in the
 * payload is looked at before.
 */
export const verifyEnvelope = (input: unknown, payloadType: string, verify: Verify): Checked<Uint8Array> => {
  const parsed = envelopeSchema.safeParse(input);
  if (!parsed.success) return failed({ path: "envelope", expected: SHAPE, got: parsed.error.issues[0]?.message });
  const envelope = parsed.data;
  if (envelope.payloadType !== payloadType)
    return failed({ path: "payloadType", expected: payloadType, got: envelope.payloadType });
  const payload = Buffer.from(envelope.payload, "base64");
  const signed = paeOf(payloadType, payload);
  if (envelope.signatures.some(({ sig }) => verify(signed, Buffer.from(sig, "base64"))))
    return { ok: true, value: payload };
  return failed({
    path: "signatures",
    expected: "one by the trusted key over what is there",
    got: envelope.signatures.map(({ keyid }) => keyid),
    mend: "ask for the key that signed it, or take it that it was changed",
  });
};
