import { Component, type LayerArgs, type ObjectStorageOutputs, type Override, presetOf } from "@kasbah/component";
import {
  type ObjectStorageSpec,
  objectStorageProblems,
  type Place,
  type Problem,
  type Protection,
  type ResolvedObjectStorage,
  resolveObjectStorage,
} from "@kasbah/core";
import { Container, type ContainerArgs } from "@pulumi/openstack/objectstorage/container.js";
import type * as pulumi from "@pulumi/pulumi";
import { encryptionMark, encryptionProblems } from "./site.ts";

export interface ObjectStorageArgs extends LayerArgs, ObjectStorageSpec {
  readonly place: Place;
  /** Changes to the resources that this component makes. */
  readonly overrides?: {
    readonly container?: Override<ContainerArgs>;
  };
}

/**
 * A private container of OpenStack's object storage: versioned, and readable by the project's own members only, since
 * it has no access list. What Swift does not have is not promised:
 *
 * - `retentionDays` is a lower bound. Swift has no expiry of old versions by container: they stay until somebody deletes
 *   them. The metadata `kasbah-retention-days` records what was asked.
 * - Encryption is the place's, not the container's: confidential data in production is refused where the place does not
 *   declare `facts.encryptionAtRest`. The metadata `kasbah-encryption` records the claim.
 */
export class ObjectStorage extends Component implements ObjectStorageOutputs {
  readonly bucket: pulumi.Output<string>;

  constructor(name: string, args: ObjectStorageArgs, opts?: pulumi.ComponentResourceOptions) {
    super("openstack:ObjectStorage", name, args, opts);
    const spec = resolveObjectStorage(args, this.preset);
    this.reject([...objectStorageProblems(spec, this.preset), ...objectStoragePlaceProblems(args)]);

    const settings = containerArgs(spec, args.place, this.protection);
    const container = this.child(Container, "bucket", settings, { override: args.overrides?.container });

    this.bucket = container.name;
    this.registerOutputs({ bucket: this.bucket });
  }
}

/** What this place cannot do of what was asked. */
export const objectStoragePlaceProblems = (args: ObjectStorageArgs): Iterable<Problem> =>
  encryptionProblems(args.place, args.class, presetOf(args.scope));

/** A container with something in it is deleted in a throwaway environment only. */
const containerArgs = (
  { retentionDays }: ResolvedObjectStorage,
  place: Place,
  { deletionProtection }: Protection,
): ContainerArgs => ({
  versioning: true,
  forceDestroy: !deletionProtection,
  metadata: { "kasbah-retention-days": `${retentionDays}`, ...encryptionMark(place) },
});
