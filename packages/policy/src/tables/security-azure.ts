import type { Check } from "../facts/check.ts";
import { type Concerns, each, from, OFF, ON } from "./concern.ts";

const storage = from("Azure Storage REST API, Storage Accounts - Create; documentation of each switch's default");
const open = from("the Azure REST API of each service, publicNetworkAccess: Enabled unless said");
const cache = from("Azure Cache for Redis REST API, Redis - Create");
const web = from("Azure App Service REST API, Web Apps - Create Or Update");
const postgres = from("Azure Database for PostgreSQL and MySQL, flexible server, server parameters");

const CLOSED = { is: ["Disabled", "SecuredByPerimeter"] } as const;
const TLS_1_2 = { is: ["TLS1_2", "TLS1_3", "1.2", "1.3", "Tls12"], words: "TLS 1.2 or newer" } as const;

/** Open to every network, unless rules or endpoints say whom. */
const network = (path: string, rules: string): readonly Check[] => [
  open(path, CLOSED, "Enabled", [{ path: rules, not: ["Deny"] }]),
];

const server = (type: string): readonly [string, readonly Check[]] => [
  type,
  [open("network.publicNetworkAccess", CLOSED, "Enabled", [{ path: "network.delegatedSubnetResourceId", set: false }])],
];

/** What makes a resource of Azure open, readable or spied upon. */
export const azureSecurity: Concerns = {
  exposure: {
    "azure-native:storage:StorageAccount": [
      storage("allowBlobPublicAccess", OFF, false),
      ...network("publicNetworkAccess", "networkRuleSet.defaultAction"),
    ],
    "azure-native:storage:BlobContainer": [storage("publicAccess", { is: ["None"] }, "None")],
    "azure-native:storage:StorageAccountStaticWebsite": [storage("accountName", { set: false, words: "no website" })],
    ...Object.fromEntries(["azure-native:dbforpostgresql:Server", "azure-native:dbformysql:Server"].map(server)),
    ...each(
      ["azure-native:dbforpostgresql:SingleServer", "azure-native:dbformysql:SingleServer"],
      [open("properties.publicNetworkAccess", CLOSED, "Enabled")],
    ),
    "azure-native:sql:Server": [open("publicNetworkAccess", CLOSED, "Enabled")],
    "azure-native:sql:ManagedInstance": [
      from("Azure SQL Managed Instance REST API: off unless said")("publicDataEndpointEnabled", OFF, false),
    ],
    "azure-native:cosmosdb:DatabaseAccount": [
      open("publicNetworkAccess", CLOSED, "Enabled", [
        { path: "ipRules", set: false },
        { path: "isVirtualNetworkFilterEnabled", not: [true] },
      ]),
    ],
    "azure-native:mongocluster:MongoCluster": [open("properties.publicNetworkAccess", CLOSED, "Enabled")],
    "azure-native:redis:Redis": [open("publicNetworkAccess", CLOSED, "Enabled", [{ path: "subnetId", set: false }])],
    "azure-native:redisenterprise:RedisEnterprise": [open("publicNetworkAccess", CLOSED, "Enabled")],
    "azure-native:keyvault:Vault": network("properties.publicNetworkAccess", "properties.networkAcls.defaultAction"),
    "azure-native:keyvault:ManagedHsm": network(
      "properties.publicNetworkAccess",
      "properties.networkAcls.defaultAction",
    ),
    "azure-native:containerregistry:Registry": [
      ...network("publicNetworkAccess", "networkRuleSet.defaultAction"),
      from("Azure Container Registry REST API, Registries - Create: off unless said")(
        "anonymousPullEnabled",
        OFF,
        false,
      ),
    ],
    "azure-native:cognitiveservices:Account": network(
      "properties.publicNetworkAccess",
      "properties.networkAcls.defaultAction",
    ),
    "azure-native:search:Service": [
      open("publicNetworkAccess", CLOSED, "Enabled", [{ path: "networkRuleSet.ipRules", set: false }]),
    ],
    "azure-native:eventhub:Namespace": [open("publicNetworkAccess", CLOSED, "Enabled")],
    "azure-native:servicebus:Namespace": [open("publicNetworkAccess", CLOSED, "Enabled")],
    "azure-native:appconfiguration:ConfigurationStore": [open("publicNetworkAccess", CLOSED, "Enabled")],
    "azure-native:machinelearningservices:Workspace": [
      from("Azure Machine Learning REST API, Workspaces - Create: Enabled unless said")(
        "publicNetworkAccess",
        CLOSED,
        "Enabled",
      ),
    ],
    "azure-native:machinelearningservices:OnlineEndpoint": [open("properties.publicNetworkAccess", CLOSED, "Enabled")],
    "azure-native:databricks:Workspace": [open("publicNetworkAccess", CLOSED, "Enabled")],
    "azure-native:datafactory:Factory": [open("publicNetworkAccess", CLOSED, "Enabled")],
    "azure-native:synapse:Workspace": [open("publicNetworkAccess", CLOSED, "Enabled")],
    "azure-native:kusto:Cluster": [open("publicNetworkAccess", CLOSED, "Enabled")],
    "azure-native:purview:Account": [open("publicNetworkAccess", CLOSED, "Enabled")],
    "azure-native:compute:Disk": [
      from("Azure Compute REST API, Disks - Create: AllowAll unless said")(
        "networkAccessPolicy",
        { not: ["AllowAll"] },
        "AllowAll",
        [{ path: "publicNetworkAccess", not: ["Disabled"] }],
      ),
    ],
    "azure-native:compute:Snapshot": [
      from("Azure Compute REST API, Snapshots - Create: AllowAll unless said")(
        "networkAccessPolicy",
        { not: ["AllowAll"] },
        "AllowAll",
        [{ path: "publicNetworkAccess", not: ["Disabled"] }],
      ),
    ],
    "azure-native:recoveryservices:Vault": [
      from("Azure Recovery Services REST API, Vaults - Create")("properties.publicNetworkAccess", { not: ["Enabled"] }),
    ],
    "azure-native:containerservice:ManagedCluster": [
      from("Azure Kubernetes Service REST API: the API server is public unless said")(
        "apiServerAccessProfile.enablePrivateCluster",
        ON,
        false,
        [{ path: "apiServerAccessProfile.authorizedIPRanges", set: false }],
      ),
      from("Azure Kubernetes Service REST API, authorizedIPRanges")("apiServerAccessProfile.authorizedIPRanges.*", {
        not: ["0.0.0.0/0"],
      }),
    ],
    "azure-native:containerinstance:ContainerGroup": [
      from("Azure Container Instances REST API, IpAddress")("ipAddress.type", { not: ["Public"] }),
    ],
    "azure-native:app:ContainerApp": [
      from("Azure Container Apps REST API, Ingress: external is false unless said")(
        "configuration.ingress.external",
        OFF,
        false,
      ),
    ],
  },
  encryption: {
    "azure-native:storage:StorageAccount": [
      storage("encryption.services.blob.enabled", ON, true),
      storage("encryption.services.file.enabled", ON, true),
    ],
    "azure-native:sql:TransparentDataEncryption": [
      from("Azure SQL REST API, Transparent Data Encryptions")("state", { is: ["Enabled"] }),
    ],
    "azure-native:compute:Disk": [
      from("Azure Compute REST API, Disks - Create: a platform key unless said")("encryption.type", {
        not: ["None"],
      }),
    ],
    "azure-native:datalakestore:Account": [
      from("Azure Data Lake Store REST API, Accounts - Create: Enabled unless said")(
        "encryptionState",
        { is: ["Enabled"] },
        "Enabled",
      ),
    ],
  },
  transit: {
    "azure-native:storage:StorageAccount": [
      storage("enableHttpsTrafficOnly", ON, true),
      from("Azure Storage REST API, minimumTlsVersion: TLS 1.0 unless said")("minimumTlsVersion", TLS_1_2, "TLS1_0"),
    ],
    "azure-native:sql:Server": [
      from("Azure SQL documentation, minimal TLS version: 1.2 for new servers unless said")(
        "minimalTlsVersion",
        TLS_1_2,
        "1.2",
      ),
    ],
    "azure-native:sql:ManagedInstance": [
      from("Azure SQL Managed Instance documentation, minimal TLS version: 1.2 unless said")(
        "minimalTlsVersion",
        TLS_1_2,
        "1.2",
      ),
    ],
    "azure-native:redis:Redis": [
      cache("enableNonSslPort", OFF, false),
      from("Azure Cache for Redis documentation: TLS 1.2 unless said, since 2025")("minimumTlsVersion", TLS_1_2, "1.2"),
    ],
    "azure-native:redisenterprise:Database": [
      from("Azure Managed Redis REST API, Databases - Create: Encrypted unless said")(
        "clientProtocol",
        { is: ["Encrypted"] },
        "Encrypted",
      ),
    ],
    "azure-native:cosmosdb:DatabaseAccount": [
      from("Azure Cosmos DB documentation, minimal TLS version: 1.2 unless said")(
        "minimalTlsVersion",
        TLS_1_2,
        "Tls12",
      ),
    ],
    ...each(
      ["azure-native:eventhub:Namespace", "azure-native:servicebus:Namespace"],
      [from("Azure Event Hubs and Service Bus documentation: 1.2 unless said")("minimumTlsVersion", TLS_1_2, "1.2")],
    ),
    ...each(
      ["azure-native:dbforpostgresql:Configuration", "azure-native:dbformysql:Configuration"],
      [
        postgres("value", { not: ["off", "OFF", "0"] }, undefined, [
          { path: "configurationName", is: ["require_secure_transport"] },
        ]),
      ],
    ),
    ...each(
      ["azure-native:dbforpostgresql:SingleServer", "azure-native:dbformysql:SingleServer"],
      [
        from("Azure Database single server REST API: Enabled unless said")(
          "properties.sslEnforcement",
          { is: ["Enabled"] },
          "Enabled",
        ),
      ],
    ),
    ...each(
      ["azure-native:web:WebApp", "azure-native:web:WebAppSlot"],
      [
        web("httpsOnly", ON, false),
        web("siteConfig.minTlsVersion", { is: ["1.2", "1.3"], words: "1.2 or newer" }, "1.2"),
        web("siteConfig.ftpsState", { not: ["AllAllowed"] }, "FtpsOnly"),
      ],
    ),
    "azure-native:app:ContainerApp": [
      from("Azure Container Apps REST API, Ingress: false unless said")(
        "configuration.ingress.allowInsecure",
        OFF,
        false,
      ),
    ],
    "azure-native:network:ApplicationGateway": [
      from("Azure Application Gateway REST API, HttpListener")("httpListeners.*.protocol", { not: ["Http"] }),
      from("Azure Application Gateway REST API, SslPolicy")("sslPolicy.minProtocolVersion", {
        not: ["TLSv1_0", "TLSv1_1"],
      }),
    ],
    "azure-native:cdn:Endpoint": [
      from("Azure CDN REST API, Endpoints - Create: true unless said")("isHttpAllowed", OFF, true),
    ],
    "azure-native:cdn:Route": [
      from("Azure Front Door REST API, Routes - Create")("supportedProtocols.*", { not: ["Http"] }, undefined, [
        { path: "httpsRedirect", not: ["Enabled"] },
      ]),
    ],
    "azure-native:apimanagement:Api": [
      from("Azure API Management REST API, Apis - Create")("protocols.*", { not: ["http", "ws"] }),
    ],
  },
  identity: {
    ...each(
      ["azure-native:containerregistry:Registry"],
      [from("Azure Container Registry REST API: off unless said")("adminUserEnabled", OFF, false)],
    ),
    "azure-native:containerservice:ManagedCluster": [
      from("Azure Kubernetes Service REST API: on unless said")("enableRBAC", ON, true),
    ],
  },
};
