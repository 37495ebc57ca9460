import { hash8, type OpenstackSettings } from "@kasbah/core";
import type {
  ApplicationCredential,
  ApplicationCredentialArgs,
} from "@pulumi/openstack/identity/applicationCredential.js";
import type { OrderV1Args } from "@pulumi/openstack/keymanager/orderV1.js";
import * as pulumi from "@pulumi/pulumi";
import { type Boot, type Made, userData } from "./cloud-init.ts";

const NOTHING_MADE: Made = {
  generation: "",
  address: "",
  dataVolumeId: "",
  backupVolumeId: "",
  passwordRef: "",
  credentialId: "",
  credentialSecret: "",
};

/**
 * Eight hex of the image's name, the zone, and everything in the user data that is known before. A server and its
 * credential carry it: what changes it replaces both, what does not replaces neither. Size and flavor are not in it (the
 * server fits its memory at each start), nor are the sizes of the volumes (file systems grow).
 */
export const generationOf = (boot: Boot, { image, availabilityZones: [zone] }: OpenstackSettings): string =>
  hash8(JSON.stringify([image, zone, userData(boot, NOTHING_MADE)]));

/** 32 random bytes, made and kept by the key manager. Their hexadecimal form is the password. */
export const orderArgs = (name: string): OrderV1Args => ({
  type: "key",
  meta: { name, algorithm: "aes", bitLength: 256, mode: "cbc", payloadContentType: "application/octet-stream" },
});

const HOUR = 3_600_000;

export interface Credential {
  /** Secrets of the key manager that it may read, each as its reference. */
  readonly refs: pulumi.Input<readonly string[]>;
  readonly roles: readonly string[];
  /** When its hour is over, see {@link hourFrom}. */
  readonly expiresAt: pulumi.Input<string>;
}

/** May read the payloads of these secrets, for one hour. */
export const readerArgs = ({ refs, roles, expiresAt }: Credential): ApplicationCredentialArgs => ({
  roles: [...roles],
  unrestricted: false,
  expiresAt,
  accessRules: pulumi
    .output(refs)
    .apply((known) => known.map((ref) => ({ service: "key-manager", method: "GET", path: payloadPath(ref) }))),
});

/**
 * That of a server. `description` keeps the image of its generation, see {@link imageOf}; a later `up` ignores it, and
 * the hour.
 */
export const bootstrapArgs = (credential: Credential, imageId: pulumi.Input<string>): ApplicationCredentialArgs => ({
  ...readerArgs(credential),
  description: pulumi.interpolate`${IMAGE}${imageId}`,
});

export const hourFrom = (now = new Date()): string =>
  new Date(now.getTime() + HOUR).toISOString().replace(/\.\d+Z$/, "Z");

export const ONCE = ["expiresAt", "description"];

const IMAGE = "Bootstrap of a server of image ";

/** The path that the key manager sees, of the address that it gives. */
const payloadPath = (secretRef: string): string => `${new URL(secretRef).pathname}/payload`;

/**
 * The image that this generation was first made of. An operator replaces an image under its name now and then, and the
 * provider rebuilds a server in place when its image changes. `ignoreChanges` on the server itself would be wrong: the
 * server of the next generation would get the image of the last.
 */
export const imageOf = ({ description }: ApplicationCredential): pulumi.Output<string> =>
  description.apply((text) => (text ?? "").replace(IMAGE, ""));
