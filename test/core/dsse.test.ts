import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { envelopeOf, keyIdOf, paeOf, verifyEnvelope } from "@kasbah/core";
import { expect, test } from "vitest";

// RFC 8032, 7.1, test 1: the secret key as PKCS #8.
const SEED = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
const PRIVATE = createPrivateKey({
  key: Buffer.from(`302e020100300506032b657004220420${SEED}`, "hex"),
  format: "der",
  type: "pkcs8",
});
const PUBLIC = createPublicKey(PRIVATE);
const TYPE = "application/vnd.test+json";
const signed = (payload: string, type = TYPE) => envelopeOf(type, payload, (bytes) => sign(null, bytes, PRIVATE), "k");
const check = (input: unknown, type = TYPE) =>
  verifyEnvelope(input, type, (bytes, signature) => verify(null, bytes, PUBLIC, signature));

test("the bytes that are signed are those of the protocol's own example", () => {
  // secure-systems-lab/dsse, protocol.md, test vectors
  const bytes = paeOf("http://example.com/HelloWorld", "hello world");
  expect(Buffer.from(bytes).toString()).toBe("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
});

test("lengths are bytes, not letters", () => {
  expect(Buffer.from(paeOf("é", "ü")).toString()).toBe("DSSEv1 2 é 2 ü");
});

test("what was signed comes back as it was", () => {
  const checked = check(JSON.parse(JSON.stringify(signed('{"a":"é"}'))));
  expect(checked.ok && Buffer.from(checked.value).toString()).toBe('{"a":"é"}');
});

test("a changed payload, type or signature is refused, and an envelope of another type too", () => {
  const envelope = signed('{"rpo":1}');
  const [first] = envelope.signatures;
  const flipped = Buffer.from(first?.sig ?? "", "base64");
  flipped[0] = (flipped[0] ?? 0) ^ 1;
  const forged = [
    { ...envelope, payload: Buffer.from('{"rpo":0}').toString("base64") },
    { ...envelope, payloadType: "application/vnd.other+json" },
    { ...envelope, signatures: [{ keyid: "k", sig: flipped.toString("base64") }] },
    { ...envelope, signatures: [] },
    { ...envelope, payload: `${envelope.payload} ` },
    { ...envelope, more: 1 },
    "text",
    null,
  ];
  expect(forged.map((one) => check(one).ok)).toEqual(forged.map(() => false));
  expect(check(signed("x", "application/vnd.other+json")).ok).toBe(false);
  expect(check({ ...envelope, payloadType: "application/vnd.other+json" }, "application/vnd.other+json").ok).toBe(
    false,
  );
});

test("one good signature among others is enough", () => {
  const envelope = signed("x");
  const other = { keyid: "other", sig: Buffer.alloc(64).toString("base64") };
  expect(check({ ...envelope, signatures: [other, ...envelope.signatures] }).ok).toBe(true);
});

test("a key's name is eight hex of its public half", () => {
  expect(keyIdOf(PUBLIC.export({ format: "der", type: "spki" }))).toMatch(/^[0-9a-f]{8}$/);
});
