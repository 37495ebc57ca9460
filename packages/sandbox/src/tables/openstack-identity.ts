import { schema } from "./openstack-common.ts";
import type { Reference, Row } from "./row.ts";

/** Ids of the user, the project and the roles that the simulated cloud has from the beginning. */
const THERE = /^51a0eeee-|^51a00000/;

const reference = (path: string, type: string, what: string): Reference => ({
  path,
  to: [{ type, by: "id" }],
  refusal: `404 Not Found: Could not find ${what}: {value}.`,
  onDelete: "cascade", // keystone drops what belonged to it
  furnished: THERE,
});

const project = reference("projectId", "openstack:identity/project:Project", "project");
const user = reference("userId", "openstack:identity/user:User", "user");

const DUPLICATE = "409 Conflict: Conflict occurred attempting to store";

/** Who may do what on OpenStack. */
export const identity: Readonly<Record<string, Row>> = {
  "openstack:identity/project:Project": {
    ...schema("openstack:identity/project:Project"),
    id: "{hex:32}",
    naming: { property: "name" },
    outputs: { region: "{region}", domainId: "default", parentId: "{domainId}" },
    unique: [
      {
        by: ["name", "domainId"],
        scope: "account",
        refusal: `${DUPLICATE} project - it is not permitted to have two projects with the same name in the same domain: {name}.`,
      },
    ],
    find: { by: "name", properties: ["name"] },
  },
  "openstack:identity/user:User": {
    ...schema("openstack:identity/user:User"),
    id: "{hex:32}",
    naming: { property: "name" },
    outputs: { region: "{region}", domainId: "default", defaultProjectId: "" },
    unique: [
      {
        by: ["name", "domainId"],
        scope: "account",
        refusal: `${DUPLICATE} user - Duplicate entry found with name {name}.`,
      },
    ],
    find: { by: "name", properties: ["name"] },
  },
  "openstack:identity/roleAssignment:RoleAssignment": {
    ...schema("openstack:identity/roleAssignment:RoleAssignment"),
    id: "{domainId|=}/{projectId|=}/{groupId|=}/{userId|=}/{roleId}",
    outputs: { region: "{region}" },
    references: [project, user],
    overwrites: true,
    find: { by: "natural-key", properties: ["roleId", "userId", "projectId", "groupId", "domainId"] },
  },
  "openstack:identity/ec2CredentialV3:Ec2CredentialV3": {
    ...schema("openstack:identity/ec2CredentialV3:Ec2CredentialV3"),
    id: "{hex:32}",
    outputs: { region: "{region}", access: "{id}", secret: "{hex:32}", projectId: "{project}" },
    references: [project, user],
    find: { by: "natural-key", properties: ["userId", "projectId"] },
  },
  "openstack:identity/applicationCredential:ApplicationCredential": {
    ...schema("openstack:identity/applicationCredential:ApplicationCredential"),
    id: "{uuid}",
    naming: { property: "name" },
    outputs: { region: "{region}", projectId: "{project}", roles: ["member"], secret: "{hex:64}" },
    unique: [
      {
        by: ["name"],
        scope: "account",
        refusal: `${DUPLICATE} application_credential - Duplicate entry {name}.`,
      },
    ],
    find: { by: "name", properties: ["name"] },
  },
};
