import type { Cloud } from "@kasbah/component";
import { plainObjectStorageProblems } from "@kasbah/core";
import { Provider } from "@pulumi/gcp/provider.js";
import { ObjectStorage } from "./object-storage.ts";
import { projectOf } from "./place.ts";

export { ObjectStorage, type ObjectStorageArgs } from "./object-storage.ts";

/** Kasbah's layers on Google Cloud. Credentials come from the environment, as Google's own tools read them. */
export const gcp: Cloud = {
  provider: (name, place, opts) => new Provider(name, { ...projectOf(place), region: place.region }, opts),
  layers: {
    "object-storage": {
      problems: (args) => plainObjectStorageProblems(args, "Google Cloud"),
      create: (name, args, opts) => new ObjectStorage(name, args, opts),
    },
  },
};
