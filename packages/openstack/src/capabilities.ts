import { type Capabilities, CLASSES, type Class, type Place, type PlaceFacts, type Problem } from "@kasbah/core";
import { settingsOf } from "./site.ts";

/** What a place may have and another not: a fact that any cloud has, or a capability of an OpenStack alone. */
export type Capability = keyof Capabilities | Extract<keyof PlaceFacts, "encryptionAtRest" | "keyManager">;

interface Need {
  /** What it is for, as it follows "the capability that" in the refusal. */
  readonly use: string;
  /** When its absence is refused, and what is done instead where it is not. For docs/capabilities.md. */
  readonly without: string;
  readonly mend: string;
}

const DECLARE = "declare it if `kasbah probe` finds it";

/** Every refusal of a layer for want of a capability. docs/capabilities.md has a row for each. */
export const NEEDS = {
  network: {
    loadBalancer: {
      use: "a load balancer needs",
      without: "refused; clients name all members of a cluster instead",
      mend: `${DECLARE}, or name all members in the client`,
    },
  },
  iam: {
    identityAdmin: {
      use: "makes projects and role assignments",
      without: "projects and roles of people: refused. Credentials for machines and keys need no such right",
      mend: `${DECLARE}, or ask the cloud's operator for them and leave them out here`,
    },
    keyManager: {
      use: "keeps the credentials of machines, and our keys",
      without: "machines and keys: refused",
      mend: `${DECLARE}, or leave them out`,
    },
  },
  "object-storage": {
    keyManager: {
      use: "keeps the S3 keys of `access`, and the key of `encryption: client`",
      without: "`access` and `encryption: client`: refused",
      mend: `${DECLARE}, or leave them out`,
    },
    s3: {
      use: "serves the keys of `access`, an S3 endpoint",
      without: "`access`: refused",
      mend: `${DECLARE}, or leave access out`,
    },
    identityAdmin: {
      use: "limits the keys of `access` to one container, by a user of their own",
      without:
        "restricted and critical data in production: `access` refused. Else the keys are the deploying user's own, and open every container of the project for reading and writing",
      mend: `${DECLARE}, or leave access out`,
    },
  },
  copies: {
    keyManager: {
      use: "keeps the keys of the server that makes the copies",
      without: "`backups` of an object storage: refused",
      mend: `${DECLARE}, or remove backups`,
    },
    s3: {
      use: "the server that makes the copies reads from, an S3 endpoint",
      without: "`backups` of an object storage: refused",
      mend: `${DECLARE}, or remove backups`,
    },
    identityAdmin: {
      use: "gives the server that makes the copies a user that may only read",
      without:
        "restricted and critical data in production: `backups` refused. Else the server has the deploying user's own keys",
      mend: `${DECLARE}, or remove backups`,
    },
  },
  vault: {
    keyManager: {
      use: "keeps the vault's S3 keys",
      without: "refused, unless another place keeps them: that of the servers that write to it",
      mend: `${DECLARE}, or choose another place for the backups`,
    },
    s3: {
      use: "backups are written through, an S3 endpoint",
      without: "refused",
      mend: `${DECLARE}, or choose another place for the backups`,
    },
    identityAdmin: {
      use: "puts the backups into a project of their own, under a user of their own",
      without:
        "restricted and critical data in production: refused. Else the vault lies in the project itself, and its keys are the deploying user's, who can empty the history too",
      mend: `${DECLARE}, or choose another place for the backups`,
    },
    historyContainers: {
      use: "keeps what a writer overwrites or deletes out of its reach",
      without:
        "restricted and critical data in production: refused. Else old versions stay in the container itself, where the writer may delete them too",
      mend: `${DECLARE}, or choose another place for the backups; \`objectLock\` is no substitute yet`,
    },
  },
  postgres: {
    keyManager: {
      use: "keeps the keys and passwords of a database in production",
      without:
        "production: refused. A throwaway server makes its password itself, and keeps it in a file that root alone can read",
      mend: `${DECLARE}, or use the preset throwaway`,
    },
    s3: {
      use: "a cluster gets its settings and keeps its backups through, an S3 endpoint",
      without: "production: refused. A throwaway server has its settings in its user data, its backups on a volume",
      mend: `${DECLARE}, or use the preset throwaway`,
    },
  },
} as const satisfies Readonly<Record<string, Partial<Readonly<Record<Capability, Need>>>>>;

/** A place has it when it says so: what is not said is not relied upon. */
export const has = (place: Place, capability: Capability): boolean => {
  const declared = declaredOf(place, capability);
  return declared !== undefined && declared !== false;
};

type Layers = typeof NEEDS;

/** The refusal for want of a capability, or nothing when the place has it. */
export function* lacks<Layer extends keyof Layers>(
  place: Place,
  layer: Layer,
  capability: keyof Layers[Layer] & Capability,
): Generator<Problem> {
  if (has(place, capability)) return;
  const needs: Partial<Readonly<Record<Capability, Need>>> = NEEDS[layer];
  const need = needs[capability];
  if (need === undefined) return;
  yield {
    path: pathOf(capability),
    expected: `the capability that ${need.use}`,
    got: declaredOf(place, capability),
    mend: need.mend,
  };
}

const isFact = (capability: Capability): capability is "encryptionAtRest" | "keyManager" =>
  capability === "encryptionAtRest" || capability === "keyManager";

const pathOf = (capability: Capability): string =>
  isFact(capability) ? `place.facts.${capability}` : `place.settings.capabilities.${capability}`;

const declaredOf = (place: Place, capability: Capability): unknown =>
  isFact(capability) ? place.facts[capability] : settingsOf(place).capabilities[capability];

/** Data for which a missing guarantee is refused in production, and not only said. */
export const isSensitive = (level: Class): boolean => CLASSES.indexOf(level) >= CLASSES.indexOf("restricted");
