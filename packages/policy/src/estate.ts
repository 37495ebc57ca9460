import { KINDS } from "@kasbah/core/judge";
import type { EstateContext } from "./plain.ts";
import { type Resource, text } from "./resource.ts";
import { ROWS } from "./tables/index.ts";

/** Properties that carry a resource's own name, for types without a row in core's table. */
const NAME_PROPERTIES = [
  "name",
  "bucket",
  "identifier",
  "clusterIdentifier",
  "replicationGroupId",
  "dbSnapshotIdentifier",
  "dbClusterSnapshotIdentifier",
  "targetDbSnapshotIdentifier",
  "globalClusterIdentifier",
  "endpointId",
  "functionName",
  "domainName",
  "clusterName",
  "accountName",
  "resourceGroupName",
  "serverName",
  "workspaceName",
  "namespaceName",
  "registryName",
  "searchServiceName",
  "diskName",
  "snapshotName",
  "vmName",
  "vaultName",
  "managedInstanceName",
  "keyRing",
  "keyRingId",
  "secretId",
  "datasetId",
  "bucketId",
  "backupVaultId",
  "connectionProfileId",
  "clusterId",
] as const;

/** Types whose `accountName` or the like names another resource, not themselves: only the first property counts. */
const OWN_NAME: ReadonlyMap<string, string> = new Map([
  ["azure-native:storage:BlobContainer", "containerName"],
  ["azure-native:storage:FileShare", "shareName"],
  ["azure-native:sql:Database", "databaseName"],
  ["azure-native:keyvault:Key", "keyName"],
  ["azure-native:keyvault:Secret", "secretName"],
  ["azure-native:eventhub:EventHub", "eventHubName"],
  ["azure-native:cognitiveservices:Deployment", "deploymentName"],
  ["azure-native:netapp:CapacityPoolVolume", "volumeName"],
  ["azure-native:synapse:SqlPool", "sqlPoolName"],
  ["azure-native:redisenterprise:Database", "databaseName"],
  ["azure-native:eventhub:NamespaceAuthorizationRule", "namespaceName"], // its path ends in the namespace's name or its own
  ["gcp:bigquery/table:Table", "tableId"],
  ["gcp:sql/database:Database", "name"],
]);

/** What is known of a stack: every resource that has been seen, found again by URN and by physical name. */
export class Estate {
  context: EstateContext;
  readonly #byUrn = new Map<string, Resource>();
  readonly #byType = new Map<string, Map<string, Resource>>();
  /** By name: made when a name is first asked for, since many estates refer to nothing. */
  #byName: Map<string, Map<string, Resource>> | undefined;

  constructor(context: EstateContext = {}) {
    this.context = context;
  }

  /** Remembers a resource. One that was seen before is replaced. */
  add(resource: Resource): void {
    const { urn, type } = resource;
    const known = this.#byUrn.get(urn);
    if (known !== undefined) {
      if (this.#byName !== undefined) for (const name of namesOf(known)) this.#byName.get(name)?.delete(urn);
      if (known.type !== type) this.#byType.get(known.type)?.delete(urn);
    }
    this.#byUrn.set(urn, resource);
    put(this.#byType, type, resource);
    if (this.#byName !== undefined) for (const name of namesOf(resource)) put(this.#byName, name, resource);
  }

  get(urn: string): Resource | undefined {
    return this.#byUrn.get(urn);
  }

  all(): IterableIterator<Resource> {
    return this.#byUrn.values();
  }

  ofType(type: string): readonly Resource[] {
    const found = this.#byType.get(type);
    return found === undefined ? [] : [...found.values()];
  }

  /** Whether any resource of a type was seen. */
  has(type: string): boolean {
    return (this.#byType.get(type)?.size ?? 0) > 0;
  }

  /** Resources of these types that a name, an ARN, a URL or a path could mean: by the whole of it, else by a part. */
  find(reference: string, types: readonly string[]): readonly Resource[] {
    for (const name of candidates(reference)) {
      const found = this.#named(name, types);
      if (found.length > 0) return found;
    }
    return [];
  }

  #named(name: string, types: readonly string[]): readonly Resource[] {
    const holders = this.#names().get(name);
    if (holders === undefined) return [];
    return [...holders.values()].filter(({ type }) => types.includes(type) || types.includes("*"));
  }

  #names(): Map<string, Map<string, Resource>> {
    if (this.#byName === undefined) {
      this.#byName = new Map();
      for (const resource of this.#byUrn.values()) {
        for (const name of namesOf(resource)) put(this.#byName, name, resource);
      }
    }
    return this.#byName;
  }
}

/** The whole; its last part (an ARN, an id); its first (`bucket/key`, `s3://bucket/path`); the host's first label. */
function* candidates(reference: string): Generator<string> {
  yield reference;
  const parts = reference.split(/[/:]/).filter((part) => part !== "" && part !== "*");
  const last = parts.at(-1);
  if (last !== undefined && last !== reference) yield last;
  const first = /^(s3a?|gs|swift|wasbs?|abfss?)$/.test(parts[0] ?? "") ? parts[1] : parts[0];
  if (first === undefined || reference.startsWith("arn:")) return;
  if (first !== last) yield first;
  const label = first.split(".", 1).join();
  if (label !== first) yield label;
}

const put = (index: Map<string, Map<string, Resource>>, key: string, resource: Resource): void => {
  const holders = index.get(key);
  if (holders === undefined) index.set(key, new Map([[resource.urn, resource]]));
  else holders.set(resource.urn, resource);
};

const namesOf = ({ type, props, outputs }: Resource): ReadonlySet<string> => {
  const names = new Set<string>();
  const add = (name: unknown): void => {
    if (typeof name === "string") names.add(name);
  };
  if (outputs !== undefined) for (const key of ["id", "arn"]) add(text(outputs, key));
  if (type.startsWith("kubernetes:")) {
    add(text(props, "metadata", "name"));
    return names;
  }
  const own = OWN_NAME.get(type) ?? KINDS[type]?.name?.property;
  if (own !== undefined) {
    add(text(props, own));
    return names;
  }
  const part = ROWS.get(type)?.part?.path;
  for (const property of NAME_PROPERTIES) if (property !== part) add(text(props, property));
  return names;
};
