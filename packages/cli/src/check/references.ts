import type { StackInput } from "./input/model.ts";

const REFERENCE = "pulumi:pulumi:StackReference";

/** The names by which a stack refers to others. */
export const referenceNames = ({ resources }: StackInput): readonly string[] =>
  resources.flatMap(({ type, properties, name }) => {
    if (type !== REFERENCE) return [];
    const given = properties["name"];
    return [typeof given === "string" ? given : name];
  });

/** Whether a reference means a stack: `organization/project/stack`, `project/stack`, or the stack alone. */
export const isNamed = (stack: string, name: string): boolean => {
  const parts = name.split("/");
  return parts.length === 1 ? stack.split("/").at(-1) === name : parts.slice(-2).join("/") === stack;
};

/**
 * Leads references to what they mean: what depends on a reference to a stack that is checked too depends on the resources
 * behind that stack's outputs. Without it a flow ends where the stack does.
 */
export const linked = (stacks: readonly StackInput[]): readonly StackInput[] =>
  stacks.map((stack) => {
    if (!stack.resources.some(({ type }) => type === REFERENCE)) return stack;
    const resources = stack.resources.map((resource) => {
      if (resource.type !== REFERENCE) return resource;
      const name = referenceNames({ ...stack, resources: [resource] })[0] ?? "";
      const other = stacks.find((one) => one.stack !== stack.stack && isNamed(one.stack, name));
      if (other === undefined) return resource;
      return { ...resource, propertyDependencies: { ...resource.propertyDependencies, outputs: behindOutputs(other) } };
    });
    return { ...stack, resources };
  });

/** The resources behind a stack's outputs: by what the program says, else by the ids and ARNs that the outputs hold. */
const behindOutputs = ({ outputs, resources }: StackInput): readonly string[] => {
  const told = Object.values(outputs.dependencies).flat();
  if (told.length > 0) return [...new Set(told)];
  const texts = new Set<string>();
  collect(Object.values(outputs.values), texts, 0);
  return resources.flatMap(({ id, outputs: answered = {} }) => {
    const own = Object.entries(answered).flatMap(([key, value]) => (SHARED.has(key) ? [] : [value]));
    return [id, ...own].some((one) => typeof one === "string" && texts.has(one)) ? [id] : [];
  });
};

/** Answers that many resources have alike, and that tell none from another. */
const SHARED: ReadonlySet<string> = new Set(["region", "location", "zone", "availabilityZone", "project", "engine"]);

const MAX_DEPTH = 16;

const collect = (value: unknown, texts: Set<string>, depth: number): void => {
  if (typeof value === "string") texts.add(value);
  else if (typeof value === "object" && value !== null && depth < MAX_DEPTH)
    for (const one of Object.values(value)) collect(one, texts, depth + 1);
};
