import { z } from "zod";
import type { Preset } from "../preset.ts";
import type { Problem } from "../problem.ts";
import { type Rotation, rotationProblems, rotationShape } from "./rotation.ts";

const name = z.string().regex(/^[a-z][a-z0-9-]{0,30}$/);

export const ruleSchema = z.strictObject({
  service: z.string().min(1).describe("Type of the service, as key-manager or object-store."),
  method: z.enum(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]),
  path: z.string().startsWith("/").describe("Path of the request, as /v1/secrets/*."),
});

const personSchema = z.strictObject({
  user: z.string().min(1).optional().describe("Name of a user that is there already."),
  group: z.string().min(1).optional().describe("Name of a group that is there already."),
  role: z.string().min(1).describe("Name of the role."),
  project: name.optional().describe("One of the declared projects. Default: the deploying user's own."),
});

const machineSchema = z.strictObject({
  roles: z.array(z.string().min(1)).min(1).describe("Roles, of those that the deploying user has."),
  days: z.int().min(1).max(366).optional().describe("Days until it expires. Default 90."),
  rules: z
    .array(ruleSchema)
    .min(1)
    .optional()
    .describe("The only requests that it may make. Default: all of its roles."),
  ...rotationShape,
});

export const iamSpecSchema = z.strictObject({
  projects: z.record(name, z.strictObject({ description: z.string().optional() })).default({}),
  people: z.array(personSchema).default([]).describe("Which people and groups have which role."),
  machines: z.record(name, machineSchema).default({}).describe("Application credentials for programs."),
  keys: z.array(name).default([]).describe("Keys (AES, 256 bits) that the key manager makes and we hold."),
});

/** One kind of request. */
export type AccessRule = z.infer<typeof ruleSchema>;

/** A role of a person or a group. */
export interface PersonRole {
  readonly user?: string | undefined;
  readonly group?: string | undefined;
  readonly role: string;
  /** One of the declared projects. @default - the deploying user's own */
  readonly project?: string | undefined;
}

/** A credential for a program. */
export interface MachineCredential extends Rotation {
  readonly roles: readonly string[];
  /** Days until it expires. @default 90 */
  readonly days?: number | undefined;
  /** The only requests that it may make. @default - all that its roles may */
  readonly rules?: readonly AccessRule[] | undefined;
}

/** Who may do what in a place, people and machines, and which keys we hold there. */
export interface IamSpec {
  readonly projects?: Readonly<Record<string, { readonly description?: string | undefined }>>;
  readonly people?: readonly PersonRole[];
  readonly machines?: Readonly<Record<string, MachineCredential>>;
  readonly keys?: readonly string[];
}

export type ResolvedIam = Required<IamSpec>;

export const resolveIam = ({ projects = {}, people = [], machines = {}, keys = [] }: IamSpec): ResolvedIam => ({
  projects,
  people,
  machines,
  keys,
});

/** Roles that rule over others. In production nothing that runs by itself has one. */
const RULING = /^(admin|manager|service)$/;

export function* iamProblems({ projects, people, machines }: ResolvedIam, preset: Preset): Generator<Problem> {
  for (const [index, person] of people.entries()) yield* personProblems(person, `people.${index}`, projects);
  for (const [machine, credential] of Object.entries(machines)) {
    yield* rotationProblems(credential, `machines.${machine}.`);
    if (preset !== "production") continue;
    const ruling = credential.roles.filter((role) => RULING.test(role));
    if (ruling.length === 0) continue;
    yield {
      path: `machines.${machine}.roles`,
      expected: "no role that rules over others",
      got: ruling,
      mend: "give the least role that its requests need, and rules for them",
    };
  }
}

function* personProblems(person: PersonRole, path: string, projects: ResolvedIam["projects"]): Generator<Problem> {
  if ((person.user === undefined) === (person.group === undefined)) {
    yield { path, expected: "a user or a group, one of them", got: person, mend: "name one" };
  }
  if (person.project === undefined || person.project in projects) return;
  yield {
    path: `${path}.project`,
    expected: `a declared project (${Object.keys(projects).join(", ") || "none yet"})`,
    got: person.project,
    mend: "declare it under projects, or leave it out",
  };
}

/** Days before its end at which an expiring credential is reported. */
export const EXPIRY_NOTICE_DAYS = 14;

const DAY = 86_400_000;

/** The day on which a credential ends, as the identity service writes it. */
export const expiryOf = (now: Date, days = 90): string =>
  new Date(now.getTime() + days * DAY).toISOString().replace(/\.\d+Z$/, "Z");

/** What is said of a credential whose end is near, or nothing. */
export const expiryProblem = (machine: string, expiresAt: string, now: Date, rotation = 1): Problem | undefined => {
  const left = Math.floor((Date.parse(expiresAt) - now.getTime()) / DAY);
  if (!(left < EXPIRY_NOTICE_DAYS)) return undefined;
  return {
    path: `machines.${machine}`,
    expected: `a credential that lasts ${EXPIRY_NOTICE_DAYS} days more`,
    got: left < 0 ? `expired on ${expiresAt}` : `${left} days, until ${expiresAt}`,
    mend: `set its rotation to ${rotation + 1}`,
  };
};
