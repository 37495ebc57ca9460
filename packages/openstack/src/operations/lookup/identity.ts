import { byName, type Listed, named, natural, optionalText, query, type Row, type Rows, text } from "./row.ts";

const byNameIn =
  (kind: string): Row =>
  async (asked) => {
    const name = text(asked, "name");
    const path = `/${kind}${query({ name, domain_id: optionalText(asked, "domainId") })}`;
    return named(byName(await asked.client.list<Listed>("identity", path, kind), name));
  };

interface Assignment {
  readonly role: { readonly id: string };
  readonly scope: { readonly project?: { readonly id: string }; readonly domain?: { readonly id: string } };
}

/** Domain, project, group, user, role: the provider's id has the empty ones too. */
const roleAssignment: Row = async (asked) => {
  const parts = ["domainId", "projectId", "groupId", "userId"].map((key) => optionalText(asked, key));
  const [domain, project, group, user] = parts;
  const role = text(asked, "roleId");
  const by = query({
    "scope.domain.id": domain,
    "scope.project.id": project,
    "group.id": group,
    "user.id": user,
    "role.id": role,
  });
  const found = await asked.client.list<Assignment>("identity", `/role_assignments${by}`, "role_assignments");
  return found.length === 0 ? [] : natural([...parts.map((part) => part ?? ""), role].join("/"));
};

/** Its name is unique for its user; its secret is told once. */
const applicationCredential: Row = async (asked) => {
  const name = text(asked, "name");
  const { userId } = await asked.client.session();
  const path = `/users/${userId}/application_credentials${query({ name })}`;
  const found = await asked.client.list<Listed>("identity", path, "application_credentials");
  return byName(found, name).map(({ id }) => ({ id, by: "name", unusable: "its secret was told once, and is lost" }));
};

interface Ec2 {
  readonly access: string;
  readonly tenant_id: string;
}

/** A key has neither name nor date. A user that was made for one purpose has no other; a person may have many. */
const ec2Credential: Row = async (asked) => {
  const session = await asked.client.session();
  const user = optionalText(asked, "userId") ?? session.userId;
  const project = optionalText(asked, "projectId") ?? session.projectId;
  const found = await asked.client.list<Ec2>("identity", `/users/${user}/credentials/OS-EC2`, "credentials");
  const doubt = user === session.userId ? { doubt: "one S3 key of the deploying user looks like the other" } : {};
  return found
    .filter(({ tenant_id }) => tenant_id === project)
    .map(({ access }) => ({ id: access, by: "natural-key", ...doubt }));
};

const membership: Row = async (asked) => {
  const [user, group] = [text(asked, "userId"), text(asked, "groupId")];
  const path = `/groups/${group}/users/${user}`;
  const { status } = await asked.client.request("identity", path, { method: "HEAD", accept: [404] });
  return status === 404 ? [] : natural(`${user}/${group}`);
};

export const identityRows: Rows = {
  "openstack:identity/project:Project": byNameIn("projects"),
  "openstack:identity/user:User": byNameIn("users"),
  "openstack:identity/role:Role": byNameIn("roles"),
  "openstack:identity/groupV3:GroupV3": byNameIn("groups"),
  "openstack:identity/userMembershipV3:UserMembershipV3": membership,
  "openstack:identity/roleAssignment:RoleAssignment": roleAssignment,
  "openstack:identity/applicationCredential:ApplicationCredential": applicationCredential,
  "openstack:identity/ec2CredentialV3:Ec2CredentialV3": ec2Credential,
};
