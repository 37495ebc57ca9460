import type { Obstacle, PlannedResource } from "@kasbah/core";
import type { CollectedResource } from "../program/protocol.ts";
import type { ExportedStack, StateResource } from "../recover/deployment.ts";
import { cloudOf, loadOperations } from "./load.ts";
import { nameIn, type Scene, targetOf } from "./target.ts";

export interface Checked {
  readonly obstacles: readonly Obstacle[];
  /** What could not be looked at, in words. */
  readonly unchecked: readonly string[];
}

interface Group {
  readonly cloud: string;
  readonly provider: string | undefined;
  readonly inputs: Readonly<Record<string, unknown>> | undefined;
  readonly plan: readonly PlannedResource[];
}

/** Asks every cloud of a plan whether it could be made there today. Makes nothing. */
export const preflightPlan = async (
  planned: readonly CollectedResource[],
  exported: ExportedStack | undefined,
  scene: Scene,
): Promise<Checked> => {
  const parts = await Promise.all(
    groupsOf(planned, exported?.deployment.resources ?? []).map(async ({ cloud, provider, inputs, plan }) => {
      const operations = await loadOperations(cloud, scene.folder);
      if (operations?.preflight === undefined) return { obstacles: [], unchecked: [`${cloud}: nothing, as yet`] };
      const unmade = unmadeProject(inputs, planned);
      if (unmade !== undefined) return { obstacles: [], unchecked: [`${unmade}: the project is made by this plan`] };
      const { obstacles, unchecked } = await operations.preflight(targetOf(cloud, provider, inputs, scene), plan);
      const where = provider ?? cloud;
      return {
        obstacles: obstacles.map((obstacle) => ({ ...obstacle, says: `${where}: ${obstacle.says}` })),
        unchecked: unchecked.map((line) => `${where}: ${line}`),
      };
    }),
  );
  return {
    obstacles: parts.flatMap(({ obstacles }) => obstacles),
    unchecked: [...new Set(parts.flatMap(({ unchecked }) => unchecked))],
  };
};

/** What the plan makes or changes, by the provider that it goes through. */
const groupsOf = (planned: readonly CollectedResource[], state: readonly StateResource[]): readonly Group[] => {
  const there = new Map(
    state.filter(isThere).map((resource) => [`${resource.type} ${nameIn(resource.urn)}`, resource]),
  );
  const made = planned.filter(
    ({ custom, type }) => custom && cloudOf(type) !== undefined && !type.startsWith("pulumi:"),
  );
  return [...Map.groupBy(made, ({ type, provider }) => `${cloudOf(type)} ${provider ?? ""}`).values()].map(
    (resources) => {
      const [{ type = "", provider } = {}] = resources;
      const plan = resources.map(({ type, name, inputs }): PlannedResource => {
        const before = there.get(`${type} ${name}`)?.inputs;
        return { type, name, inputs, ...(before === undefined ? {} : { before }) };
      });
      return { cloud: cloudOf(type) ?? "", provider, inputs: inputsOf(provider, planned, state), plan };
    },
  );
};

const isThere = ({ custom, id, delete: gone }: StateResource): boolean => custom && id !== undefined && gone !== true;

/** Of the provider that is there: what a plan cannot know, as a project that an earlier run has made, is known there. */
const inputsOf = (
  provider: string | undefined,
  planned: readonly CollectedResource[],
  state: readonly StateResource[],
): Group["inputs"] => {
  const isIt = (type: string, name: string): boolean => type.startsWith("pulumi:providers:") && name === provider;
  const told = planned.find(({ type, name }) => isIt(type, name))?.inputs;
  const known = state.find(({ type, urn }) => isIt(type, nameIn(urn)))?.inputs;
  if (told === undefined) return known;
  return { ...told, ...("tenantId" in Object(known) ? { tenantId: Object(known).tenantId } : {}) };
};

/** Under mocks an object that is yet to be made has the id `<name>-id`. */
const unmadeProject = (inputs: Group["inputs"], planned: readonly CollectedResource[]): string | undefined => {
  const project = inputs?.["tenantId"];
  return planned.find(({ name }) => `${name}-id` === project)?.name;
};
