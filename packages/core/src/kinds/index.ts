import { awsKinds } from "./aws.ts";
import { azureKinds } from "./azure.ts";
import { gcpKinds } from "./gcp.ts";
import type { Kind, Kinds } from "./kind.ts";
import { openstackKinds } from "./openstack.ts";

export type { Alphabet, Kind, KindName, Kinds, LabelPlace } from "./kind.ts";

/** Every resource type that Kasbah's layers make: how it is named, where its label sits, what it holds. */
export const KINDS: Kinds = { ...awsKinds, ...azureKinds, ...gcpKinds, ...openstackKinds };

/** @throws {Error} when a layer makes a type that has no row: a fault of Kasbah's, not of the caller. */
export const kindOf = (type: string): Kind => {
  const kind = KINDS[type];
  if (kind === undefined)
    throw new Error(`${type} has no row in packages/core/src/kinds: add it before a layer makes it`);
  return kind;
};
