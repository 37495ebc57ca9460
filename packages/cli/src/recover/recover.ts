import type { FoundResource } from "@kasbah/core";
import { EXIT, UserError } from "../error.ts";
import { type Adopted, adopt, type ExportedStack, type StateResource } from "./deployment.ts";

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

/** Asks the cloud of one resource for every object that it could be. */
export type Ask = (resource: StateResource) => Promise<readonly FoundResource[]>;

interface Answer {
  readonly resource: StateResource;
  readonly found: readonly FoundResource[];
  /** Why the cloud could not be asked. */
  readonly problem?: string;
}

/**
 * Looks up every creation that the engine had begun, and puts into the state what the cloud has of it.
 * @throws {UserError} when one creation could be several objects, or none can be told: a person has to say which
 */
export const recoverStack = async (stack: ExportedStack, ask: Ask): Promise<Recovery> => {
  const { resources = [], pending_operations: pending = [] } = stack.deployment;
  const known = new Set(resources.filter(({ custom }) => custom).map(({ type, id }) => `${type} ${id}`));
  const creations = pending.filter(({ type, resource }) => type === "creating" && isOfCloud(resource));
  const answers = await Promise.all(creations.map(({ resource }) => answered(resource, ask, known)));
  const questions = answers.flatMap(questionOf);
  if (questions.length > 0) throw personHasToSay(questions);
  const adopted = new Map<string, Adopted>();
  for (const { resource, found } of answers) {
    for (const one of found) adopted.set(resource.urn, { resource, ...one });
  }
  const absent = new Map(answers.map(({ resource }) => [resource.urn, resource]));
  return {
    stack: adopt(stack, [...adopted.values()]),
    adopted: [...adopted.values()],
    absent: [...absent.values()].filter(({ urn }) => !adopted.has(urn)),
    other: pending.filter(({ type }) => type !== "creating").map(({ type, resource }) => `${type} ${nameOf(resource)}`),
  };
};

const answered = async (resource: StateResource, ask: Ask, known: ReadonlySet<string>): Promise<Answer> => {
  try {
    const found = (await ask(resource)).filter(({ id }) => !known.has(`${resource.type} ${id}`));
    return { resource, found };
  } catch (error) {
    return { resource, found: [], problem: error instanceof Error ? error.message : String(error) };
  }
};

const questionOf = ({ resource, found, problem }: Answer): readonly string[] => {
  if (problem !== undefined) return [`  ${nameOf(resource)}: ${problem}`];
  const doubt = found.find((one) => one.doubt !== undefined)?.doubt;
  if (found.length < 2 && doubt === undefined) return [];
  return [`  ${nameOf(resource)}: ${found.map(({ id }) => id).join(", ")}${doubt === undefined ? "" : ` (${doubt})`}`];
};

const personHasToSay = (lines: readonly string[]): UserError =>
  new UserError(
    EXIT.engineOrCloud,
    `What was begun cannot be told from what else there is, or the cloud cannot be asked. Delete the strays (or mend what is said), then recover again. Nothing was changed.\n${lines.join("\n")}`,
  );

/** Components and providers live in the state alone: the next `up` registers them again. */
const isOfCloud = ({ custom, type }: StateResource): boolean => custom && !type.startsWith("pulumi:");

/** Type and logical name, as the engine's own table shows them. */
export const nameOf = ({ type, urn }: Pick<StateResource, "type" | "urn">): string =>
  `${type} ${urn.split("::").at(-1)}`;
