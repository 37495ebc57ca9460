import type { Cloud } from "./row.ts";

const LOADERS: Readonly<Record<string, () => Promise<{ readonly cloud: Cloud }>>> = {
  aws: () => import("./aws.ts"),
  "azure-native": () => import("./azure.ts"),
  gcp: () => import("./gcp.ts"),
  openstack: () => import("./openstack.ts"),
};

/** Packages that the simulated cloud serves. */
export const PACKAGES: readonly string[] = Object.keys(LOADERS);

/** Everything known of a package. Only the one that is asked for is loaded. */
export async function cloudOf(name: string): Promise<Cloud> {
  const load = LOADERS[name];
  if (!load) throw new Error(`no simulated cloud for ${JSON.stringify(name)}; there are ${PACKAGES.join(", ")}`);
  return (await load()).cloud;
}
