import { Component, type IamOutputs, type LayerArgs, type Override } from "@kasbah/component";
import { type IamSpec, iamProblems, type PersonRole, type Place, resolveIam, slug } from "@kasbah/core";
import { getAuthScopeOutput } from "@pulumi/openstack/identity/getAuthScope.js";
import { getGroupOutput } from "@pulumi/openstack/identity/getGroup.js";
import { getRoleOutput } from "@pulumi/openstack/identity/getRole.js";
import { getUserOutput } from "@pulumi/openstack/identity/getUser.js";
import { Project, type ProjectArgs } from "@pulumi/openstack/identity/project.js";
import { RoleAssignment } from "@pulumi/openstack/identity/roleAssignment.js";
import { OrderV1 } from "@pulumi/openstack/keymanager/orderV1.js";
import type * as pulumi from "@pulumi/pulumi";
import { orderArgs } from "./bootstrap.ts";
import { iamPlaceProblems } from "./iam-problems.ts";
import { MachineCredentials } from "./machine-credential.ts";

export interface IamArgs extends LayerArgs, IamSpec {
  readonly place: Place;
  /** When the days of new credentials begin. @default - now */
  readonly now?: Date;
  /** The day for which the end of credentials is looked at. @default - KASBAH_AS_OF, else `now` */
  readonly asOf?: Date;
  /** Changes to the resources that this component makes. */
  readonly overrides?: { readonly project?: Override<ProjectArgs> };
}

type Refs = Readonly<Record<string, pulumi.Output<string>>>;

/**
 * Who may do what in a place.
 *
 * - **Projects**, and roles in them for users and groups that are there already. Needs `capabilities.identityAdmin`.
 * - **Machines**: application credentials of the deploying user with the roles that are named, an end (90 days), and,
 *   with `rules`, no request but these. The secret lies in the key manager. `rotation` raised by one makes a new one and
 *   keeps the one before, until `closed` names it. From 14 days before its end on, every run warns.
 * - **Keys**: 256 bits that the key manager makes and that are ours. Its operator could read them: where a law wants a
 *   key that the provider cannot use, another place is the answer.
 */
export class Iam extends Component implements IamOutputs {
  /** Ids of the projects, by name. */
  readonly projects: Refs;
  /** Key-manager secrets with JSON `{"id","secret"}`, by machine. */
  readonly machines: Refs;
  /** Key-manager secrets of 32 bytes, by name. */
  readonly keys: Refs;

  constructor(name: string, args: IamArgs, opts?: pulumi.ComponentResourceOptions) {
    super("openstack:Iam", name, args, opts);
    const spec = resolveIam(args);
    this.reject([...iamProblems(spec, this.preset), ...iamPlaceProblems(args)]);

    this.projects = mapped(Object.entries(spec.projects), ([role, { description = role }]) =>
      this.#project(role, description, args.overrides?.project),
    );
    for (const person of spec.people) this.#assign(person);
    this.machines = mapped(Object.entries(spec.machines), ([machine, credential]) => {
      const { scope, class: level, now = new Date() } = args;
      const settings = { ...credential, scope, class: level, machine, now, asOf: args.asOf ?? dayAskedFor() ?? now };
      return new MachineCredentials(`${name}-${machine}`, settings, { parent: this }).secretRef;
    });
    this.keys = mapped(
      spec.keys.map((key) => [key, key]),
      ([key]) => this.#key(key),
    );
    this.registerOutputs({ projects: this.projects, machines: this.machines, keys: this.keys });
  }

  #project(role: string, description: string, override: Override<ProjectArgs> | undefined): pulumi.Output<string> {
    const domainId = this.#deployer().projectDomainId;
    return this.child(
      Project,
      `project-${role}`,
      { description, enabled: true, domainId },
      { override, nameRole: role },
    ).id;
  }

  #assign({ user, group, role, project }: PersonRole): void {
    const { projectId, projectDomainId: domainId } = this.#deployer();
    const opts = { parent: this };
    const who =
      user === undefined
        ? { groupId: getGroupOutput({ name: group ?? "", domainId }, opts).id }
        : { userId: getUserOutput({ name: user, domainId }, opts).id };
    const where = (project === undefined ? undefined : this.projects[project]) ?? projectId;
    const name = [user === undefined ? "group" : "user", user ?? group ?? "", role, project ?? "own"]
      .map(slug)
      .join("-");
    const roleId = getRoleOutput({ name: role }, opts).id;
    this.child(RoleAssignment, name, { ...who, roleId, projectId: where });
  }

  #key(key: string): pulumi.Output<string> {
    const name = this.physicalName("openstack:keymanager/secretV1:SecretV1", `key-${key}`);
    return this.child(OrderV1, `key-${key}`, orderArgs(name)).secretRef;
  }

  #deployer() {
    return getAuthScopeOutput({ name: "deployer" }, { parent: this });
  }
}

/** The day that a whole run is about, as the command gives it. */
const dayAskedFor = (): Date | undefined => {
  const day = process.env["KASBAH_AS_OF"];
  return day === undefined ? undefined : new Date(`${day}T00:00:00Z`);
};

const mapped = <T>(
  entries: readonly (readonly [string, T])[],
  make: (entry: readonly [string, T]) => pulumi.Output<string>,
): Refs => Object.fromEntries(entries.map((entry) => [entry[0], make(entry)]));
