import type { Operations } from "@kasbah/core";
import { EXIT, UserError } from "../error.ts";
import { type Adopted, adopt, type ExportedStack, regionOf, type StateResource } from "./deployment.ts";

/** What recovery found out, for the person who asked. */
export interface Recovery {
  readonly stack: ExportedStack;
  /** In the cloud, and now in the state. */
  readonly adopted: readonly Adopted[];
  /** Begun and never made: the next `up` makes them. */
  readonly absent: readonly StateResource[];
  /** Operations on what the state knows already; a refresh reads how they ended. */
  readonly other: readonly string[];
}

/**
 * Looks up every creation that the engine had begun, and puts into the state what the cloud has of it.
 * @throws {UserError} when one creation could be several objects: a person has to say which
 */
export const recoverStack = async (stack: ExportedStack, operations: Operations): Promise<Recovery> => {
  const { resources = [], pending_operations: pending = [] } = stack.deployment;
  const creations = pending
    .filter(({ type, resource }) => type === "creating" && isOfCloud(resource))
    .map(({ resource }) => resource);
  const known = new Set(resources.filter(({ custom }) => custom).map(({ type, id }) => `${type} ${id}`));
  const adopted = new Map<string, Adopted>();
  const absent = new Map<string, StateResource>();
  const ambiguous: string[] = [];
  for (const resource of creations) {
    const region = regionOf(resource, resources);
    const query = { type: resource.type, inputs: resource.inputs ?? {}, ...(region === undefined ? {} : { region }) };
    const found = (await operations.lookup(query)).filter(({ id }) => !known.has(`${resource.type} ${id}`));
    const [first, ...others] = found;
    if (others.length > 0) ambiguous.push(`  ${nameOf(resource)}: ${found.map(({ id }) => id).join(", ")}`);
    else if (first !== undefined) adopted.set(resource.urn, { resource, id: first.id });
    else absent.set(resource.urn, resource);
  }
  if (ambiguous.length > 0) {
    const lines = ambiguous.join("\n");
    throw new UserError(
      EXIT.engineOrCloud,
      `The cloud has several objects that could be what was begun; delete the strays, then recover again. Nothing was changed.\n${lines}`,
    );
  }
  return {
    stack: adopt(stack, [...adopted.values()]),
    adopted: [...adopted.values()],
    absent: [...absent.values()].filter(({ urn }) => !adopted.has(urn)),
    other: pending.filter(({ type }) => type !== "creating").map(({ type, resource }) => `${type} ${nameOf(resource)}`),
  };
};

/** Components and providers live in the state alone: the next `up` registers them again. */
const isOfCloud = ({ custom, type }: StateResource): boolean => custom && !type.startsWith("pulumi:");

/** Type and logical name, as the engine's own table shows them. */
export const nameOf = ({ type, urn }: Pick<StateResource, "type" | "urn">): string =>
  `${type} ${urn.split("::").at(-1)}`;
