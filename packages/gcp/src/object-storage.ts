import { Component, type LayerArgs, type ObjectStorageOutputs, type Override } from "@kasbah/component";
import {
  type ObjectStorageSpec,
  objectStorageProblems,
  type Place,
  type Preset,
  resolveObjectStorage,
} from "@kasbah/core";
import { CryptoKey, type CryptoKeyArgs } from "@pulumi/gcp/kms/cryptoKey.js";
import { CryptoKeyIAMMember } from "@pulumi/gcp/kms/cryptoKeyIAMMember.js";
import { KeyRing } from "@pulumi/gcp/kms/keyRing.js";
import { Bucket, type BucketArgs } from "@pulumi/gcp/storage/bucket.js";
import { getProjectServiceAccountOutput } from "@pulumi/gcp/storage/getProjectServiceAccount.js";
import * as pulumi from "@pulumi/pulumi";
import { bucketArgs, KEY } from "./object-storage-args.ts";
import { projectOf } from "./place.ts";

export interface ObjectStorageArgs extends LayerArgs, ObjectStorageSpec {
  readonly place: Place;
  /** Changes to the resources that this component makes. */
  readonly overrides?: {
    readonly key?: Override<CryptoKeyArgs>;
    readonly bucket?: Override<BucketArgs>;
  };
}

/**
 * A private bucket on Cloud Storage in one region: versioned, closed to the public, without access lists. In production
 * under a key of its own. A throwaway one is under Google's key, because a key ring can never be deleted and would stand
 * in the way of the second `up`.
 */
export class ObjectStorage extends Component implements ObjectStorageOutputs {
  readonly bucket: pulumi.Output<string>;

  constructor(name: string, args: ObjectStorageArgs, opts?: pulumi.ComponentResourceOptions) {
    super("gcp:ObjectStorage", name, args, opts);
    const spec = resolveObjectStorage(args, this.preset);
    this.reject(objectStorageProblems(spec, this.preset));

    const keyed = OWN_KEY[this.preset] ? this.#key(args) : undefined;
    const settings = { ...projectOf(args.place), ...bucketArgs(spec, args.place.region, this.protection, keyed?.key) };
    const after = { dependsOn: keyed === undefined ? [] : [keyed.grant] };
    const bucket = this.child(Bucket, "bucket", settings, { override: args.overrides?.bucket, ...after });

    this.bucket = bucket.name;
    this.registerOutputs({ bucket: this.bucket });
  }

  /** A key in the same region, and the leave to use it for Cloud Storage's own account of the project. */
  #key({ place, overrides }: ObjectStorageArgs): { key: CryptoKey; grant: CryptoKeyIAMMember } {
    const project = projectOf(place);
    const ring = this.child(KeyRing, "ring", { ...project, location: place.region });
    const key = this.child(CryptoKey, "key", { keyRing: ring.id, ...KEY }, { override: overrides?.key });
    const { emailAddress } = getProjectServiceAccountOutput(project, { parent: this });
    const grant = this.child(CryptoKeyIAMMember, "grant", {
      cryptoKeyId: key.id,
      role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
      member: pulumi.interpolate`serviceAccount:${emailAddress}`,
    });
    return { key, grant };
  }
}

const OWN_KEY: Readonly<Record<Preset, boolean>> = { production: true, throwaway: false };
