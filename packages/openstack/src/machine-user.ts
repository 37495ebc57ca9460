import { Component, type LayerArgs } from "@kasbah/component";
import { liveNumbers, type Place, type Rotation } from "@kasbah/core";
import { Ec2CredentialV3 } from "@pulumi/openstack/identity/ec2CredentialV3.js";
import { getAuthScopeOutput } from "@pulumi/openstack/identity/getAuthScope.js";
import { getRoleOutput } from "@pulumi/openstack/identity/getRole.js";
import { RoleAssignment } from "@pulumi/openstack/identity/roleAssignment.js";
import { User, type UserArgs } from "@pulumi/openstack/identity/user.js";
import { SecretV1, type SecretV1Args } from "@pulumi/openstack/keymanager/secretV1.js";
import * as pulumi from "@pulumi/pulumi";
import { has } from "./capabilities.ts";
import { settingsOf } from "./site.ts";

export interface MachineUserArgs extends LayerArgs, Rotation {
  readonly place: Place;
  /** Project in whose object storage it works. @default - the deploying user's */
  readonly projectId?: pulumi.Input<string>;
  /** Provider of the place in whose key manager its keys are kept. @default - this component's */
  readonly keyStore?: pulumi.ProviderResource | undefined;
}

/**
 * A user for a machine: it has no password, so it cannot log in, and one role that gives no right in the object storage.
 * What it may do there stands in the access lists of containers that name its `principal`. Its S3 keys lie in the key
 * manager.
 *
 * Where the place does not let us make users (`capabilities.identityAdmin`), `limited` is false: the keys are the
 * deploying user's own, and open every container of the project.
 */
export class MachineUser extends Component {
  /** `<project id>:<user id>`, for the access lists of containers. */
  readonly principal: pulumi.Output<string>;
  /** Key-manager secret with JSON `{"access","secret"}`, of the newest rotation. */
  readonly keysRef: pulumi.Output<string>;
  /** It has no right but what an access list gives it. */
  readonly limited: boolean;

  constructor(name: string, args: MachineUserArgs, opts?: pulumi.ComponentResourceOptions) {
    super("openstack:MachineUser", name, args, opts);
    const { place, projectId, keyStore } = args;
    this.limited = has(place, "identityAdmin");
    const deployer = getAuthScopeOutput({ name: "deployer" }, { parent: this });
    const project = projectId === undefined ? deployer.projectId : pulumi.output(projectId);
    const userId = this.limited ? this.#user(deployer.projectDomainId, project, place) : deployer.userId;

    const refs = liveNumbers(args).map((number) => {
      const keys = this.child(Ec2CredentialV3, `key-${number}`, { userId, projectId: project });
      return this.child(SecretV1, `keys-${number}`, keysArgs(keys), { provider: keyStore, renewable: true }).secretRef;
    });

    this.principal = pulumi.interpolate`${project}:${userId}`;
    this.keysRef = refs.at(-1) ?? pulumi.output("");
    this.registerOutputs({ principal: this.principal, keysRef: this.keysRef });
  }

  #user(domainId: pulumi.Input<string>, projectId: pulumi.Output<string>, place: Place): pulumi.Output<string> {
    const user = this.child(User, "user", { ...USER, domainId }, { nameRole: "" });
    const role = getRoleOutput({ name: settingsOf(place).machineRole }, { parent: this });
    const assignment = { projectId, userId: user.id, roleId: role.id };
    return this.child(RoleAssignment, "role", assignment).userId.apply((id) => id ?? "");
  }
}

const USER: UserArgs = { description: "A machine of Kasbah. It has no password.", enabled: true };

/** What rclone, pgBackRest and the agent read. */
const keysArgs = ({ access, secret }: Ec2CredentialV3): SecretV1Args => ({
  secretType: "opaque",
  payload: pulumi.secret(pulumi.jsonStringify({ access, secret })),
  payloadContentType: "text/plain",
});
