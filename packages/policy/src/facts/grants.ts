import { at, items, text, textOf, UNKNOWN } from "../resource.ts";
import { document, listed } from "./json.ts";

/** A right that is given: to whom, and which. */
export interface Grant {
  readonly path: string;
  /** Who gets it, as the cloud writes it; empty where it does not matter. */
  readonly members: readonly string[];
  readonly role: string;
  /** Why the role is wider than any task. */
  readonly broad?: string;
  /** Something of it is not known yet. */
  readonly unknown?: true;
}

/** Whom the clouds call everybody. */
const EVERYBODY = /^(allUsers|allAuthenticatedUsers|system:(anonymous|unauthenticated|authenticated)|\*)$/;
export const isEverybody = (member: string): boolean => EVERYBODY.test(member);

const PRIMITIVE = /^roles\/(owner|editor)$/;
const BECOMING =
  /^roles\/(iam\.serviceAccountTokenCreator|iam\.serviceAccountUser|iam\.securityAdmin|resourcemanager\.(project|organization)(Iam)?Admin)$/;

/** Google: `roles/owner` and `roles/editor` are everything; some others are everything by a detour when given project-wide. */
const googleBreadth = (role: string, type: string): string | undefined => {
  if (PRIMITIVE.test(role)) return `${role}, a basic role over everything`;
  const wide = /^gcp:(projects|organizations|folder)\//.test(type);
  return wide && BECOMING.test(role) ? `${role} over a whole project` : undefined;
};

const grant = (path: string, role: unknown, members: readonly unknown[], type: string): Grant => {
  const name = textOf(role);
  const broad = typeof name === "string" ? googleBreadth(name, type) : undefined;
  return {
    path,
    role: typeof name === "string" ? name : "",
    members: members.filter((one) => typeof one === "string"),
    ...(broad === undefined ? {} : { broad }),
    ...(name === UNKNOWN || members.includes(UNKNOWN) ? { unknown: true as const } : {}),
  };
};

const GOOGLE = /^gcp:.*:.*I[Aa][Mm](Member|Binding|Policy)$/;

const google = (props: unknown, type: string): readonly Grant[] => {
  if (!type.endsWith("Policy")) {
    const member = text(props, "member");
    const path = member === undefined ? "members" : "member";
    return [grant(path, at(props, "role"), member === undefined ? items(props, "members") : [member], type)];
  }
  const policy = document(at(props, "policyData"));
  if (policy === UNKNOWN) return [{ path: "policyData", role: "", members: [], unknown: true }];
  return listed(at(policy, "bindings")).map((binding, index) =>
    grant(`policyData.bindings.${index}`, at(binding, "role"), items(binding, "members"), type),
  );
};

