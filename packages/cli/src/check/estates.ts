import type { Declaration, HouseContext, Problem } from "@kasbah/core";
import type { EstateContext, PlainResource, StackContext } from "@kasbah/policy";
import type { ReadResource, StackInput } from "./input/model.ts";
import { matcher } from "./pattern.ts";
import { isNamed, linked } from "./references.ts";

/** Stacks that are judged together, under one declaration at a time. */
export interface Group {
  readonly stacks: readonly StackInput[];
}

/**
 * Joins the inputs of one stack: a preview that leaves out what does not change, over the state that has it.
 * What cannot be joined comes back as problems.
 */
export const joined = (
  stacks: readonly StackInput[],
): { stacks: readonly StackInput[]; problems: readonly Problem[] } => {
  const problems: Problem[] = [];
  const byName = Map.groupBy(stacks, ({ stack }) => stack);
  const one = [...byName].flatMap(([name, inputs]): readonly StackInput[] => {
    const wholes = inputs.filter(({ whole }) => whole);
    const parts = inputs.filter(({ whole }) => !whole);
    const [base, second] = wholes;
    if (second !== undefined) problems.push(twice(name, wholes));
    if (base === undefined) {
      problems.push(...parts.map(onlyChanges));
      return [];
    }
    return [parts.reduce(overlaid, base)];
  });
  return { stacks: one, problems };
};

const twice = (name: string, inputs: readonly StackInput[]): Problem => ({
  path: inputs.map(({ file }) => file).join(", "),
  expected: `one input with the whole of ${name}`,
  got: inputs.map(({ kind }) => kind),
  mend: "leave all but one out; to compare with an older one use --base",
});

const onlyChanges = ({ file, stack }: StackInput): Problem => ({
  path: file,
  expected: `every resource of ${stack}`,
  got: "a preview that leaves out what does not change",
  mend: "run pulumi preview --json --show-sames, or name the output of pulumi stack export beside it",
});

/** What a preview changes, over the state. */
const overlaid = (base: StackInput, change: StackInput): StackInput => {
  const changed = new Set(change.resources.map(({ id }) => id));
  const gone = new Set(change.gone);
  const kept = base.resources.filter(({ id }) => !changed.has(id) && !gone.has(id));
  return {
    ...change,
    whole: true,
    resources: [...kept, ...change.resources],
    outputs: Object.keys(change.outputs.values).length > 0 ? change.outputs : base.outputs,
    secrets: [...base.secrets, ...change.secrets],
    notes: [...base.notes, ...change.notes],
  };
};

/**
 * Parts environments: where a project is given with several stacks, they are separate, and what belongs to one by its
 * name goes with it; what belongs to none goes with each. A stack joins those that refer to it.
 */
export const groupsOf = (stacks: readonly StackInput[]): readonly Group[] => {
  const projects = Map.groupBy(stacks, ({ stack }) => stack.slice(0, stack.lastIndexOf("/")));
  const environments = new Set(
    [...projects.values()].flatMap((inputs) => (inputs.length > 1 ? inputs.map(({ stack }) => lastOf(stack)) : [])),
  );
  if (environments.size === 0) return [{ stacks: linked(stacks) }];
  return [...environments].map((environment) => {
    const own = stacks.filter(({ stack }) => lastOf(stack) === environment || !environments.has(lastOf(stack)));
    const named = new Set(own.flatMap(namesReferredTo));
    const more = stacks.filter((one) => !own.includes(one) && [...named].some((name) => isNamed(one.stack, name)));
    return { stacks: linked([...own, ...more]) };
  });
};

const lastOf = (stack: string): string => stack.slice(stack.lastIndexOf("/") + 1);

const namesReferredTo = ({ resources }: StackInput): readonly string[] =>
  resources.flatMap(({ type, properties }) =>
    type === "pulumi:pulumi:StackReference" &&
    typeof properties["name"] === "string" &&
    properties["name"].includes("/")
      ? [properties["name"]]
      : [],
  );

