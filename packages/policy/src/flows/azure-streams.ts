import type { FlowReaders, FlowRow } from "./flow.ts";

const ACCOUNTS = ["azure-native:storage:StorageAccount"] as const;
const WORKSPACES = ["azure-native:operationalinsights:Workspace"] as const;
const HUBS = ["azure-native:eventhub:Namespace", "azure-native:eventhub:NamespaceAuthorizationRule"] as const;
const ANY = ["*"] as const;
const EDGE = "the edge locations of Microsoft, all over the world";

type More = Partial<Pick<FlowRow, "from" | "when">>;
const logs = (path: string, types: readonly string[], source: string, more: More = {}): FlowRow => ({
  kind: "ship-logs",
  path,
  to: "ref",
  types,
  absent: "nothing is sent there",
  source,
  ...more,
});

const DIAGNOSTICS = "Azure Monitor REST API, Diagnostic Settings - Create Or Update";
const RULES = "Azure Monitor REST API, Data Collection Rules - Create";

const diagnostics = (from: FlowRow["from"]): readonly FlowRow[] => {
  const more: More = from === undefined ? {} : { from };
  return [
    logs("workspaceId", WORKSPACES, DIAGNOSTICS, more),
    logs("storageAccountId", ACCOUNTS, DIAGNOSTICS, more),
    logs("eventHubAuthorizationRuleId", HUBS, DIAGNOSTICS, more),
    {
      kind: "ship-logs",
      path: "marketplacePartnerId",
      to: { words: "a service of another vendor" },
      absent: "no partner",
      source: DIAGNOSTICS,
      ...more,
    },
  ];
};

const OPENAI = "Azure AI Foundry Models documentation, deployment types";
const models = (path: string): readonly FlowRow[] => [
  {
    kind: "call-model",
    path,
    to: { words: "any Azure region in the world, as a Global deployment" },
    on: { like: /^(Global|Developer)/i },
    absent: "sku is required; Standard and ProvisionedManaged stay in the region",
    source: OPENAI,
  },
  {
    kind: "call-model",
    path,
    to: { words: "any Azure region of the data zone", area: "data-zone" },
    on: { like: /^DataZone/i },
    absent: "sku is required; Standard and ProvisionedManaged stay in the region",
    source: OPENAI,
  },
];

/** Whatever the property says: the type itself asks for it. */
const ALWAYS = { on: {} } as const;

const everywhere = (path: string, source: string, more: Partial<FlowRow> = {}): FlowRow => ({
  kind: "deliver",
  path,
  to: { words: EDGE },
  on: { set: true },
  absent: "it delivers from everywhere",
  source,
  ...more,
});

/** A replica of a service, in its own location. */
const replica = (path: string, types: readonly string[], source: string): FlowRow => ({
  kind: "replicate",
  path,
  to: "self",
  types,
  absent: "required",
  source,
});

const AFD = "Azure Front Door documentation: requests enter at the nearest edge location";

/** Logs, models and delivery of Azure. */
export const azureStreams: FlowReaders = {
  "azure-native:monitor:DiagnosticSetting": diagnostics({ path: "resourceUri", types: ANY }),
  "azure-native:monitor:SubscriptionDiagnosticSetting": diagnostics("stack"),
  "azure-native:monitor:ManagementGroupDiagnosticSetting": diagnostics("stack"),
  "azure-native:aadiam:DiagnosticSetting": diagnostics("stack").slice(0, 3),
  "azure-native:monitor:DataCollectionRule": [
    logs("destinations.logAnalytics.*.workspaceResourceId", WORKSPACES, RULES),
    logs("destinations.monitoringAccounts.*.accountResourceId", ["azure-native:monitor:AzureMonitorWorkspace"], RULES),
    logs("destinations.storageAccounts.*.storageAccountResourceId", ACCOUNTS, RULES),
    logs("destinations.storageBlobsDirect.*.storageAccountResourceId", ACCOUNTS, RULES),
    logs("destinations.storageTablesDirect.*.storageAccountResourceId", ACCOUNTS, RULES),
    logs("destinations.eventHubs.*.eventHubResourceId", ["azure-native:eventhub:EventHub", ...HUBS], RULES),
    logs("destinations.eventHubsDirect.*.eventHubResourceId", ["azure-native:eventhub:EventHub", ...HUBS], RULES),
  ],
  "azure-native:operationalinsights:DataExport": [
    logs("resourceId", [...ACCOUNTS, ...HUBS], "Azure Monitor Logs REST API, Data Exports - Create", {
      from: { path: "workspaceName", types: WORKSPACES },
    }),
  ],
  "azure-native:applicationinsights:Component": [
    {
      ...logs("workspaceResourceId", WORKSPACES, "Application Insights REST API, Components - Create"),
      kind: "export-traces",
    },
  ],
  "azure-native:network:FlowLog": [
    logs("storageId", ACCOUNTS, "Azure Network Watcher REST API, Flow Logs - Create"),
    logs(
      "flowAnalyticsConfiguration.networkWatcherFlowAnalyticsConfiguration.workspaceResourceId",
      WORKSPACES,
      "Azure Network Watcher REST API, TrafficAnalyticsConfigurationProperties",
    ),
  ],
  "azure-native:eventhub:EventHub": [
    {
      ...logs("captureDescription.destination.storageAccountResourceId", ACCOUNTS, "Azure Event Hubs, capture"),
      kind: "replicate",
    },
  ],
  "azure-native:cognitiveservices:Deployment": models("sku.name"),
  "azure-native:machinelearningservices:ServerlessEndpoint": [
    {
      kind: "call-model",
      path: "properties.modelSettings.modelId",
      to: { words: "where the vendor of the model serves it" },
      absent: "no model",
      source: "Azure Machine Learning REST API, Serverless Endpoints - Create",
    },
  ],
  "azure-native:cdn:Profile": [everywhere("sku.name", AFD)],
  "azure-native:cdn:Endpoint": [everywhere("endpointName", AFD, ALWAYS)],
  "azure-native:cdn:AFDOrigin": [
    everywhere("hostName", AFD, {
      from: { path: "hostName", types: ["azure-native:storage:StorageAccount", "azure-native:web:WebApp"] },
    }),
  ],
  "azure-native:frontdoor:FrontDoor": [everywhere("backendPools", AFD, ALWAYS)],
  "azure-native:trafficmanager:Profile": [
    {
      kind: "deliver",
      path: "endpoints.*.endpointLocation",
      to: "region",
      absent: "the location of the target",
      source: "Azure Traffic Manager REST API, Profiles - Create",
    },
  ],
  "azure-native:web:StaticSite": [
    everywhere("sku.name", "Azure Static Web Apps documentation: content is distributed globally", ALWAYS),
  ],
  "azure-native:signalrservice:SignalRReplica": [
    replica("resourceName", ["azure-native:signalrservice:SignalR"], "Azure SignalR REST API, Replicas - Create"),
  ],
  "azure-native:webpubsub:WebPubSubReplica": [
    replica("resourceName", ["azure-native:webpubsub:WebPubSub"], "Azure Web PubSub REST API, Replicas - Create"),
  ],
  "azure-native:apimanagement:ApiManagementService": [
    {
      kind: "deliver",
      path: "additionalLocations.*.location",
      to: "region",
      absent: "its own location",
      source: "Azure API Management REST API, AdditionalLocation",
    },
  ],
};