/** Built-in roles of Azure. Source: Azure built-in roles. */
const AZURE_ROLES: ReadonlyMap<string, string> = new Map([
  ["8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "Owner"],
  ["18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", "User Access Administrator"],
  ["f58310d9-a9f6-439a-9e8d-f62e7b41a168", "Role Based Access Control Administrator"],
  ["b24988ac-6180-42a0-ab88-20f7382dd24c", "Contributor"],
]);

const azureAssignment = (props: unknown): readonly Grant[] => {
  const [id, scope] = [text(props, "roleDefinitionId"), text(props, "scope")];
  if (typeof id !== "string")
    return id === UNKNOWN ? [{ path: "roleDefinitionId", role: "", members: [], unknown: true }] : [];
  const name = AZURE_ROLES.get(id.slice(id.lastIndexOf("/") + 1).toLowerCase());
  const small = typeof scope === "string" && /\/resourceGroups\//i.test(scope);
  const broad =
    name === undefined || (name === "Contributor" && (small || scope === UNKNOWN))
      ? undefined
      : `${name} on ${small ? "a whole group" : "a whole subscription"}`;
  return [{ path: "roleDefinitionId", role: name ?? "", members: [], ...(broad === undefined ? {} : { broad }) }];
};

const azureDefinition = (props: unknown): readonly Grant[] =>
  items(props, "permissions").flatMap((permission, index): readonly Grant[] => {
    const actions = [...items(permission, "actions"), ...items(permission, "dataActions")];
    const path = `permissions.${index}.actions`;
    return actions.includes("*") ? [{ path, role: "", members: [], broad: "every action" }] : [];
  });

const MANAGED =
  /(?:^|\/)(AdministratorAccess|PowerUserAccess|IAMFullAccess|SystemAdministrator|[A-Za-z0-9]+FullAccess|AmazonEKSClusterAdminPolicy)$/;

/** Policies that AWS wrote and that give a whole service away. */
const managed =
  (property: string) =>
  (props: unknown): readonly Grant[] =>
    items(props, property).flatMap((arn, index): readonly Grant[] => {
      const path = Array.isArray(at(props, property)) ? `${property}.${index}` : property;
      if (arn === UNKNOWN) return [{ path, role: "", members: [], unknown: true }];
      const name =
        typeof arn === "string" &&
        /:aws:policy\/|:aws:cluster-access-policy\/|policy\/aws-service-role|^[A-Za-z]+$/.test(arn)
          ? MANAGED.exec(arn)?.[1]
          : undefined;
      return name === undefined ? [] : [{ path, role: name, members: [], broad: name }];
    });

const kubernetesRole = (props: unknown): readonly Grant[] =>
  items(props, "rules").flatMap((rule, index): readonly Grant[] => {
    const path = `rules.${index}`;
    if (rule === UNKNOWN) return [{ path, role: "", members: [], unknown: true }];
    const wild = ["verbs", "resources"].find((key) => items(rule, key).includes("*"));
    return wild === undefined ? [] : [{ path: `${path}.${wild}`, role: "", members: [], broad: `all ${wild}` }];
  });

const kubernetesBinding = (props: unknown): readonly Grant[] => {
  const name = text(props, "roleRef", "name");
  const members = items(props, "subjects").flatMap((subject) => {
    const found = subject === UNKNOWN ? undefined : text(subject, "name");
    return typeof found === "string" ? [found] : [];
  });
  const broad = name === "cluster-admin" ? { broad: "cluster-admin" } : {};
  return [{ path: "roleRef.name", role: typeof name === "string" ? name : "", members, ...broad }];
};

const openstackRbac = (props: unknown): readonly Grant[] => {
  const target = text(props, "targetTenant");
  return [{ path: "targetTenant", role: "", members: typeof target === "string" ? [target] : [] }];
};

const openstackRole = (props: unknown): readonly Grant[] => {
  const role = text(props, "roleId");
  return role === "admin" ? [{ path: "roleId", role, members: [], broad: "admin" }] : [];
};

interface GrantReader {
  readonly read: (props: unknown, type: string) => readonly Grant[];
  readonly paths: readonly string[];
}

const READERS: ReadonlyMap<string, GrantReader> = new Map<string, GrantReader>([
  ...[
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    "aws:iam/userPolicyAttachment:UserPolicyAttachment",
    "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
    "aws:iam/policyAttachment:PolicyAttachment",
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
  ].map((type): [string, GrantReader] => [type, { read: managed("policyArn"), paths: ["policyArn"] }]),
  ["aws:iam/role:Role", { read: managed("managedPolicyArns"), paths: ["managedPolicyArns"] }],
  [
    "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment",
    { read: managed("managedPolicyArn"), paths: ["managedPolicyArn"] },
  ],
  ["azure-native:authorization:RoleAssignment", { read: azureAssignment, paths: ["roleDefinitionId", "scope"] }],
  [
    "azure-native:authorization:RoleDefinition",
    { read: azureDefinition, paths: ["permissions.*.actions", "permissions.*.dataActions"] },
  ],
  ...["ClusterRole", "Role"].map((kind): [string, GrantReader] => [
    `kubernetes:rbac.authorization.k8s.io/v1:${kind}`,
    { read: kubernetesRole, paths: ["rules.*.verbs", "rules.*.resources"] },
  ]),
  ...["ClusterRoleBinding", "RoleBinding"].map((kind): [string, GrantReader] => [
    `kubernetes:rbac.authorization.k8s.io/v1:${kind}`,
    { read: kubernetesBinding, paths: ["roleRef.name", "subjects.*.name"] },
  ]),
  ["openstack:networking/rbacPolicyV2:RbacPolicyV2", { read: openstackRbac, paths: ["targetTenant"] }],
  ["openstack:identity/roleAssignment:RoleAssignment", { read: openstackRole, paths: ["roleId"] }],
  ["openstack:identity/inheritRoleAssignment:InheritRoleAssignment", { read: openstackRole, paths: ["roleId"] }],
]);

/** Types that give rights, with the properties that are read; Google's are known by their names. */
export const GRANTS: ReadonlyMap<string, readonly string[]> = new Map(
  [...READERS].map(([type, { paths }]) => [type, paths]),
);

export const givesRights = (type: string): boolean => READERS.has(type) || GOOGLE.test(type);

/** The rights that a resource gives. */
export const grantsOf = (type: string, props: unknown): readonly Grant[] =>
  READERS.get(type)?.read(props, type) ?? (GOOGLE.test(type) ? google(props, type) : []);
