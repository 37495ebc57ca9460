import { z } from "zod";
import { PROTECTION, type Preset } from "../preset.ts";
import type { Problem } from "../problem.ts";
import { retentionProblems } from "./retention.ts";
import { type Rotation, rotationProblems, rotationShape } from "./rotation.ts";

/** Who encrypts the objects: the place, under its own keys, or whoever writes them. */
export const ENCRYPTIONS = ["place", "client"] as const;
export type Encryption = (typeof ENCRYPTIONS)[number];

export const ACCESS_MODES = ["read", "write"] as const;
export type AccessMode = (typeof ACCESS_MODES)[number];

const accessSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,30}$/)
    .describe("Whom the keys are for, as importer."),
  mode: z.enum(ACCESS_MODES).describe("read: list and fetch. write: also put, overwrite and delete."),
  ...rotationShape,
});

export const objectStorageSpecSchema = z.strictObject({
  retentionDays: z
    .int()
    .min(1)
    .max(3650)
    .optional()
    .describe("Days that old versions are kept. Default 30, throwaway 7."),
  quotaGiB: z.int().min(1).optional().describe("Most that it may hold, in GiB. Default: no limit of its own."),
  access: z
    .array(accessSchema)
    .optional()
    .describe("Keys that open this one container through S3, for programs. Default: none."),
  encryption: z
    .enum(ENCRYPTIONS)
    .optional()
    .describe("place: disks are encrypted by the place. client: whoever writes encrypts, with a key made for it."),
});

/** Keys for a program, which open one container. */
export interface Access extends Rotation {
  readonly name: string;
  /** `read`: list and fetch. `write`: also put, overwrite and delete. */
  readonly mode: AccessMode;
}

/** A private, encrypted, versioned place for objects. */
export interface ObjectStorageSpec {
  /** Days that overwritten and deleted versions can be brought back. @default - 30, and 7 for `throwaway` */
  readonly retentionDays?: number | undefined;
  /** Most that it may hold, in GiB. @default - no limit of its own */
  readonly quotaGiB?: number | undefined;
  /** Keys that open this one container through S3. @default - none */
  readonly access?: readonly Access[] | undefined;
  /** Who encrypts. @default "place" */
  readonly encryption?: Encryption | undefined;
}

export interface ResolvedObjectStorage {
  readonly retentionDays: number;
  readonly quotaGiB: number | undefined;
  readonly access: readonly Access[];
  readonly encryption: Encryption;
}

export const resolveObjectStorage = (spec: ObjectStorageSpec, preset: Preset): ResolvedObjectStorage => ({
  retentionDays: spec.retentionDays ?? PROTECTION[preset].defaultRetentionDays,
  quotaGiB: spec.quotaGiB,
  access: spec.access ?? [],
  encryption: spec.encryption ?? "place",
});

export function* objectStorageProblems(spec: ResolvedObjectStorage, preset: Preset): Generator<Problem> {
  yield* retentionProblems(spec.retentionDays, preset);
  for (const [index, access] of spec.access.entries()) {
    const path = `access.${index}.`;
    yield* rotationProblems(access, path);
    if (spec.access.findIndex(({ name }) => name === access.name) === index) continue;
    yield { path: `${path}name`, expected: "each name once", got: access.name, mend: "rename one of them" };
  }
}

/** What was asked of an object storage and only some clouds can do. */
const OPTIONAL = ["quotaGiB", "access", "encryption"] as const;

/** Refusals of a cloud whose layer does none of it. */
export function* plainObjectStorageProblems(spec: ObjectStorageSpec, cloud: string): Generator<Problem> {
  for (const key of OPTIONAL) {
    const got = spec[key];
    if (got === undefined || got === "place" || (Array.isArray(got) && got.length === 0)) continue;
    yield { path: key, expected: `nothing: the layer on ${cloud} does not have it yet`, got, mend: "remove it" };
  }
}
