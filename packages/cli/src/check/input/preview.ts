import type { Tree } from "@kasbah/core";
import type { Member } from "./json.ts";
import type { ReadResource, StackInput } from "./model.ts";
import { type Draft, draft, resourceOf, stackOf, treeOf } from "./resource.ts";

/** Where `pulumi preview --json` keeps its steps. */
export const PREVIEW_ARRAY = "steps";

/** Operations after which a resource is no longer there. A replaced one is: its replacement has a step of its own. */
const GONE: ReadonlySet<unknown> = new Set(["delete", "discard", "read-discard"]);

/** Collects the resources as they will be after the previewed run. */
export class PreviewReader {
  readonly draft: Draft = draft();
  readonly #byUrn = new Map<string, ReadResource>();
  readonly #file: string;
  #same = 0;

  constructor(file: string) {
    this.#file = file;
  }

  take({ value, path, index, marked }: Member): void {
    const step = treeOf(value);
    if (step["op"] === "same") this.#same += 1;
    if (GONE.has(step["op"])) {
      if (typeof step["urn"] === "string") this.draft.gone.push(step["urn"]);
      return;
    }
    if (step["newState"] === undefined) return; // the deletion of what was replaced
    const resource = resourceOf(step["newState"], { file: this.#file, array: path, index }, marked, this.draft);
    if (resource !== undefined) this.#byUrn.set(resource.id, resource);
  }

  end(rest: Tree): StackInput {
    const resources = withDefaultProviders([...this.#byUrn.values()], treeOf(rest["config"]));
    const { secrets, outputs, gone } = this.draft;
    const changes = treeOf(rest["changeSummary"]);
    if (rest["changeSummary"] === undefined) {
      this.draft.problems.push({
        path: "changeSummary",
        expected: "a preview that came to its end",
        got: rest["changeSummary"],
        mend: "run pulumi preview --json again until it succeeds",
      });
    }
    return {
      file: this.#file,
      kind: "preview",
      stack: resources[0]?.stack ?? this.#file,
      resources,
      gone,
      whole: Number(changes["same"] ?? 0) <= this.#same,
      outputs: { values: outputs, dependencies: {} },
      secrets,
      notes: [],
    };
  }
}

/** A preview does not list the providers that nobody wrote. They have the stack's configuration. */
export const withDefaultProviders = (resources: readonly ReadResource[], config: Tree): readonly ReadResource[] => {
  const known = new Set(resources.map(({ id }) => id));
  const missing = new Map<string, ReadResource>();
  for (const { provider } of resources) {
    if (typeof provider !== "string") continue;
    const urn = provider.slice(0, Math.max(0, provider.lastIndexOf("::")));
    const [, , type = ""] = urn.split("::");
    if (known.has(urn) || missing.has(urn) || !type.startsWith("pulumi:providers:")) continue;
    const namespace = `${type.slice("pulumi:providers:".length)}:`;
    const properties = Object.fromEntries(
      Object.entries(config).flatMap(([key, value]) =>
        key.startsWith(namespace) ? [[key.slice(namespace.length), value]] : [],
      ),
    );
    missing.set(urn, { id: urn, type, name: "default", stack: stackOf(urn), properties });
  }
  return [...resources, ...missing.values()];
};
