import type { KindName, Kinds } from "./kind.ts";

/** OpenStack names are for people: 255 letters, not unique. Ours are exact, so that a lookup finds one. */
const named = (source: string): KindName => ({ property: "name", max: 63, alphabet: "dns", scope: "none", source });
const network = named("OpenStack Networking API v2, name: at most 255");
const balancer = named("OpenStack Load Balancing API v2, name: at most 255");

/** Names of the identity service are unique, and people see them. */
const identity = (what: string): KindName => ({
  property: "name",
  max: 63,
  alphabet: "dns",
  scope: "account",
  source: `OpenStack Identity API v3, ${what}`,
});

export const openstackKinds: Kinds = {
  "openstack:networking/network:Network": { label: "string-tags", name: network },
  "openstack:networking/subnet:Subnet": { label: "string-tags", name: network },
  "openstack:networking/router:Router": { label: "string-tags", name: network },
  "openstack:networking/routerInterface:RouterInterface": { label: "none" },
  "openstack:networking/secGroup:SecGroup": { label: "string-tags", name: network },
  "openstack:networking/secGroupRule:SecGroupRule": { label: "none" },
  "openstack:networking/port:Port": { label: "string-tags", name: network, deleteBeforeReplace: true },
  "openstack:compute/instance:Instance": {
    label: "metadata",
    holdsData: true,
    deleteBeforeReplace: true, // a port or a volume has one server at a time
    name: named("OpenStack Compute API, server name: at most 255"),
  },
  "openstack:compute/volumeAttach:VolumeAttach": { label: "none", deleteBeforeReplace: true },
  "openstack:compute/serverGroup:ServerGroup": {
    label: "none",
    name: named("OpenStack Compute API, server group name: at most 255"),
  },
  "openstack:blockstorage/volume:Volume": {
    label: "metadata",
    holdsData: true,
    stateful: true,
    name: named("OpenStack Block Storage API v3, name: at most 255"),
  },
  "openstack:objectstorage/container:Container": {
    label: "metadata",
    holdsData: true,
    stateful: true,
    name: {
      property: "name",
      max: 63,
      alphabet: "dns",
      scope: "account",
      source: "OpenStack Object Storage API v1, container: at most 256; 63 keeps it a valid S3 bucket",
    },
  },
  // Its metadata could carry a label, but the provider (v1.54) empties an object when its metadata alone change.
  "openstack:objectstorage/containerObject:ContainerObject": { label: "none" },
  "openstack:loadbalancer/loadBalancer:LoadBalancer": { label: "string-tags", name: balancer },
  "openstack:loadbalancer/listener:Listener": { label: "string-tags", name: balancer },
  "openstack:loadbalancer/pool:Pool": { label: "none", name: balancer },
  "openstack:loadbalancer/member:Member": { label: "none", name: balancer },
  "openstack:loadbalancer/monitor:Monitor": { label: "none", name: balancer },
  "openstack:identity/project:Project": {
    label: "string-tags",
    deleteBeforeReplace: true, // two of one name are refused
    name: identity("project: unique within its domain"),
  },
  "openstack:identity/user:User": {
    label: "none",
    deleteBeforeReplace: true, // two of one name are refused
    name: identity("user: unique within its domain"),
  },
  "openstack:identity/roleAssignment:RoleAssignment": { label: "none" },
  "openstack:identity/ec2CredentialV3:Ec2CredentialV3": { label: "none" },
  "openstack:identity/applicationCredential:ApplicationCredential": {
    label: "none",
    deleteBeforeReplace: true, // two of one name are refused
    name: identity("application credential: unique for the user"),
  },
  "openstack:keymanager/secretV1:SecretV1": {
    label: "metadata",
    holdsData: true,
    stateful: true,
    name: named("OpenStack Key Manager API v1"),
  },
  "openstack:keymanager/orderV1:OrderV1": { label: "none", stateful: true },
};
