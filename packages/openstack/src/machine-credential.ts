import { Component, type LayerArgs } from "@kasbah/component";
import {
  type AccessRule,
  expiryOf,
  expiryProblem,
  formatProblem,
  liveNumbers,
  type MachineCredential,
  type Problem,
} from "@kasbah/core";
import {
  ApplicationCredential,
  type ApplicationCredentialArgs,
} from "@pulumi/openstack/identity/applicationCredential.js";
import { SecretV1, type SecretV1Args } from "@pulumi/openstack/keymanager/secretV1.js";
import * as pulumi from "@pulumi/pulumi";

export interface MachineCredentialsArgs extends LayerArgs, MachineCredential {
  /** Its name in the declaration. */
  readonly machine: string;
  /** When its days begin. */
  readonly now: Date;
  /** The day for which its end is looked at. */
  readonly asOf: Date;
}

/**
 * The credentials of one program: the newest, and the one before until it is closed. A credential never changes: its end
 * is set when it is made, and other roles or rules ask for a new number, or they are refused.
 */
export class MachineCredentials extends Component {
  /** Key-manager secret with JSON `{"id","secret"}` of the newest. */
  readonly secretRef: pulumi.Output<string>;

  constructor(name: string, args: MachineCredentialsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("openstack:MachineCredentials", name, args, opts);
    const refs = liveNumbers(args).map((number) => {
      const made = this.child(ApplicationCredential, `${number}`, credentialArgs(args), { ignoreChanges: MADE_ONCE });
      if (number === (args.rotation ?? 1)) this.#look(made, args);
      return this.child(SecretV1, `secret-${number}`, secretArgs(made), { renewable: true }).secretRef;
    });
    this.secretRef = refs.at(-1) ?? pulumi.output("");
    this.registerOutputs({ secretRef: this.secretRef });
  }

  /** Refuses what was asked of a credential that is made already, and says when its end is near. */
  #look(made: ApplicationCredential, { machine, roles, rules = [], asOf, rotation = 1 }: MachineCredentialsArgs): void {
    pulumi.output({ roles: made.roles, rules: made.accessRules, expiresAt: made.expiresAt }).apply((found) => {
      const wanted = { roles: [...roles].sort(), rules: rules.map(wordsOf).sort() };
      const has = { roles: [...found.roles].sort(), rules: (found.rules ?? []).map(wordsOf).sort() };
      this.reject(changeProblems(machine, rotation, wanted, has));
      const near = expiryProblem(machine, found.expiresAt ?? "", asOf, rotation);
      if (near !== undefined) void pulumi.log.warn(formatProblem(near), this);
    });
  }
}

/** What a credential is made of stays as it was made: a change is a new number, so that the old one works meanwhile. */
const MADE_ONCE = ["expiresAt", "roles", "accessRules", "unrestricted", "description"];

interface Rights {
  readonly roles: readonly string[];
  readonly rules: readonly string[];
}

const wordsOf = ({ service, method, path }: AccessRule | RuleFound): string => `${method} ${service} ${path}`;

interface RuleFound {
  readonly service: string;
  readonly method: string;
  readonly path: string;
}

function* changeProblems(machine: string, rotation: number, wanted: Rights, has: Rights): Generator<Problem> {
  for (const key of ["roles", "rules"] as const) {
    if (wanted[key].join() === has[key].join()) continue;
    yield {
      path: `machines.${machine}.${key}`,
      expected: `${has[key].join(", ") || "none"}, with which credential ${rotation} was made`,
      got: wanted[key],
      mend: `set rotation to ${rotation + 1}: a credential does not change`,
    };
  }
}

const credentialArgs = ({ machine, roles, rules, days, now }: MachineCredentialsArgs): ApplicationCredentialArgs => ({
  description: `Of the machine ${machine}`,
  roles: [...roles],
  unrestricted: false,
  expiresAt: expiryOf(now, days),
  ...(rules === undefined ? {} : { accessRules: rules.map((rule) => ({ ...rule })) }),
});

const secretArgs = ({ id, secret }: ApplicationCredential): SecretV1Args => ({
  secretType: "opaque",
  payload: pulumi.secret(pulumi.jsonStringify({ id, secret })),
  payloadContentType: "text/plain",
});
