import { type Resource, text, UNKNOWN } from "../resource.ts";
import type { World } from "../world.ts";
import { hostOf, placeOfHost } from "./hosts.ts";
import { named, type Where, whereOf } from "./region.ts";

/** Types that are a Kubernetes cluster, or hand out how to reach one. */
const CLUSTERS = [
  "aws:eks/cluster:Cluster",
  "azure-native:containerservice:ManagedCluster",
  "gcp:container/cluster:Cluster",
  "openstack:containerinfra/cluster:Cluster",
] as const;

/**
 * Where a cluster is: by the context's word for its provider or stack; by the cluster that the provider's kubeconfig
 * comes from; by the address in it.
 */
export const whereOfCluster = (resource: Resource, world: World): readonly Where[] => {
  const { estate, follow } = world;
  const { provider, stack } = resource;
  const props = provider?.props;
  const names = [provider?.name, text(props, "context"), text(props, "cluster"), stack];
  for (const name of names) {
    const place = typeof name === "string" ? estate.context.clusters?.[name] : undefined;
    if (place !== undefined) return [{ kind: "place", name: place }];
  }
  const config = text(props, "kubeconfig");
  const home = provider?.urn === undefined ? undefined : estate.get(provider.urn);
  if (home !== undefined && follow !== undefined) {
    const clusters = follow(home, "kubeconfig", CLUSTERS);
    if (clusters.length > 0) return clusters.flatMap((cluster) => whereOf(cluster, world));
  }
  if (config === UNKNOWN && follow === undefined) return [{ kind: "pending", path: "provider.kubeconfig" }];
  const server = typeof config === "string" ? /\bserver["']?\s*:\s*["']?([^\s"',]+)/.exec(config)?.[1] : undefined;
  if (server !== undefined) {
    const place = placeOfHost(hostOf(server), world);
    if (place.kind === "region") return [named(place.cloud, place.region, "provider.kubeconfig")];
    if (place.kind === "declared") return [{ kind: "place", name: place.name }];
  }
  const only = CLUSTERS.flatMap((type) => estate.ofType(type));
  const [single] = only;
  if (single !== undefined && only.length === 1 && provider === undefined) return whereOf(single, world);
  return [{ kind: "cluster" }];
};
