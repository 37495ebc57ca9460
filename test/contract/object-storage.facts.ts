import { objectStorage as aws } from "./aws/object-storage.ts";
import { objectStorage as azure } from "./azure/object-storage.ts";
import type { Readers } from "./fact.ts";
import { objectStorage as gcp } from "./gcp/object-storage.ts";
import { objectStorage as openstack } from "./openstack/object-storage.ts";

/** What object storage promises. */
export const OBJECT_STORAGE = {
  encrypted: "objects are encrypted at rest",
  ownKey: "the key belongs to the owner's account",
  keyTurns: "the key turns by itself",
  keyWaits: "a key ordered away stays 30 days",
  closed: "no way opens it to the public",
  policiesOnly: "only policies say who reads: no access lists, no shared keys",
  tls: "only TLS is spoken",
  versioned: "an overwritten object stays as an old version",
  retention: "old versions are kept as long as declared",
  unfinished: "unfinished uploads do not stay for ever",
  noCopy: "nothing copies objects elsewhere",
  undeletable: "it is not deleted while it holds data",
} as const;

/** The readers, one a cloud. A cloud that gets this layer adds its row, and its record to `scene.ts`. */
export const objectStorageReaders: Readers<keyof typeof OBJECT_STORAGE> = { aws, azure, gcp, openstack };
