import type { Problem } from "@kasbah/core";
import { isTree, type Tree } from "@kasbah/core/judge";
import { unmark } from "./marks.ts";
import type { Entry, ReadResource } from "./model.ts";

/** What is being read of one stack. */
export interface Draft {
  readonly resources: ReadResource[];
  readonly gone: string[];
  readonly secrets: string[];
  readonly problems: Problem[];
  outputs: Tree;
}

export const draft = (): Draft => ({ resources: [], gone: [], secrets: [], problems: [], outputs: {} });

/** Says of an entry that it is no resource. */
export const noResource = ({ array, index }: Entry, got: unknown): Problem => ({
  path: `${array}.${index}`,
  expected: "a resource with urn and type, as the engine writes it",
  got: isTree(got) ? Object.keys(got).slice(0, 8) : typeof got,
  mend: "export it again",
});

/** What is written down of a resource while it is read. */
type Unsealed = { -readonly [Key in keyof ReadResource]: ReadResource[Key] };

/**
 * A resource as the engine writes it in states, previews and logs.
 * @param marked whether something in it may be marked as secret
 * @returns nothing when it is none
 */
export const resourceOf = (value: unknown, entry: Entry, marked: boolean, into: Draft): ReadResource | undefined => {
  if (!isTree(value) || !isText(value["urn"]) || !isText(value["type"])) {
    into.problems.push(noResource(entry, value));
    return undefined;
  }
  const { urn, type, id, parent, provider, propertyDependencies } = value;
  const { defaults } = value; // only states of version 1 have them
  const inputs = isTree(defaults) ? { ...defaults, ...treeOf(value["inputs"]) } : treeOf(value["inputs"]);
  const answers = treeOf(value["outputs"]);
  const resource: Unsealed = {
    id: urn,
    type,
    name: nameOf(urn),
    stack: stackOf(urn),
    properties: inputs,
    outputs: answers,
    entry,
  };
  if (marked) withoutMarks(resource, into);
  if (type === "pulumi:pulumi:Stack") into.outputs = resource.outputs ?? {};
  if (isText(id)) resource.outputs = named(resource.outputs ?? {}, id);
  if (isText(parent)) resource.parent = parent;
  if (isText(provider)) resource.provider = provider;
  if (isTree(propertyDependencies)) resource.propertyDependencies = urnLists(propertyDependencies);
  if (value["protect"] === true) resource.protect = true;
  if (value["external"] === true) resource.external = true;
  if (value["custom"] !== true) resource.component = true; // a log leaves it out where it is false
  const at = value["stackTrace"] === undefined ? undefined : lineOf(value);
  if (at !== undefined) resource.at = at;
  return resource;
};

/** The answers with the id among them. They were parsed for this and belong to nobody else: a copy of each is dear. */
const named = (answers: Tree, id: string): Tree => {
  Reflect.set(answers, "id", id);
  return answers;
};

const withoutMarks = (resource: Unsealed, into: Draft): void => {
  const inputs = unmark(resource.properties);
  const answers = unmark(resource.outputs ?? {});
  into.secrets.push(...inputs.secrets, ...answers.secrets);
  resource.properties = inputs.properties;
  resource.outputs = answers.properties;
  if (inputs.secretPaths.length > 0) resource.secretPaths = inputs.secretPaths;
};

export const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

export const treeOf = (value: unknown): Tree => (isTree(value) ? value : {});

const urnLists = (value: Tree): Readonly<Record<string, readonly string[]>> => {
  const entries = Object.entries(value);
  if (entries.every(([, urns]) => Array.isArray(urns))) return value as Readonly<Record<string, readonly string[]>>;
  return Object.fromEntries(entries.map(([key, urns]) => [key, Array.isArray(urns) ? urns.filter(isText) : []]));
};

/** `urn:pulumi:<stack>::<project>::<types>::<name>`; the name may hold `::` itself. */
export const nameOf = (urn: string): string => {
  let at = 0;
  for (let part = 0; part < 3; part += 1) {
    const next = urn.indexOf("::", at);
    if (next < 0) return urn;
    at = next + 2;
  }
  return urn.slice(at);
};

const stacks = new Map<string, string>();

/** `project/stack` of a URN. All of a file have the same, so that one text is kept. */
export const stackOf = (urn: string): string => {
  const end = urn.indexOf("::", urn.indexOf("::") + 2);
  const head = end < 0 ? urn : urn.slice(0, end);
  const known = stacks.get(head);
  if (known !== undefined) return known;
  const [first = "", project = ""] = head.split("::");
  const stack = `${project}/${first.slice("urn:pulumi:".length)}`;
  stacks.set(head, stack);
  return stack;
};

/** The innermost line of the program that the engine was told of, relative to the project. */
const lineOf = (value: Tree): ReadResource["at"] => {
  const trace: unknown = value["stackTrace"];
  if (!Array.isArray(trace)) return undefined;
  for (const frame of trace) {
    const position: unknown = isTree(frame) ? frame["sourcePosition"] : undefined;
    const found = typeof position === "string" ? /^project:\/\/\/([^#]+)#(\d+)/.exec(position) : null;
    if (found?.[1] === undefined || /(^|\/)(node_modules|\.\.)\//.test(found[1])) continue;
    return { file: found[1], line: Number(found[2]) };
  }
  return undefined;
};
