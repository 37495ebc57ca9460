import { split } from "../facts/check.ts";
import { resolve } from "../facts/reference.ts";
import type { Ref } from "../flows/flow.ts";
import { at, items, keysOf, type Resource, text, UNKNOWN } from "../resource.ts";
import type { World } from "../world.ts";

/** Something that a resource wants beside it. */
export interface Missing {
  readonly concern: "backup";
  readonly path: string;
  readonly wanted: string;
  readonly found: string;
}

/** A type that gives another what it wants, and by which property it names it. */
interface Companion {
  readonly type: string;
  readonly path: string;
  readonly opaque?: true;
}

interface Need {
  readonly concern: Missing["concern"];
  /** Any of these. */
  readonly by: readonly Companion[];
  /** A backup plan's selection does too. */
  readonly selection?: true;
  readonly path: string;
  readonly wanted: string;
  /** What the provider does without it. */
  readonly found: string;
  readonly source: string;
}

const BUCKET: Need = {
  concern: "backup",
  by: [{ type: "aws:s3/bucketVersioning:BucketVersioning", path: "bucket" }],
  selection: true,
  path: "versioning",
  wanted: "a BucketVersioning that keeps old versions",
  found: "none: what is overwritten is lost",
  source: "Amazon S3 User Guide, versioning: off unless turned on",
};

/** What a type wants beside it. Each companion's own properties are checked by the tables. */
export const NEEDS: ReadonlyMap<string, Need> = new Map<string, Need>([
  ["aws:s3/bucket:Bucket", BUCKET],
  [
    "aws:efs/fileSystem:FileSystem",
    {
      concern: "backup",
      by: [{ type: "aws:efs/backupPolicy:BackupPolicy", path: "fileSystemId", opaque: true }],
      selection: true,
      path: "backup",
      wanted: "a BackupPolicy, or a selection of a backup plan",
      found: "none: there are no backups",
      source: "Amazon EFS User Guide, automatic backups: off when made by the API",
    },
  ],
  [
    "openstack:objectstorage/container:Container",
    {
      concern: "backup",
      by: [{ type: "openstack:objectstorage/container:Container", path: "versioningLegacy.location" }],
      path: "versioning",
      wanted: "versioning, or a container that keeps its history here",
      found: "none: what is overwritten is lost",
      source: "OpenStack Object Storage API v1, versioning: off unless turned on",
    },
  ],
  [
    "azure-native:storage:StorageAccount",
    {
      concern: "backup",
      by: [
        { type: "azure-native:storage:BlobServiceProperties", path: "accountName" },
        { type: "azure-native:storage:FileServiceProperties", path: "accountName" },
      ],
      path: "blobServices",
      wanted: "BlobServiceProperties that keep old versions and what was deleted",
      found: "none: what is overwritten is lost",
      source: "Azure Storage documentation, data protection: versioning and soft delete are off unless turned on",
    },
  ],
]);

const SELECTION = "aws:backup/selection:Selection";

/** What of a resource's needs nothing in the estate meets. Of a resource that keeps its own versions, none. */
export const missingIn = (resource: Resource, concern: Missing["concern"], world: World): readonly Missing[] => {
  const need = NEEDS.get(resource.type);
  if (need === undefined || need.concern !== concern || keepsItself(resource)) return [];
  if (need.by.some((companion) => isBeside(companion, resource, world))) return [];
  if (need.selection === true && world.estate.ofType(SELECTION).some((one) => selects(one, resource, world))) return [];
  return [{ concern, path: need.path, wanted: need.wanted, found: need.found }];
};

/** Older versions of AWS's provider had it inside; Swift has it inside. */
const keepsItself = ({ props }: Resource): boolean =>
  at(props, "versioning") === true ||
  at(props, "versioning", "enabled") === true ||
  at(props, "versioningLegacy") !== undefined;

/** Whether some companion means this resource. Who they mean is found out once for all of them. */
const isBeside = ({ type, path, opaque }: Companion, resource: Resource, world: World): boolean => {
  const known = world.memory.companions.get(type);
  if (known !== undefined) return known.has(resource);
  const meant = new Set<Resource>();
  for (const companion of world.estate.ofType(type)) {
    const ref: Ref = { path, value: text(companion.props, ...split(path)), types: [...NEEDS.keys()] };
    const found = resolve(opaque === undefined ? ref : { ...ref, opaque }, companion, world);
    if (found.kind === "found") for (const one of found.resources) meant.add(one);
  }
  world.memory.companions.set(type, meant);
  return meant.has(resource);
};

/** A selection of a backup plan: everything, by ARN, or by a tag. */
const selects = (selection: Resource, resource: Resource, world: World): boolean => {
  const { props } = selection;
  const listed = items(props, "resources");
  if (listed.includes("*")) return true;
  const named = listed.some((one) => {
    const value = one === UNKNOWN || typeof one === "string" ? one : undefined;
    const found = resolve({ path: "resources", value, types: [resource.type] }, selection, world);
    return found.kind === "found" && found.resources.includes(resource);
  });
  if (named) return true;
  const tags = at(resource.props, "tags");
  return items(props, "selectionTags").some((tag) => {
    const key = text(tag, "key");
    return typeof key === "string" && keysOf(tags).includes(key) && text(tags, key) === text(tag, "value");
  });
};
