import { at, flag, items, type Text, text, UNKNOWN } from "../resource.ts";

/** Where a resource says that it is: regions (all of them count), or words for what has none. */
export type Said = readonly Text[] | { readonly words: string };

const list = (props: unknown, ...path: readonly string[]): readonly Text[] =>
  items(props, ...path).map((item) => (item === UNKNOWN || typeof item === "string" ? item : undefined));

const orElse = (regions: readonly Text[], words: string): Said => (regions.length > 0 ? regions : { words });

const closest = "the multi-region that is closest to its source";
const stored = (props: unknown): Said => orElse(list(props, "storageLocations"), closest);
const copied = (props: unknown): Said => [text(props, "destinationRegion") ?? text(props, "region")];

/** Types that say where they are in a way of their own. Of all others `location`, `region` and `zone` are read. */
export const OWN_REGION: Readonly<Record<string, (props: unknown) => Said>> = {
  "aws:rds/snapshotCopy:SnapshotCopy": copied, // Amazon RDS API, CopyDBSnapshot
  "aws:rds/clusterSnapshotCopy:ClusterSnapshotCopy": copied,
  "gcp:storage/bucket:Bucket": (props) => {
    // Cloud Storage, bucket locations: a dual-region's data are in both regions
    const dual = list(props, "customPlacementConfig", "dataLocations");
    return dual.length > 0 ? dual : [text(props, "location")];
  },
  "gcp:secretmanager/secret:Secret": (props) => {
    // Secret Manager, replication policies: automatic has no restriction of place
    const replicas = items(props, "replication", "userManaged", "replicas");
    if (at(props, "replication", "auto") !== undefined || flag(props, "replication", "automatic") === true) {
      return { words: "anywhere, by automatic replication" };
    }
    return replicas.map((replica) => (replica === UNKNOWN ? UNKNOWN : text(replica, "location")));
  },
  "gcp:compute/snapshot:Snapshot": stored, // Compute Engine API, snapshots.insert
  "gcp:compute/image:Image": stored,
  "gcp:bigquery/dataset:Dataset": (props) => [text(props, "location") ?? "US"], // BigQuery API: default US
  "gcp:firestore/database:Database": (props) => [text(props, "locationId")],
  "gcp:spanner/instance:Instance": (props) => {
    const config = text(props, "config");
    return [typeof config === "string" ? config.replace(/^.*\//, "").replace(/^regional-/, "") : config];
  },
  "gcp:bigtable/instance:Instance": (props) =>
    items(props, "clusters").map((cluster) => (cluster === UNKNOWN ? UNKNOWN : text(cluster, "zone"))),
};

const ACCOUNT = { path: "accountName", types: ["azure-native:storage:StorageAccount"] } as const;
const VAULT = { path: "vaultName", types: ["azure-native:keyvault:Vault"] } as const;

/** Types that are where another resource is. */
export const REGION_OF_OTHER: Readonly<Record<string, { readonly path: string; readonly types: readonly string[] }>> = {
  "azure-native:storage:BlobContainer": ACCOUNT,
  "azure-native:storage:FileShare": ACCOUNT,
  "azure-native:storage:Queue": ACCOUNT,
  "azure-native:storage:Table": ACCOUNT,
  "azure-native:sql:Database": { path: "serverName", types: ["azure-native:sql:Server"] },
  "azure-native:keyvault:Key": VAULT,
  "azure-native:keyvault:Secret": VAULT,
  "gcp:kms/cryptoKey:CryptoKey": { path: "keyRing", types: ["gcp:kms/keyRing:KeyRing"] },
};
