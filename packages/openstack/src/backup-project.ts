import { Component, type LayerArgs, type Override } from "@kasbah/component";
import type { Place, Problem } from "@kasbah/core";
import { getAuthScopeOutput } from "@pulumi/openstack/identity/getAuthScope.js";
import { getRoleOutput } from "@pulumi/openstack/identity/getRole.js";
import { Project, type ProjectArgs } from "@pulumi/openstack/identity/project.js";
import { RoleAssignment } from "@pulumi/openstack/identity/roleAssignment.js";
import * as pulumi from "@pulumi/pulumi";
import { projectProvider } from "./provider.ts";
import { settingsOf } from "./site.ts";

export interface BackupProjectArgs extends LayerArgs {
  readonly place: Place;
  readonly override?: Override<ProjectArgs> | undefined;
}

/** A second project for backups, the deploying user's right in it, and a provider that works there. */
export class BackupProject extends Component {
  readonly projectId: pulumi.Output<string>;
  readonly provider: pulumi.ProviderResource;

  constructor(name: string, args: BackupProjectArgs, opts?: pulumi.ComponentResourceOptions) {
    super("openstack:BackupProject", name, args, opts);
    const { override, place } = args;
    const deployer = getAuthScopeOutput({ name: "deployer" }, { parent: this });
    const settings = { description: "Backups", enabled: true, domainId: deployer.projectDomainId };
    const project = this.child(Project, "project", settings, { override, nameRole: "" });
    const role = getRoleOutput({ name: settingsOf(place).operatorRole }, { parent: this });
    const right = { projectId: project.id, userId: deployer.userId, roleId: role.id };
    const assigned = this.child(RoleAssignment, "operator", right).projectId.apply((id) => id ?? "");

    this.provider = projectProvider(name, place, assigned, { parent: this });
    const found = getAuthScopeOutput({ name: assigned }, { provider: this.provider }).projectId;
    this.projectId = pulumi.all([assigned, found]).apply(([wanted, got]) => {
      this.reject(boundProblems(wanted, got));
      return wanted;
    });
    this.registerOutputs({ projectId: this.projectId });
  }
}

/** Credentials that are bound to a project stay in it, whatever the provider is told. */
export function* boundProblems(wanted: string, got: string | undefined): Generator<Problem> {
  if (got === wanted || got === undefined) return; // a plan without a cloud has nobody to ask
  yield {
    path: "place.settings.capabilities.identityAdmin",
    expected: `credentials that can work in the project ${wanted}`,
    got: `credentials bound to the project ${got}`,
    mend: "give a user and a password in the environment, not clouds.yaml or an application credential",
  };
}