/** The resources of a group as rules get them. Two of one URN are both there: the second under a name of its own. */
export const resourcesOf = ({ stacks }: Group, house: HouseContext | undefined): ReadonlyMap<string, ReadResource> => {
  const resources = new Map<string, ReadResource>();
  for (const stack of stacks) {
    const known = knownIn(stack, house);
    for (const resource of stack.resources) {
      let { id } = resource;
      for (let again = 2; resources.has(id); again += 1) id = `${resource.id}#${again}`;
      resources.set(id, known(id === resource.id ? resource : { ...resource, id }));
    }
  }
  return resources;
};

/** Gives resources without a label what the context knows of them, as a provider's default labels would. */
const knownIn = (
  { stack, resources }: StackInput,
  house: HouseContext | undefined,
): ((resource: ReadResource) => ReadResource) => {
  const patterns = (house?.resources ?? []).filter(({ stack: of }) => of === undefined || matcher(of)(stack));
  if (patterns.length === 0) return (resource) => resource;
  const matching = patterns.map((pattern) => ({ pattern, fits: matcher(pattern.match) }));
  const byId = new Map(resources.map((resource) => [resource.id, resource]));
  return (resource) => {
    const found = matching.find(({ fits }) => fits(`${resource.type}::${resource.name}`) || fits(resource.id))?.pattern;
    if (found === undefined || resource.component) return resource;
    const tags = {
      ...(found.class === undefined ? {} : { "kasbah-class": found.class }),
      ...(found.datasets === undefined ? {} : { "kasbah-datasets": [...found.datasets].sort().join("_") }),
    };
    const { properties, ...provider } = providerOf(resource, byId);
    return {
      ...resource,
      provider: { ...provider, properties: { ...properties, defaultTags: { tags }, defaultLabels: tags } },
    };
  };
};

const providerOf = (
  { provider, type }: ReadResource,
  byId: ReadonlyMap<string, ReadResource>,
): Exclude<PlainResource["provider"], string | undefined> => {
  if (typeof provider === "object") return provider;
  const found = byId.get(provider ?? "") ?? byId.get(provider?.slice(0, Math.max(0, provider.lastIndexOf("::"))) ?? "");
  if (found === undefined) return { type: `pulumi:providers:${type.split(":")[0]}`, properties: {} };
  return { type: found.type, properties: found.properties, id: found.id, name: found.name };
};

/** What the rules are told beside the resources, under one declaration. */
export const contextFor = (
  { stacks }: Group,
  declaration: Declaration | undefined,
  house: HouseContext | undefined,
): EstateContext => {
  const whole = merged(declaration, house?.declaration);
  return {
    ...(whole === undefined ? {} : { declaration: whole }),
    ...(house?.homeCountries === undefined ? {} : { homeCountries: house.homeCountries }),
    labelKeys: house?.labelKeys ?? {},
    classWords: bare(house?.classWords),
    stacks: bare(Object.fromEntries(stacks.map((stack) => [stack.stack, stackContext(stack, house)]))),
    clusters: bare(house?.clusters),
    endpoints: bare(house?.endpoints),
    drills: bare(house?.drills),
  };
};

/** A map that is asked by texts of the input: it has nothing of its own, as `constructor`. */
const bare = <Value>(map: Readonly<Record<string, Value>> = {}): Readonly<Record<string, Value>> =>
  Object.assign(Object.create(null), map);

const stackContext = ({ stack, backend }: StackInput, house: HouseContext | undefined): StackContext => {
  const known = Object.entries(house?.stacks ?? {}).find(([name]) => isNamed(stack, name))?.[1] ?? {};
  return { ...(backend === undefined ? {} : { backend }), ...known };
};

/** A declaration, with what only the context declares. */
const merged = (own: Declaration | undefined, known: Declaration | undefined): Declaration | undefined => {
  if (own === undefined || known === undefined) return own ?? known;
  return {
    ...own,
    datasets: { ...known.datasets, ...own.datasets },
    places: { ...known.places, ...own.places },
    sites: { ...known.sites, ...own.sites },
    formalities: [...own.formalities, ...known.formalities],
  };
};
