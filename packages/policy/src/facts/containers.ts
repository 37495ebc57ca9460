import { at, items, keysOf, type Text, text, textOf, UNKNOWN, under } from "../resource.ts";
import { split } from "./check.ts";
import { document, listed } from "./json.ts";

/** A container, or whatever runs with an environment. */
export interface Container {
  readonly path: string;
  readonly image: Text;
  readonly env: readonly Variable[];
  /** Names of config maps whose keys all become variables. */
  readonly maps: readonly string[];
  readonly args: readonly string[];
  /** All of it, for what only one kind of container has. */
  readonly raw: unknown;
}

export interface Variable {
  readonly name: string;
  /** `undefined`: it comes from a secret or a reference. */
  readonly value: Text;
  readonly path: string;
}

/** How a type's containers are written. */
interface Shape {
  /** Lists of containers, or single ones. */
  readonly lists: readonly string[];
  readonly image?: string;
  /** A list of `{ name, value }`, or a map. */
  readonly env: string;
  readonly args: readonly string[];
  /** The lists are JSON texts. */
  readonly json?: true;
}

const POD: Shape = { lists: ["initContainers", "containers"], image: "image", env: "env", args: ["command", "args"] };
const inPod = (prefix: string): Shape => ({ ...POD, lists: POD.lists.map((list) => `${prefix}.${list}`) });

const TEMPLATE = "spec.template.spec";
/** Where the pod is described, by kind of Kubernetes. */
export const PODS: ReadonlyMap<string, string> = new Map([
  ["kubernetes:core/v1:Pod", "spec"],
  ["kubernetes:apps/v1:Deployment", TEMPLATE],
  ["kubernetes:apps/v1:StatefulSet", TEMPLATE],
  ["kubernetes:apps/v1:DaemonSet", TEMPLATE],
  ["kubernetes:apps/v1:ReplicaSet", TEMPLATE],
  ["kubernetes:core/v1:ReplicationController", TEMPLATE],
  ["kubernetes:batch/v1:Job", TEMPLATE],
  ["kubernetes:batch/v1:CronJob", "spec.jobTemplate.spec.template.spec"],
]);

const SHAPES: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ...[...PODS].map(([type, prefix]): [string, Shape] => [type, inPod(prefix)]),
  [
    "aws:ecs/taskDefinition:TaskDefinition",
    {
      lists: ["containerDefinitions"],
      image: "image",
      env: "environment",
      args: ["entryPoint", "command"],
      json: true,
    },
  ],
  [
    "aws:batch/jobDefinition:JobDefinition",
    { lists: ["containerProperties"], image: "image", env: "environment", args: ["command"], json: true },
  ],
  ["aws:lambda/function:Function", { lists: [""], image: "imageUri", env: "environment.variables", args: [] }],
  [
    "aws:sagemaker/model:Model",
    { lists: ["primaryContainer", "containers"], image: "image", env: "environment", args: [] },
  ],
  [
    "aws:apprunner/service:Service",
    {
      lists: ["sourceConfiguration.imageRepository"],
      image: "imageIdentifier",
      env: "imageConfiguration.runtimeEnvironmentVariables",
      args: [],
    },
  ],
  ["aws:codebuild/project:Project", { lists: ["environment"], image: "image", env: "environmentVariables", args: [] }],
  [
    "azure-native:containerinstance:ContainerGroup",
    { lists: ["containers", "initContainers"], image: "image", env: "environmentVariables", args: ["command"] },
  ],
  [
    "azure-native:app:ContainerApp",
    {
      lists: ["template.containers", "template.initContainers"],
      image: "image",
      env: "env",
      args: ["command", "args"],
    },
  ],
  [
    "azure-native:app:Job",
    {
      lists: ["template.containers", "template.initContainers"],
      image: "image",
      env: "env",
      args: ["command", "args"],
    },
  ],
  ...["azure-native:web:WebApp", "azure-native:web:WebAppSlot"].map((type): [string, Shape] => [
    type,
    { lists: ["siteConfig"], image: "linuxFxVersion", env: "appSettings", args: [] },
  ]),
  ["azure-native:web:WebAppApplicationSettings", { lists: [""], env: "properties", args: [] }],
  [
    "gcp:cloudrunv2/service:Service",
    { lists: ["template.containers"], image: "image", env: "envs", args: ["commands", "args"] },
  ],
  [
    "gcp:cloudrunv2/job:Job",
    { lists: ["template.template.containers"], image: "image", env: "envs", args: ["commands", "args"] },
  ],
  [
    "gcp:cloudrun/service:Service",
    { lists: ["template.spec.containers"], image: "image", env: "envs", args: ["commands", "args"] },
  ],
  ["gcp:cloudfunctions/function:Function", { lists: [""], env: "environmentVariables", args: [] }],
  ["gcp:cloudfunctionsv2/function:Function", { lists: ["serviceConfig"], env: "environmentVariables", args: [] }],
  [
    "gcp:vertex/aiEndpointWithModelGardenDeployment:AiEndpointWithModelGardenDeployment",
    { lists: ["modelConfig.containerSpec"], image: "imageUri", env: "envs", args: ["args"] },
  ],
]);

