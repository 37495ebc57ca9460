/**
 * Writes `src/tables/openstack.terraform.json` from what the Terraform provider says of itself:
 * `cd packages/sandbox/generate/openstack && go run . | node ../openstack.ts`.
 * Every name is checked against the SDK's own declarations, so a rule that misses one stops here.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { TOKENS } from "./tokens.ts";

interface Field {
  readonly forceNew?: boolean;
  readonly computed?: boolean;
  readonly optional?: boolean;
  readonly sensitive?: boolean;
  readonly default?: unknown;
  readonly type: string;
  readonly maxItems?: number;
  readonly nested?: Readonly<Record<string, Field>>;
}

/** Terraform names whose Pulumi token the rule below does not give. */
const TERRAFORM: Readonly<Record<string, string>> = {
  "networking/routerInterface:RouterInterface": "openstack_networking_router_interface_v2",
  "networking/secGroup:SecGroup": "openstack_networking_secgroup_v2",
  "networking/secGroupRule:SecGroupRule": "openstack_networking_secgroup_rule_v2",
  "compute/volumeAttach:VolumeAttach": "openstack_compute_volume_attach_v2",
  "compute/serverGroup:ServerGroup": "openstack_compute_servergroup_v2",
  "blockstorage/volume:Volume": "openstack_blockstorage_volume_v3",
  "objectstorage/container:Container": "openstack_objectstorage_container_v1",
  "objectstorage/containerObject:ContainerObject": "openstack_objectstorage_object_v1",
  "loadbalancer/loadBalancer:LoadBalancer": "openstack_lb_loadbalancer_v2",
  "loadbalancer/listener:Listener": "openstack_lb_listener_v2",
  "loadbalancer/pool:Pool": "openstack_lb_pool_v2",
  "loadbalancer/monitor:Monitor": "openstack_lb_monitor_v2",
  "loadbalancer/member:Member": "openstack_lb_member_v2",
  "identity/project:Project": "openstack_identity_project_v3",
  "identity/user:User": "openstack_identity_user_v3",
  "identity/roleAssignment:RoleAssignment": "openstack_identity_role_assignment_v3",
  "identity/ec2CredentialV3:Ec2CredentialV3": "openstack_identity_ec2_credential_v3",
  "identity/applicationCredential:ApplicationCredential": "openstack_identity_application_credential_v3",
  "keymanager/secretV1:SecretV1": "openstack_keymanager_secret_v1",
  "keymanager/orderV1:OrderV1": "openstack_keymanager_order_v1",
};

/** Properties whose Pulumi name is not the camel-cased Terraform name. */
const NAMES: Readonly<Record<string, string>> = {
  "networking/subnet:Subnet allocation_pool": "allocationPools",
  "networking/subnet:Subnet allocation_pools": "allocationPoolsCollection",
};

const tables = new URL("../src/tables/", import.meta.url);
const shapes = JSON.parse(readFileSync(new URL("openstack.shapes.json", tables), "utf8"));
const camel = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

function terraformName(token: string): string {
  const [module = "", name = ""] = token.split(":");
  return TERRAFORM[token] ?? `openstack_${module.split("/")[0]}_${name.toLowerCase()}_v2`;
}

function pulumiName(token: string, name: string, field: Field): string {
  const exception = NAMES[`${token} ${name}`];
  if (exception) return exception;
  const named = camel(name);
  const many = /^Type(List|Set)$/.test(field.type) && field.maxItems !== 1;
  if (!many || named.endsWith("s")) return named;
  return named.endsWith("y") ? `${named.slice(0, -1)}ies` : `${named}s`;
}

function row(token: string, fields: Readonly<Record<string, Field>>) {
  const declared = shapes.resources[`openstack:${token}`];
  const lists: Record<string, string[]> = { replaceOn: [], computed: [], secrets: [] };
  const defaults: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const property = pulumiName(token, name, field);
    const input = Boolean(declared[property]);
    const readOnly = field.computed && !field.optional;
    if (!input && !readOnly) throw new Error(`${token}: ${name} is ${property}, which the SDK does not declare`);
    if (field.forceNew) lists["replaceOn"]?.push(property);
    if (field.computed) lists["computed"]?.push(property);
    if (field.sensitive) lists["secrets"]?.push(property);
    if (field.default !== undefined) defaults[property] = field.default;
    for (const [inner, nested] of Object.entries(field.nested ?? {})) {
      if (!nested.forceNew || field.forceNew) continue;
      lists["replaceOn"]?.push(field.maxItems === 1 ? `${property}.${camel(inner)}` : `${property}.*.${camel(inner)}`);
    }
  }
  for (const list of Object.values(lists)) list.sort();
  return { type: terraformName(token), ...lists, defaults };
}

const provider: Record<string, Record<string, Field>> = JSON.parse(await text(process.stdin));
const resources = Object.fromEntries(
  (TOKENS["openstack"] ?? []).map((token) => {
    const fields = provider[terraformName(token)];
    if (!fields) throw new Error(`the provider has no ${terraformName(token)}`);
    return [`openstack:${token}`, row(token, fields)];
  }),
);
const data = {
  source: "Go module github.com/terraform-provider-openstack/terraform-provider-openstack v1.54.1",
  resources,
};
writeFileSync(new URL("openstack.terraform.json", tables), `${JSON.stringify(data, undefined, 1)}\n`);
console.log(`openstack: ${Object.keys(resources).length} types`);
