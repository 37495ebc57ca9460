/** A resource of an exported state, as far as we read it; the rest is carried along untouched. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly parent?: string;
  /** `<urn>::<id>` of the provider. */
  readonly provider?: string;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>>;
  readonly deletedWith?: string;
  /** Replaced, and still to be deleted. */
  readonly delete?: boolean;
  /** Deleted already, its replacement still to be made. */
  readonly pendingReplacement?: boolean;
  readonly protect?: boolean;
  /** The next `up` replaces it. */
  readonly taint?: boolean;
}

/** What the engine had begun when it died. */
export interface PendingOperation {
  readonly type: string;
  readonly resource: StateResource;
}

/** An exported stack. Secrets in it are encrypted: it is never exported in clear. */
export interface ExportedStack {
  readonly version: number;
  readonly deployment: {
    readonly resources?: readonly StateResource[];
    readonly pending_operations?: readonly PendingOperation[];
  };
}

/** Region of the provider that a resource goes through, as its cloud calls it. */
export const regionOf = ({ provider }: StateResource, resources: readonly StateResource[]): string | undefined => {
  const urn = provider?.slice(0, provider.lastIndexOf("::"));
  const inputs = resources.find((resource) => resource.urn === urn)?.inputs;
  const region = inputs?.["region"] ?? inputs?.["location"];
  return typeof region === "string" ? region : undefined;
};

/** A pending creation whose object was found in the cloud. */
export interface Adopted {
  readonly resource: StateResource;
  readonly id: string;
  /** What the provider keeps otherwise than it was given. */
  readonly outputs?: Readonly<Record<string, unknown>>;
  /** Why it is of no use: the next `up` replaces it. */
  readonly unusable?: string;
}

/** The state with what was found in the cloud, and without pending operations. */
export const adopt = (exported: ExportedStack, found: readonly Adopted[]): ExportedStack => {
  const { pending_operations: _dropped, resources = [], ...rest } = exported.deployment;
  const made = new Set(found.map(({ resource }) => resource.urn));
  const kept = resources.flatMap((resource): StateResource[] => {
    if (!made.has(resource.urn) || resource.delete === true) return [resource];
    // a replacement: the old one was deleted before, or is still to be deleted
    return resource.pendingReplacement === true ? [] : [{ ...resource, delete: true }];
  });
  const added = found.map(adopted);
  return { ...exported, deployment: { ...rest, resources: inOrder([...kept, ...added]) } };
};

/** What is of no use holds nothing yet, so nothing keeps the next `up` from replacing it. */
const adopted = ({ resource, id, outputs, unusable }: Adopted): StateResource => ({
  ...resource,
  id,
  outputs: { ...resource.inputs, ...outputs },
  ...(unusable === undefined ? {} : { taint: true, protect: false }),
});

/** Every resource after what it depends on, otherwise in the order given: the engine refuses any other. */
const inOrder = (resources: readonly StateResource[]): StateResource[] => {
  const byUrn = new Map<string, StateResource[]>();
  for (const resource of resources) byUrn.set(resource.urn, [...(byUrn.get(resource.urn) ?? []), resource]);
  const ordered = new Set<StateResource>();
  const visit = (resource: StateResource, path: ReadonlySet<StateResource>): void => {
    if (ordered.has(resource) || path.has(resource)) return;
    const below = new Set([...path, resource]);
    for (const urn of neededBy(resource)) for (const needed of byUrn.get(urn) ?? []) visit(needed, below);
    ordered.add(resource);
  };
  for (const resource of resources) visit(resource, new Set());
  return [...ordered];
};

const neededBy = ({ parent, provider, dependencies, propertyDependencies, deletedWith }: StateResource): Set<string> =>
  new Set(
    [
      parent,
      provider?.slice(0, provider.lastIndexOf("::")),
      deletedWith,
      ...(dependencies ?? []),
      ...Object.values(propertyDependencies ?? {}).flatMap((urns) => urns ?? []),
    ].filter((urn): urn is string => urn !== undefined && urn !== ""),
  );