export const runsContainers = (type: string): boolean => SHAPES.has(type);

/** Types with containers, and the properties that are read. */
export const CONTAINER_PATHS: ReadonlyMap<string, readonly string[]> = new Map(
  [...SHAPES].map(([type, { lists, image, env, args, json }]) => [
    type,
    lists.flatMap((list) =>
      json === true
        ? [list]
        : [...(image === undefined ? [] : [image]), env, ...args].map((key) => (list === "" ? key : `${list}.${key}`)),
    ),
  ]),
);

/** What of a resource's containers can be read. */
export interface ReadContainers {
  readonly containers: readonly Container[];
  /** Properties that are not known yet, so that containers may be hidden. */
  readonly unknown: readonly string[];
}

const NONE: ReadContainers = { containers: [], unknown: [] };

export const containersOf = (type: string, props: unknown): ReadContainers => {
  const shape = SHAPES.get(type);
  if (shape === undefined) return NONE;
  const containers: Container[] = [];
  const unknown: string[] = [];
  for (const list of shape.lists) {
    const found = list === "" ? props : under(props, split(list));
    const held = shape.json === true ? document(found) : found;
    if (held === UNKNOWN) unknown.push(list);
    else {
      const members = shape.json === true ? listed(held) : list === "" ? [held] : items(held);
      for (const [index, raw] of members.entries()) {
        if (raw === undefined || raw === null) continue;
        const path = list === "" ? "" : Array.isArray(held) ? `${list}.${index}` : list;
        if (raw === UNKNOWN) unknown.push(path);
        else containers.push(containerOf(raw, path, shape));
      }
    }
  }
  return { containers, unknown };
};

const containerOf = (raw: unknown, path: string, { image, env, args }: Shape): Container => {
  const prefix = path === "" ? "" : `${path}.`;
  return {
    path,
    image: image === undefined ? undefined : imageOf(text(raw, ...split(image))),
    env: variablesOf(under(raw, split(env)), `${prefix}${env}`),
    maps: items(raw, "envFrom").flatMap((source) => {
      const name = text(source, "configMapRef", "name");
      return typeof name === "string" ? [name] : [];
    }),
    args: args.flatMap((key) => items(raw, key).filter((one) => typeof one === "string")),
    raw,
  };
};

/** App Service writes `DOCKER|image`. */
const imageOf = (image: Text): Text => (typeof image === "string" ? image.replace(/^DOCKER\|/i, "") : image);

const variablesOf = (env: unknown, path: string): readonly Variable[] => {
  if (env === UNKNOWN) return [{ name: "", value: UNKNOWN, path }];
  if (!Array.isArray(env)) {
    return keysOf(env).map((name) => ({ name, value: textOf(at(env, name)), path: `${path}.${name}` }));
  }
  return items(env).flatMap((one, index): readonly Variable[] => {
    if (one === UNKNOWN) return [{ name: "", value: UNKNOWN, path: `${path}.${index}` }];
    const name = text(one, "name");
    return [{ name: typeof name === "string" ? name : "", value: text(one, "value"), path: `${path}.${index}.value` }];
  });
};
