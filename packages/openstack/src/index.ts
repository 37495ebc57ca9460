import type { Cloud } from "@kasbah/component";
import type { Place } from "@kasbah/core";
import { Provider, type ProviderArgs } from "@pulumi/openstack/provider.js";
import { Network } from "./network.ts";
import { ObjectStorage, objectStoragePlaceProblems } from "./object-storage.ts";
import { Postgres } from "./postgres.ts";
import { postgresPlaceProblems } from "./postgres-problems.ts";
import { optional, settingsOf } from "./site.ts";

export { Network, type NetworkArgs } from "./network.ts";
export { ObjectStorage, type ObjectStorageArgs } from "./object-storage.ts";
export { Postgres, type PostgresArgs, type PostgresNetwork } from "./postgres.ts";

/** Kasbah's layers on OpenStack. Credentials come from the environment, as OpenStack's own tools read them. */
export const openstack: Cloud<Network> = {
  provider: (name, place, opts) => new Provider(name, providerArgs(place), opts),
  layers: {
    network: { create: (name, args, opts) => new Network(name, args, opts) },
    "object-storage": {
      problems: objectStoragePlaceProblems,
      create: (name, args, opts) => new ObjectStorage(name, args, opts),
    },
    postgres: { problems: postgresPlaceProblems, create: (name, args, opts) => new Postgres(name, args, opts) },
  },
};

const providerArgs = (place: Place): ProviderArgs => {
  const { authUrl, cloud, caCertificate } = settingsOf(place);
  return {
    region: place.region,
    ...optional("authUrl", authUrl),
    ...optional("cloud", cloud),
    ...optional("cacertFile", caCertificate),
  };
};
