import type { PlannedResource } from "@kasbah/core";
import type { Service } from "../client.ts";
import type { Flavor } from "../cloud/compute.ts";

/** How much of each quota a plan takes, by service and the service's own word. */
export type Needs = ReadonlyMap<string, number>;

export const needKey = (service: Service, name: string): string => `${service} ${name}`;

/** One quota's name and how much of it one new resource takes. */
type Take = readonly [service: Service, name: string, amount: number];

/** What one new resource of a type takes. A type without a row takes nothing that has a quota. */
const TAKES: Readonly<Record<string, (resource: PlannedResource) => readonly Take[]>> = {
  "openstack:networking/network:Network": () => [["network", "network", 1]],
  "openstack:networking/subnet:Subnet": () => [["network", "subnet", 1]],
  "openstack:networking/router:Router": () => [["network", "router", 1]],
  "openstack:networking/routerInterface:RouterInterface": () => [["network", "port", 1]],
  "openstack:networking/port:Port": () => [["network", "port", 1]],
  "openstack:networking/floatingIp:FloatingIp": () => [["network", "floatingip", 1]],
  "openstack:networking/secGroup:SecGroup": () => [
    ["network", "security_group", 1],
    ["network", "security_group_rule", 2], // neutron makes two with it
  ],
  "openstack:networking/secGroupRule:SecGroupRule": () => [["network", "security_group_rule", 1]],
  "openstack:compute/serverGroup:ServerGroup": () => [["compute", "server_groups", 1]],
  "openstack:compute/instance:Instance": ({ inputs }) => [
    ["compute", "instances", 1],
    ["network", "port", ownPorts(inputs["networks"])],
  ],
  "openstack:blockstorage/volume:Volume": () => [["block-storage", "volumes", 1]],
  "openstack:loadbalancer/loadBalancer:LoadBalancer": () => [
    ["load-balancer", "load_balancer", 1],
    ["network", "port", 1],
  ],
  "openstack:loadbalancer/listener:Listener": () => [["load-balancer", "listener", 1]],
  "openstack:loadbalancer/pool:Pool": () => [["load-balancer", "pool", 1]],
  "openstack:loadbalancer/monitor:Monitor": () => [["load-balancer", "health_monitor", 1]],
  "openstack:keymanager/secretV1:SecretV1": () => [["key-manager", "secrets", 1]],
  "openstack:keymanager/orderV1:OrderV1": () => [
    ["key-manager", "orders", 1],
    ["key-manager", "secrets", 1],
  ],
};

/** Networks of a server for which nova makes a port. */
const ownPorts = (networks: unknown): number =>
  Array.isArray(networks) ? networks.filter((network) => !("port" in Object(network))).length : 0;

/** What a plan takes of each quota: all of what is new, and the growth of what is there. */
export const needsOf = (plan: readonly PlannedResource[], flavors: readonly Flavor[]): Needs => {
  const needs = new Map<string, number>();
  const take = ([service, name, amount]: Take): void => {
    const key = needKey(service, name);
    if (amount !== 0) needs.set(key, (needs.get(key) ?? 0) + amount);
  };
  for (const resource of plan) {
    if (resource.before === undefined) for (const one of TAKES[resource.type]?.(resource) ?? []) take(one);
    for (const one of growth(resource, flavors)) take(one);
  }
  return needs;
};

function* growth({ type, inputs, before }: PlannedResource, flavors: readonly Flavor[]): Generator<Take> {
  if (type === "openstack:blockstorage/volume:Volume") {
    const amount = sizeOf(inputs) - sizeOf(before);
    yield ["block-storage", "gigabytes", amount];
    const volumeType = inputs["volumeType"];
    if (typeof volumeType === "string") yield ["block-storage", `gigabytes_${volumeType}`, amount];
  }
  if (type === "openstack:compute/instance:Instance") {
    const [now, then] = [flavorOf(inputs, flavors), flavorOf(before, flavors)];
    yield ["compute", "cores", (now?.vcpus ?? 0) - (then?.vcpus ?? 0)];
    yield ["compute", "ram", (now?.ram ?? 0) - (then?.ram ?? 0)];
  }
}

const sizeOf = (inputs: PlannedResource["before"]): number => Number(inputs?.["size"] ?? 0);

/** The flavor that a server names. */
export const flavorOf = (inputs: PlannedResource["before"], flavors: readonly Flavor[]): Flavor | undefined =>
  flavors.find(({ id, name }) => name === inputs?.["flavorName"] || id === inputs?.["flavorId"]);
