import { type Cloud, presetOf } from "@kasbah/component";
import { Provider } from "@pulumi/openstack/provider.js";
import { Iam } from "./iam.ts";
import { iamPlaceProblems } from "./iam-problems.ts";
import { Network } from "./network.ts";
import { networkPlaceProblems } from "./network-problems.ts";
import { ObjectStorage } from "./object-storage.ts";
import { objectStoragePlaceProblems } from "./object-storage-problems.ts";
import { Postgres } from "./postgres.ts";
import { needsSigningKey, postgresPlaceProblems, postgresVaults } from "./postgres-problems.ts";
import { providerArgs } from "./provider.ts";
import { Vault } from "./vault.ts";
import { vaultPlaceProblems } from "./vault-problems.ts";

export { Iam, type IamArgs } from "./iam.ts";
export { type BalancedPort, LoadBalancer, type LoadBalancerArgs } from "./load-balancer.ts";
export { MachineUser, type MachineUserArgs } from "./machine-user.ts";
export { Network, type NetworkArgs } from "./network.ts";
export { ObjectStorage, type ObjectStorageArgs } from "./object-storage.ts";
export { Postgres, type PostgresArgs, type PostgresNetwork, type PostgresVault } from "./postgres.ts";
export { Vault, type VaultArgs } from "./vault.ts";

/** Kasbah's layers on OpenStack. Credentials come from the environment, as OpenStack's own tools read them. */
export const openstack: Cloud<Network, Vault> = {
  provider: (name, place, opts) => new Provider(name, providerArgs(place), opts),
  layers: {
    network: { problems: networkPlaceProblems, create: (name, args, opts) => new Network(name, args, opts) },
    iam: { problems: iamPlaceProblems, create: (name, args, opts) => new Iam(name, args, opts) },
    "object-storage": {
      problems: objectStoragePlaceProblems,
      vaults: ({ scope }) => ({ own: false, others: presetOf(scope) === "production" }),
      create: (name, args, opts) => new ObjectStorage(name, args, opts),
    },
    backup: {
      // who writes to it says whether its own place can keep the keys
      problems: (args) => vaultPlaceProblems(args, false),
      create: (name, args, opts) => new Vault(name, args, opts),
    },
    postgres: {
      problems: postgresPlaceProblems,
      needsSigningKey,
      vaults: postgresVaults,
      create: (name, args, opts) => new Postgres(name, args, opts),
    },
  },
};
