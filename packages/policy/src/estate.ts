import { KINDS } from "@kasbah/core";
import { type Resource, text } from "./resource.ts";

/** Properties that carry a resource's own name, for types without a row in core's table. */
const NAME_PROPERTIES = [
  "name",
  "bucket",
  "identifier",
  "clusterIdentifier",
  "dbSnapshotIdentifier",
  "dbClusterSnapshotIdentifier",
  "targetDbSnapshotIdentifier",
  "globalClusterIdentifier",
  "accountName",
  "resourceGroupName",
  "serverName",
  "vaultName",
  "keyRing",
  "secretId",
  "datasetId",
  "clusterId",
] as const;

/** Types whose `accountName` or the like names another resource, not themselves: only the first property counts. */
const OWN_NAME: Readonly<Record<string, string>> = {
  "azure-native:storage:BlobContainer": "containerName",
  "azure-native:storage:FileShare": "shareName",
  "azure-native:sql:Database": "databaseName",
};

/** What is known of a stack: every resource that has been seen, found again by URN and by physical name. */
export class Estate {
  readonly #byUrn = new Map<string, Resource>();
  readonly #byName = new Map<string, Map<string, Resource>>();

  /** Remembers a resource. One that was seen before is replaced. */
  add(resource: Resource): void {
    const known = this.#byUrn.get(resource.urn);
    if (known !== undefined) for (const name of namesOf(known)) this.#byName.get(name)?.delete(known.urn);
    this.#byUrn.set(resource.urn, resource);
    for (const name of namesOf(resource)) {
      const holders = this.#byName.get(name) ?? new Map<string, Resource>();
      this.#byName.set(name, holders.set(resource.urn, resource));
    }
  }

  get(urn: string): Resource | undefined {
    return this.#byUrn.get(urn);
  }

  all(): IterableIterator<Resource> {
    return this.#byUrn.values();
  }

  /** Resources of these types that a name, an ARN or a path could mean: by the whole of it, else by its last part. */
  find(reference: string, types: readonly string[]): readonly Resource[] {
    const whole = this.#named(reference, types);
    if (whole.length > 0) return whole;
    const last = reference.split(/[/:]/).findLast((part) => part !== "");
    return last === undefined || last === reference ? [] : this.#named(last, types);
  }

  #named(name: string, types: readonly string[]): readonly Resource[] {
    return [...(this.#byName.get(name)?.values() ?? [])].filter(({ type }) => types.includes(type));
  }
}

const namesOf = ({ type, props }: Resource): readonly string[] => {
  const own = OWN_NAME[type] ?? KINDS[type]?.name?.property;
  const properties = own === undefined ? NAME_PROPERTIES : [own];
  const names = properties.map((property) => text(props, property));
  return [...new Set(names.filter((name) => typeof name === "string"))];
};
