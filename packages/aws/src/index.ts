import type { Cloud } from "@kasbah/component";
import { plainObjectStorageProblems } from "@kasbah/core";
import { Provider } from "@pulumi/aws/provider.js";
import { Network } from "./network.ts";
import { ObjectStorage } from "./object-storage.ts";
import { Postgres } from "./postgres.ts";

export { Network, type NetworkArgs } from "./network.ts";
export { ObjectStorage, type ObjectStorageArgs } from "./object-storage.ts";
export { Postgres, type PostgresArgs, type PostgresNetwork } from "./postgres.ts";

/** Kasbah's layers on AWS. Credentials come from the environment, as AWS's own tools read them. */
export const aws: Cloud<Network> = {
  provider: (name, { region }, opts) => new Provider(name, { region }, opts),
  layers: {
    network: { create: (name, args, opts) => new Network(name, args, opts) },
    "object-storage": {
      problems: (args) => plainObjectStorageProblems(args, "AWS"),
      create: (name, args, opts) => new ObjectStorage(name, args, opts),
    },
    postgres: { create: (name, args, opts) => new Postgres(name, args, opts) },
  },
};
