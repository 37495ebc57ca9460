import { type Cloud, presetOf } from "@kasbah/component";
import { plainObjectStorageProblems, resolveObjectStorage } from "@kasbah/core";
import { Provider } from "@pulumi/azure-native/provider.js";
import { ObjectStorage, softDeleteProblems } from "./object-storage.ts";

export { ObjectStorage, type ObjectStorageArgs } from "./object-storage.ts";

/** Kasbah's layers on Azure. Credentials and subscription come from the environment, as Azure's own tools read them. */
export const azure: Cloud = {
  provider: (name, { region }, opts) => new Provider(name, { location: region }, opts),
  layers: {
    "object-storage": {
      problems: (args) => [
        ...plainObjectStorageProblems(args, "Azure"),
        ...softDeleteProblems(resolveObjectStorage(args, presetOf(args.scope))),
      ],
      create: (name, args, opts) => new ObjectStorage(name, args, opts),
    },
  },
};
