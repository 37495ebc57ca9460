import { isTree, type Tree } from "@kasbah/core/judge";
import type { Member } from "./json.ts";
import type { ReadResource, StackInput } from "./model.ts";
import { type Draft, draft, isText, resourceOf, stackOf, treeOf } from "./resource.ts";

/** Where `pulumi stack export` and the file backend keep the resources. */
export const STATE_ARRAYS: readonly string[] = ["deployment.resources", "checkpoint.latest.resources"];

/** Where interrupted operations are named. */
export const PENDING = "pending_operations";

/** The newest version of the format whose resources are known to read as before. Source: pulumi, sdk/go/common/apitype. */
const NEWEST = 4;

/** Answers by which others refer to a resource. */
const NAMES = [
  ...["id", "arn", "name", "bucket", "endpoint", "address", "url", "uri", "selfLink", "fqdn", "hostname", "domainName"],
  ...["bucketDomainName", "bucketRegionalDomainName", "dnsName", "repositoryUrl", "loginServer", "vaultUri"],
] as const;

/** The resource with the least of what the cloud answered: most of a large state is that. */
const withNamesOnly = (resource: ReadResource): ReadResource => {
  const { outputs = {} } = resource;
  const names = NAMES.flatMap((key): [string, unknown][] =>
    typeof outputs[key] === "string" ? [[key, outputs[key]]] : [],
  );
  return { ...resource, outputs: Object.fromEntries(names) };
};

/** Collects the resources of a state; what the engine is about to delete is left out. */
export class StateReader {
  readonly draft: Draft = draft();
  readonly #file: string;
  #deleted = 0;

  constructor(file: string) {
    this.#file = file;
  }

  take({ value, path, index, marked, large }: Member): void {
    if (isTree(value) && value["delete"] === true) {
      this.#deleted += 1; // replaced, and not yet gone
      return;
    }
    const resource = resourceOf(value, { file: this.#file, array: path, index }, marked, this.draft);
    if (resource !== undefined) this.draft.resources.push(large ? withNamesOnly(resource) : resource);
  }

  /** The whole stack, with what an interrupted run may have made. */
  end(rest: Tree): StackInput {
    const file = this.#file;
    const holder = isTree(rest["deployment"]) ? rest["deployment"] : treeOf(treeOf(rest["checkpoint"])["latest"]);
    const pending = this.#takePending(holder[PENDING] ?? holder["pendingOperations"]);
    const { resources, secrets, outputs } = this.draft;
    return {
      file,
      kind: "state",
      stack: stackName(this.draft, rest, file),
      resources,
      gone: [],
      whole: true,
      outputs: { values: outputs, dependencies: {} },
      secrets,
      notes: [
        ...(this.#deleted === 0 ? [] : [`${this.#deleted} resources wait for their deletion and are not judged`]),
        ...(pending === 0 ? [] : [`${pending} operations were interrupted; what they may have made is judged`]),
        ...(Number(rest["version"] ?? 0) > NEWEST
          ? [`version ${rest["version"]} of the format is newer than ${NEWEST}`]
          : []),
      ],
    };
  }

  #takePending(operations: unknown): number {
    if (!Array.isArray(operations)) return 0;
    const known = new Set(this.draft.resources.map(({ id }) => id));
    for (const [index, operation] of operations.entries()) {
      if (!isTree(operation) || operation["type"] === "deleting") continue;
      const entry = { file: this.#file, array: PENDING, index };
      const resource = resourceOf(operation["resource"], entry, true, this.draft);
      if (resource !== undefined && !known.has(resource.id)) this.draft.resources.push(resource);
    }
    return operations.length;
  }
}

const stackName = ({ resources }: Draft, rest: Tree, file: string): string => {
  const [first] = resources;
  if (first !== undefined) return stackOf(first.id);
  const named: unknown = treeOf(rest["checkpoint"])["stack"]; // organization/project/stack
  return isText(named) ? named.split("/").slice(-2).join("/") : file;
};
