import type { FlowKind } from "@kasbah/core";
import { items, type Resource, type Text, text, UNKNOWN } from "../resource.ts";
import { copyOf, type Flow, type FlowReader, type FlowReaders, type Ref, toRegions } from "./flow.ts";

/** A copy in the paired region, which Azure chooses. */
const toPair = (kind: FlowKind, path: string, geo: boolean): readonly Flow[] =>
  geo ? [{ kind, path, target: { to: "pair" } }] : [];

/** Whether a word is there that turns something on. One that is not known yet may be. */
const turnsOn = (value: Text, pattern: RegExp): boolean =>
  value === UNKNOWN || (value !== undefined && pattern.test(value));

/** Whether a word is there that turns a default off. One that is not known yet may not be. */
const turnsOff = (value: Text, pattern: RegExp): boolean => typeof value === "string" && pattern.test(value);

const ACCOUNTS = ["azure-native:storage:StorageAccount"];
const account = (path: string, props: unknown): Ref => ({ path, value: text(props, path), types: ACCOUNTS });

const server: FlowReader = {
  read: (resource) => [
    ...toPair(
      "backup",
      "backup.geoRedundantBackup",
      turnsOn(text(resource.props, "backup", "geoRedundantBackup"), /^enabled$/i),
    ),
    ...copyOf("replicate", {
      path: "sourceServerResourceId",
      value: text(resource.props, "sourceServerResourceId"),
      types: [resource.type],
    }),
  ],
  absent: "geoRedundantBackup absent: Disabled; createMode absent: a new server without a source",
  source: "Azure Database for PostgreSQL and MySQL, flexible server REST API, Servers - Create",
};

const vault: FlowReader = {
  read: ({ props }) => {
    const path = "properties.redundancySettings.standardTierStorageRedundancy";
    return toPair("backup", path, !turnsOff(text(props, ...path.split(".")), /^(locally|zone)redundant$/i));
  },
  absent: "redundancySettings absent: GeoRedundant",
  source: "Azure Backup documentation: Recovery Services vaults are geo-redundant unless set otherwise",
};

const cosmos: FlowReader = {
  read: (resource) => {
    const path = "backupPolicy.periodicModeProperties.backupStorageRedundancy";
    const periodic = !turnsOff(text(resource.props, "backupPolicy", "type"), /^continuous$/i);
    const redundancy = text(resource.props, ...path.split("."));
    return [
      ...toRegions(
        "replicate",
        "locations.locationName",
        items(resource.props, "locations").map((location) =>
          location === UNKNOWN ? UNKNOWN : text(location, "locationName"),
        ),
      ),
      ...toPair("backup", path, periodic && !turnsOff(redundancy, /^(local|zone)$/i)),
    ];
  },
  absent: "backupPolicy absent: periodic, with geo-redundant storage",
  source: "Azure Cosmos DB documentation, periodic backup storage redundancy",
};

/** Azure, by its native provider. */
export const azureFlows: FlowReaders = {
  "azure-native:storage:StorageAccount": {
    read: (resource) => toPair("replicate", "sku.name", turnsOn(text(resource.props, "sku", "name"), /_(RA)?GZ?RS$/i)),
    absent: "sku is required; LRS and ZRS stay in the region",
    source: "Azure Storage documentation, redundancy: GRS, RA-GRS, GZRS, RA-GZRS copy to the paired region",
  },
  "azure-native:storage:ObjectReplicationPolicy": {
    read: ({ props }) => [
      {
        kind: "replicate",
        path: "destinationAccount",
        from: account("sourceAccount", props),
        target: { to: "ref", ref: account("destinationAccount", props) },
      },
    ],
    absent: "both accounts are required",
    source: "Azure Storage REST API, Object Replication Policies - Create Or Update",
  },
  "azure-native:dbforpostgresql:Server": server,
  "azure-native:dbformysql:Server": server,
  "azure-native:recoveryservices:Vault": vault,
  "azure-native:dataprotection:BackupVault": {
    read: (resource) => [
      ...items(resource.props, "properties", "storageSettings").flatMap((setting) =>
        toPair(
          "backup",
          "properties.storageSettings.type",
          setting === UNKNOWN || turnsOn(text(setting, "type"), /^georedundant$/i),
        ),
      ),
      ...toRegions(
        "backup",
        "properties.replicatedRegions",
        items(resource.props, "properties", "replicatedRegions").map((region) =>
          region === UNKNOWN || typeof region === "string" ? region : undefined,
        ),
      ),
    ],
    absent: "storageSettings is required; replicatedRegions absent: none",
    source: "Azure Data Protection REST API, Backup Vaults - Create Or Update",
  },
  "azure-native:sql:Database": {
    read: (resource) => [
      ...toPair(
        "backup",
        "requestedBackupStorageRedundancy",
        !turnsOff(text(resource.props, "requestedBackupStorageRedundancy"), /^(local|zone)$/i),
      ),
      ...copyOf("replicate", {
        path: "sourceDatabaseId",
        value: text(resource.props, "sourceDatabaseId"),
        types: ["azure-native:sql:Database"],
      }),
    ],
    absent: "requestedBackupStorageRedundancy absent: Geo",
    source: "Azure SQL documentation, automated backups: geo-redundant storage is the default",
  },
  "azure-native:sql:FailoverGroup": {
    read: ({ props }) =>
      items(props, "partnerServers").map((partner): Flow => {
        const types = ["azure-native:sql:Server"];
        const value = partner === UNKNOWN ? UNKNOWN : text(partner, "id");
        return {
          kind: "replicate",
          path: "partnerServers.id",
          from: { path: "serverName", value: text(props, "serverName"), types },
          target: { to: "ref", ref: { path: "partnerServers.id", value, types } },
        };
      }),
    absent: "partnerServers is required",
    source: "Azure SQL REST API, Failover Groups - Create Or Update",
  },
  "azure-native:cosmosdb:DatabaseAccount": cosmos,
  "azure-native:containerregistry:Replication": {
    read: ({ props }) =>
      copyOf("replicate", {
        path: "registryName",
        value: text(props, "registryName"),
        types: ["azure-native:containerregistry:Registry"],
      }),
    absent: "registryName is required; the copy is in the resource's own location",
    source: "Azure Container Registry REST API, Replications - Create",
  },
  ...Object.fromEntries(
    ["azure-native:compute:Disk", "azure-native:compute:Snapshot"].map((type) => [
      type,
      {
        read: ({ props }: Resource) =>
          copyOf("backup", {
            path: "creationData.sourceResourceId",
            value: text(props, "creationData", "sourceResourceId"),
            types: ["azure-native:compute:Disk", "azure-native:compute:Snapshot"],
          }),
        absent: "sourceResourceId absent: not a copy",
        source: "Azure Compute REST API, CreationData: CopyStart copies from another region",
      },
    ]),
  ),
};
