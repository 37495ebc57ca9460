import type * as Pulumi from "@pulumi/pulumi";
import type { StackOutputs, WireRequest } from "./protocol.ts";

type Sdk = typeof Pulumi;

/** What a text is that a preview cannot know. Source: pulumi, sdk/nodejs/runtime/rpc.ts, unknownValue. */
const NOT_KNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** References to stacks that are checked together get their outputs, with what each of them depends on. */
export const answerReferences = (pulumi: Sdk, stacks: WireRequest["stacks"]): void => {
  const { prototype } = pulumi.StackReference;
  for (const method of ["getOutput", "requireOutput"] as const) {
    const original = prototype[method];
    prototype[method] = function (this: Pulumi.StackReference, key) {
      const looked = Promise.all([settled(pulumi.output(this.name)), settled(pulumi.output(key))]).then(
        ([name, output]) => lookUp(stacks[name ?? ""], output, `${name}`, method === "requireOutput"),
      );
      const resources = looked.then((found) => [
        this,
        ...(found?.dependencies ?? []).map((urn) => new pulumi.DependencyResource(urn)),
      ]);
      if (Object.keys(stacks).length === 0) return original.call(this, key);
      return outputOf(pulumi, [this], looked, resources);
    };
  }
};

interface Looked {
  readonly value: unknown;
  readonly known: boolean;
  readonly dependencies: readonly string[];
}

const lookUp = (stack: StackOutputs | undefined, key: string, name: string, required: boolean): Looked | undefined => {
  if (stack === undefined) return undefined;
  const dependencies = stack.dependencies[key] ?? [];
  const value = stack.values[key];
  if (value === undefined && dependencies.length === 0 && required)
    throw new Error(`Required output '${key}' does not exist on stack '${name}'.`);
  const known = value !== undefined && !JSON.stringify(value).includes(NOT_KNOWN);
  return { value: known ? value : undefined, known, dependencies };
};

/** An output with dependencies of our choice. The constructor is not in the SDK's types. */
const outputOf = (
  pulumi: Sdk,
  holders: readonly Pulumi.Resource[],
  looked: Promise<Looked | undefined>,
  resources: Promise<readonly Pulumi.Resource[]>,
): Pulumi.Output<unknown> =>
  Reflect.construct(pulumi.Output as unknown as typeof Object, [
    new Set(holders),
    looked.then((found) => found?.value),
    looked.then((found) => found?.known ?? false),
    Promise.resolve(false),
    resources.then((list) => new Set(list)),
  ]);

/** An output that is not known and depends on nothing. */
export const unknownOutput = (pulumi: Sdk): Pulumi.Output<unknown> =>
  outputOf(pulumi, [], Promise.resolve(undefined), Promise.resolve([]));

/** The outputs of a stack with the resources behind each: what another stack's reference means. */
export const outputsOf = async (
  pulumi: Sdk,
  exported: Readonly<Record<string, unknown>>,
  values: Readonly<Record<string, unknown>>,
): Promise<StackOutputs> => {
  const dependencies = await Promise.all(
    Object.entries(exported).map(async ([key, value]) => [key, await resourcesIn(pulumi, value, 0)] as const),
  );
  return { values, dependencies: Object.fromEntries(dependencies) };
};

const MAX_DEPTH = 6;

const resourcesIn = async (pulumi: Sdk, value: unknown, depth: number): Promise<readonly string[]> => {
  if (typeof value !== "object" || value === null || depth > MAX_DEPTH) return [];
  if (pulumi.Resource.isInstance(value)) return [await urnOf(value)];
  if (pulumi.Output.isInstance(value)) {
    const all = await (value as unknown as { allResources(): Promise<Set<Pulumi.Resource>> }).allResources();
    return Promise.all([...all].map(urnOf));
  }
  const inside = await Promise.all(Object.values(value).map((member) => resourcesIn(pulumi, member, depth + 1)));
  return [...new Set(inside.flat())];
};

const urnOf = ({ urn }: Pulumi.Resource): Promise<string> => settled(urn);

/** What an output comes to. Not in the SDK's types. */
const settled = <T>(output: Pulumi.Output<T>): Promise<T> => (output as unknown as { promise(): Promise<T> }).promise();
