import type { Operations } from "@kasbah/core";
import { EXIT, UserError } from "../error.ts";
import { cloudOf, loadOperations } from "../operations/load.ts";
import { providerOf, unmarked } from "../operations/state.ts";
import { type Scene, targetOf } from "../operations/target.ts";
import { type ExportedStack, regionOf, type StateResource } from "./deployment.ts";
import type { Ask } from "./recover.ts";

/** Asks the simulated cloud. */
export const askSandbox =
  (operations: Operations, { deployment: { resources = [] } }: ExportedStack): Ask =>
  (resource) => {
    const region = regionOf(resource, resources);
    const query = { type: resource.type, inputs: resource.inputs ?? {}, ...(region === undefined ? {} : { region }) };
    return operations.lookup(query);
  };

interface RealClouds {
  readonly exported: ExportedStack;
  /** The same with its secrets decrypted: what was begun is recognised by what it was really given. */
  readonly decrypted: ExportedStack;
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Asks each resource's own cloud, by what its provider was told. */
export const askClouds = ({ exported, decrypted, folder, env }: RealClouds): Ask => {
  const { resources = [], pending_operations: pending = [] } = exported.deployment;
  const plain = new Map(
    pending.map(({ resource }, index) => [resource, decrypted.deployment.pending_operations?.[index]?.resource.inputs]),
  );
  const connected = new Map<string, Promise<Operations>>();
  const connect = (resource: StateResource): Promise<Operations> => {
    const provider = providerOf(resource);
    const inputs = resources.find(({ urn }) => urn === provider)?.inputs;
    const known = connected.get(provider) ?? connectTo(resource, inputs, { folder, env, config: {} });
    connected.set(provider, known);
    return known;
  };
  return async (resource) => {
    const operations = await connect(resource);
    return operations.lookup({ type: resource.type, inputs: Object(unmarked(plain.get(resource) ?? {})) });
  };
};

const connectTo = async (
  { type }: StateResource,
  inputs: StateResource["inputs"],
  scene: Scene,
): Promise<Operations> => {
  const cloud = cloudOf(type) ?? type.split(":")[0] ?? type;
  const operations = await loadOperations(cloud, scene.folder);
  if (operations !== undefined) return operations.connect(targetOf(cloud, undefined, inputs ?? {}, scene));
  throw new UserError(
    EXIT.missingTool,
    `look-ups in ${cloud} do not exist yet; find it by its exact name, and import or delete it`,
  );
};
