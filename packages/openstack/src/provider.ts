import { defined, type Place } from "@kasbah/core";
import { Provider, type ProviderArgs } from "@pulumi/openstack/provider.js";
import type * as pulumi from "@pulumi/pulumi";
import { settingsOf } from "./site.ts";

/** Who acts, and on which cloud. Credentials come from the environment, as OpenStack's own tools read them. */
export const providerArgs = (place: Place): ProviderArgs => {
  const { authUrl, cloud, caCertificate, capabilities } = settingsOf(place);
  // Without it the provider asks neutron's old load balancers; with it, it warns at every run.
  const useOctavia = capabilities.loadBalancer === true ? true : undefined;
  return { region: place.region, ...defined({ authUrl, cloud, cacertFile: caCertificate, useOctavia }) };
};

/**
 * The same user in another project of the same cloud. A `clouds.yaml` entry or an application credential names its own
 * project and would silently win: `cloud` is emptied here, and who uses this compares the project that it got.
 */
export const projectProvider = (
  name: string,
  place: Place,
  projectId: pulumi.Input<string>,
  opts: pulumi.ResourceOptions,
): Provider => new Provider(name, { ...providerArgs(place), cloud: "", tenantId: projectId }, opts);
