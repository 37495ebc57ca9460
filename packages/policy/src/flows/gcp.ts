import { at, flag, items, type Resource, text, UNKNOWN } from "../resource.ts";
import { copyOf, type Flow, type FlowReader, type FlowReaders, type Ref, toRegions } from "./flow.ts";

const INSTANCE = "gcp:sql/databaseInstance:DatabaseInstance";
const DISKS = ["gcp:compute/disk:Disk", "gcp:compute/regionDisk:RegionDisk"];
const BUCKETS = ["gcp:storage/bucket:Bucket"];

/** A copy that carries its own label, and whose source adds to it. */
const copy = (path: string, types: readonly string[], absent: string, source: string): FlowReader => ({
  read: ({ props }) =>
    copyOf("backup", { path, value: text(props, ...path.split(".")), types: types.map((type) => `gcp:${type}`) }),
  absent,
  source,
});

const sqlBackups = ({ props }: Resource): readonly Flow[] => {
  const path = ["settings", "backupConfiguration"];
  const enabled = at(props, ...path) === UNKNOWN ? UNKNOWN : flag(props, ...path, "enabled");
  if (enabled === undefined || enabled === false) return [];
  const location = text(props, ...path, "location");
  if (location !== undefined) return toRegions("backup", "settings.backupConfiguration.location", [location]);
  const words = "the multi-region that is closest to the instance";
  return [{ kind: "backup", path: "settings.backupConfiguration.location", target: { to: "elsewhere", words } }];
};

const sqlSource = ({ props }: Resource): readonly Flow[] =>
  [["masterInstanceName"], ["clone", "sourceInstanceName"]].flatMap((path) =>
    copyOf("replicate", { path: path.join("."), value: text(props, ...path), types: [INSTANCE] }),
  );

const schedule = ({ props }: Resource): readonly Flow[] => {
  const path = ["snapshotSchedulePolicy", "snapshotProperties", "storageLocations"];
  if (at(props, "snapshotSchedulePolicy") === undefined) return [];
  const locations = items(props, ...path);
  const words = "the multi-region that is closest to the disk";
  if (locations.length === 0) return [{ kind: "backup", path: path.join("."), target: { to: "elsewhere", words } }];
  return toRegions("backup", path.join("."), locations.map(location));
};

const location = (value: unknown) => (value === UNKNOWN ? UNKNOWN : typeof value === "string" ? value : undefined);

const transfer = ({ props }: Resource): readonly Flow[] => {
  const bucket = (path: string, types: readonly string[]): Ref => ({
    path,
    value: text(props, ...path.split(".")),
    types,
  });
  const sink = bucket("transferSpec.gcsDataSink.bucketName", BUCKETS);
  const sources = [
    bucket("transferSpec.gcsDataSource.bucketName", BUCKETS),
    bucket("transferSpec.awsS3DataSource.bucketName", ["aws:s3/bucket:Bucket"]),
  ].filter(({ value }) => value !== undefined);
  return sources.map((from) => ({ kind: "replicate", path: sink.path, from, target: { to: "ref", ref: sink } }));
};

/** Google Cloud. Multi-regions of buckets, data sets and secrets are their places: see `facts/region.ts`. */
export const gcpFlows: FlowReaders = {
  [INSTANCE]: {
    read: (resource) => [...sqlBackups(resource), ...sqlSource(resource)],
    absent: "backups are off; when on and without a location, they go to the multi-region closest to the instance",
    source: "Cloud SQL documentation, backup locations; Cloud SQL Admin API, BackupConfiguration",
  },
  "gcp:compute/snapshot:Snapshot": copy(
    "sourceDisk",
    ["compute/disk:Disk", "compute/regionDisk:RegionDisk"],
    "storageLocations absent: the multi-region closest to the source disk",
    "Compute Engine API, snapshots.insert storageLocations",
  ),
  "gcp:compute/image:Image": copy(
    "sourceDisk",
    ["compute/disk:Disk", "compute/regionDisk:RegionDisk"],
    "storageLocations absent: the multi-region closest to the source",
    "Compute Engine API, images.insert storageLocations",
  ),
  "gcp:compute/resourcePolicy:ResourcePolicy": {
    read: schedule,
    absent: "storageLocations absent: the multi-region closest to the disk",
    source: "Compute Engine documentation, scheduled snapshots: storage location",
  },
  "gcp:compute/disk:Disk": copy(
    "asyncPrimaryDisk.disk",
    ["compute/disk:Disk"],
    "not a secondary disk",
    "Compute Engine API, disks.insert asyncPrimaryDisk",
  ),
  "gcp:compute/diskAsyncReplication:DiskAsyncReplication": {
    read: ({ props }) => {
      const secondary: Ref = { path: "secondaryDisk.disk", value: text(props, "secondaryDisk", "disk"), types: DISKS };
      const from: Ref = { path: "primaryDisk", value: text(props, "primaryDisk"), types: DISKS };
      return [{ kind: "replicate", path: secondary.path, from, target: { to: "ref", ref: secondary } }];
    },
    absent: "both disks are required",
    source: "Compute Engine API, disks.startAsyncReplication",
  },
  "gcp:alloydb/cluster:Cluster": copy(
    "secondaryConfig.primaryClusterName",
    ["alloydb/cluster:Cluster"],
    "a primary cluster; continuous and automated backups stay in its location",
    "AlloyDB API, clusters.createsecondary",
  ),
  "gcp:alloydb/backup:Backup": copy(
    "clusterName",
    ["alloydb/cluster:Cluster"],
    "clusterName is required; the backup is in the resource's own location",
    "AlloyDB API, backups.create",
  ),
  "gcp:filestore/backup:Backup": copy(
    "sourceInstance",
    ["filestore/instance:Instance"],
    "sourceInstance is required; the backup is in the resource's own location",
    "Filestore API, backups.create",
  ),
  "gcp:storage/transferJob:TransferJob": {
    read: transfer,
    absent: "without a bucket as source nothing of the program leaves",
    source: "Storage Transfer Service API, TransferSpec",
  },
};
