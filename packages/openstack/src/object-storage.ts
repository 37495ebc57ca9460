import {
  Component,
  type LayerArgs,
  type ObjectStorageJoined,
  type ObjectStorageOutputs,
  type Override,
} from "@kasbah/component";
import {
  DEFAULT_RECOVERY,
  defined,
  type ObjectStorageSpec,
  objectStorageProblems,
  type Place,
  type ResolvedObjectStorage,
  type Rotation,
  resolveObjectStorage,
} from "@kasbah/core";
import { OrderV1 } from "@pulumi/openstack/keymanager/orderV1.js";
import { Container, type ContainerArgs } from "@pulumi/openstack/objectstorage/container.js";
import * as pulumi from "@pulumi/pulumi";
import { orderArgs } from "./bootstrap.ts";
import { accessArgs, CONTAINER, keptArgs, quotaOf } from "./container-args.ts";
import { Copies, type CopiesArgs, type CopyNetwork, type CopyVault } from "./copies.ts";
import { MachineUser } from "./machine-user.ts";
import { objectStoragePlaceProblems } from "./object-storage-problems.ts";

export interface ObjectStorageArgs extends LayerArgs, ObjectStorageSpec, ObjectStorageJoined<CopyNetwork, CopyVault> {
  readonly place: Place;
  /** When the hour of the copies' bootstrap credential begins. @default - now */
  readonly now?: Date;
  /** Changes to the resources that this component makes. */
  readonly overrides?: {
    readonly container?: Override<ContainerArgs>;
  };
}

/**
 * A private, versioned container of OpenStack's object storage. Who may read it: the project's own members, and whom
 * `access` names, each by S3 keys that open this one container and no other.
 *
 * - `retentionDays` is a lower bound. Swift has no lifecycle: old versions stay until somebody deletes them, and who may
 *   write may delete old versions too. The metadata `kasbah-retention-days` records what was asked. What has to outlive
 *   its writers goes to a vault: `backups`.
 * - `encryption: "place"` is the place's, not the container's: confidential data in production is refused where the
 *   place does not declare `facts.encryptionAtRest`. `encryption: "client"` makes a key in the key manager, and
 *   **whoever writes has to encrypt with it**: nothing here does it or checks it. The metadata say which of the two.
 * - With `vaults` a small server copies every object to each of them, see {@link Copies}.
 */
export class ObjectStorage extends Component implements ObjectStorageOutputs {
  readonly bucket: pulumi.Output<string>;
  /** Key-manager secrets with JSON `{"access","secret"}`, by name of the `access`. */
  readonly keysRefs: Readonly<Record<string, pulumi.Output<string>>> | undefined;
  /** Key-manager secret of 32 bytes for `encryption: "client"`. */
  readonly keyRef: pulumi.Output<string> | undefined;

  constructor(name: string, args: ObjectStorageArgs, opts?: pulumi.ComponentResourceOptions) {
    super("openstack:ObjectStorage", name, args, opts);
    const spec = resolveObjectStorage(args, this.preset);
    this.reject([...objectStorageProblems(spec, this.preset), ...objectStoragePlaceProblems(args)]);

    const users = spec.access.map((access) => ({ ...access, user: this.#user(name, args, access) }));
    const copier = (args.vaults ?? []).length === 0 ? undefined : this.#user(name, args, { name: "copies" });
    const key = spec.encryption === "client" ? this.#key() : undefined;
    const readers = [...users.map(({ user }) => user), ...(copier === undefined ? [] : [copier])].filter(isLimited);
    const writers = users.flatMap(({ mode, user }) => (mode === "write" && user.limited ? [user] : []));
    const open = accessArgs(readers.map(principalOf), writers.map(principalOf));
    const settings = { ...this.#containerArgs(spec, args.place, key), ...open };
    const bucket = this.child(Container, "bucket", settings, { override: args.overrides?.container });
    const bucketName = this.physicalName(CONTAINER, "bucket");
    if (users.length > 0) this.child(Container, "segments", { ...settings, name: `${bucketName}+segments` });
    if (copier !== undefined) this.#copies(name, args, { bucket: bucketName, reader: copier });

    this.bucket = bucket.name;
    const refs = Object.fromEntries(users.map((access) => [access.name, access.user.keysRef]));
    this.keysRefs = users.length === 0 ? undefined : refs;
    this.keyRef = key?.secretRef;
    this.registerOutputs({ bucket: this.bucket, keysRefs: this.keysRefs, keyRef: this.keyRef });
  }

  #user(name: string, args: ObjectStorageArgs, access: { readonly name: string } & Rotation): MachineUser {
    const { scope, class: level, datasets = [], place } = args;
    const { name: who, rotation, closed } = access;
    const settings = { scope, class: level, datasets, place, rotation, closed };
    return new MachineUser(`${name}-${who}`, settings, { parent: this });
  }

  #key(): OrderV1 {
    return this.child(OrderV1, "key", orderArgs(this.physicalName("openstack:keymanager/secretV1:SecretV1", "key")));
  }

  /** What was asked for, as far as Swift has it, and who encrypts. */
  #containerArgs({ retentionDays, quotaGiB }: ResolvedObjectStorage, place: Place, key: OrderV1 | undefined) {
    const { metadata, ...kept } = keptArgs(retentionDays, place, this.protection);
    const client = key === undefined ? {} : { "kasbah-encryption": "client", "kasbah-key-ref": key.secretRef };
    return { ...kept, versioning: true, metadata: { ...metadata, ...client, ...quotaOf(quotaGiB) } };
  }

  #copies(name: string, args: ObjectStorageArgs, source: Pick<CopiesArgs, "bucket" | "reader">): void {
    const { scope, class: level, datasets = [], place, network, vaults = [], recovery, now } = args;
    if (network === undefined) throw new pulumi.ResourceError("copies need the network of their place", this, true);
    const settings = { scope, class: level, datasets, place, network, vaults, ...source, ...defined({ now }) };
    new Copies(`${name}-copies`, { ...settings, recovery: recovery ?? DEFAULT_RECOVERY[level] }, { parent: this });
  }
}

const isLimited = ({ limited }: MachineUser): boolean => limited;
const principalOf = ({ principal }: MachineUser): pulumi.Output<string> => principal;
