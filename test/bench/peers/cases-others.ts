import { type Case, LABEL, type Resource } from "./case.ts";

const one = (type: string, name: string, values: object): readonly Resource[] => [
  { type, name, values: { ...values } },
];

const GOOGLE_LABEL = { labels: LABEL };

export const OTHERS: readonly Case[] = [
  {
    name: "geo-redundant storage (Azure)",
    what: "GRS in westeurope: the pair northeurope is in another country",
    rules: ["keep-copies-in-permitted-places"],
    estate: (breach) => ({
      terraform: one("azurerm_storage_account", "patients", {
        name: "patients",
        resource_group_name: "data",
        location: "westeurope",
        account_tier: "Standard",
        account_replication_type: breach ? "GRS" : "ZRS",
        https_traffic_only_enabled: true,
        min_tls_version: "TLS1_2",
        allow_nested_items_to_be_public: false,
        public_network_access_enabled: false,
        shared_access_key_enabled: false,
        tags: LABEL,
      }),
      pulumi: one("azure-native:storage:StorageAccount", "patients", {
        accountName: "patients",
        resourceGroupName: "data",
        location: "westeurope",
        kind: "StorageV2",
        sku: { name: breach ? "Standard_GRS" : "Standard_ZRS" },
        enableHttpsTrafficOnly: true,
        minimumTlsVersion: "TLS1_2",
        allowBlobPublicAccess: false,
        publicNetworkAccess: "Disabled",
        allowSharedKeyAccess: false,
        tags: LABEL,
      }),
    }),
  },
  {
    name: "geo-redundant backups (Azure)",
    what: "PostgreSQL backups copied to the pair of westeurope",
    rules: ["keep-copies-in-permitted-places"],
    estate: (breach) => ({
      terraform: one("azurerm_postgresql_flexible_server", "db", {
        name: "db",
        resource_group_name: "data",
        location: "westeurope",
        version: "17",
        sku_name: "GP_Standard_D2s_v3",
        backup_retention_days: 14,
        geo_redundant_backup_enabled: breach,
        public_network_access_enabled: false,
        tags: LABEL,
      }),
      pulumi: one("azure-native:dbforpostgresql:Server", "db", {
        serverName: "db",
        resourceGroupName: "data",
        location: "westeurope",
        version: "17",
        backup: { backupRetentionDays: 14, geoRedundantBackup: breach ? "Enabled" : "Disabled" },
        network: { publicNetworkAccess: "Disabled" },
        tags: LABEL,
      }),
    }),
  },
  {
    name: "registry replicated abroad (Azure)",
    what: "container registry with a replication in eastus",
    rules: ["keep-copies-in-permitted-places"],
    estate: (breach) => ({
      terraform: one("azurerm_container_registry", "images", {
        name: "images",
        resource_group_name: "data",
        location: "westeurope",
        sku: "Premium",
        admin_enabled: false,
        public_network_access_enabled: false,
        georeplications: breach ? [{ location: "eastus", zone_redundancy_enabled: true }] : [],
        tags: LABEL,
      }),
      pulumi: [
        ...one("azure-native:containerregistry:Registry", "images", {
          registryName: "images",
          resourceGroupName: "data",
          location: "westeurope",
          sku: { name: "Premium" },
          adminUserEnabled: false,
          publicNetworkAccess: "Disabled",
          tags: LABEL,
        }),
        ...(breach
          ? one("azure-native:containerregistry:Replication", "eastus", {
              registryName: "images",
              resourceGroupName: "data",
              replicationName: "eastus",
              location: "eastus",
              tags: LABEL,
            })
          : []),
      ],
    }),
  },
  {
    name: "multi-region bucket (Google)",
    what: "a bucket in the multi-region US",
    rules: ["keep-data-in-permitted-places"],
    estate: (breach) => {
      const location = breach ? "US" : "europe-west9";
      return {
        terraform: one("google_storage_bucket", "patients", {
          name: "patients",
          location,
          uniform_bucket_level_access: true,
          public_access_prevention: "enforced",
          versioning: [{ enabled: true }],
          ...GOOGLE_LABEL,
        }),
        pulumi: one("gcp:storage/bucket:Bucket", "patients", {
          name: "patients",
          location,
          uniformBucketLevelAccess: true,
          publicAccessPrevention: "enforced",
          versioning: { enabled: true },
          ...GOOGLE_LABEL,
        }),
      };
    },
  },
  {
    name: "secret anywhere (Google)",
    what: "automatic replication of a secret",
    rules: ["keep-data-in-permitted-places"],
    estate: (breach) => ({
      terraform: one("google_secret_manager_secret", "key", {
        secret_id: "key",
        replication: [breach ? { auto: [{}] } : { user_managed: [{ replicas: [{ location: "europe-west9" }] }] }],
        ...GOOGLE_LABEL,
      }),
      pulumi: one("gcp:secretmanager/secret:Secret", "key", {
        secretId: "key",
        replication: breach ? { auto: {} } : { userManaged: { replicas: [{ location: "europe-west9" }] } },
        ...GOOGLE_LABEL,
      }),
    }),
  },
];
