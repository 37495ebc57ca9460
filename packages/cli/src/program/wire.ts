import { fileURLToPath } from "node:url";
import type * as Pulumi from "@pulumi/pulumi";
import { readWire, type WireMessage } from "./message.ts";
import type { WireResource } from "./protocol.ts";
import { unknownOutput } from "./references.ts";

type Sdk = typeof Pulumi;
type Answer = (error: Error | null, response: unknown) => void;

/** The part of the SDK's mock monitor that is listened to. */
interface Monitor {
  newUrn(parent: string, type: string, name: string): string;
  registerResource(request: WireMessage, answer: Answer): Promise<void>;
  readResource(request: WireMessage, answer: Answer): Promise<void>;
  registerResourceOutputs(request: OutputsMessage, answer: Answer): void;
}

interface OutputsMessage {
  getUrn(): string;
  getOutputs(): { toJavaScript(): Readonly<Record<string, unknown>> } | undefined;
}

/** What was listened to. */
export interface Heard {
  readonly resources: WireResource[];
  /** Outputs by the URN of the component. */
  readonly outputs: Map<string, Readonly<Record<string, unknown>>>;
}

const STACK = "pulumi:pulumi:Stack";

/** The engine's URN: the types of all parents below the stack, joined by `$`. The mocks keep one parent only. */
const engineUrn = (stack: string, project: string) => (parent: string, type: string, name: string) => {
  const above = parent.split("::")[2] ?? "";
  const qualified = above === "" || above === STACK ? type : `${above}$${type}`;
  return `urn:pulumi:${stack}::${project}::${qualified}::${name}`;
};

/** Writes down each resource as the engine would be told of it. After the mocks are set, before the program runs. */
export const hear = (pulumi: Sdk, folder: string): Heard => {
  const monitor: unknown = pulumi.runtime.getMonitor();
  if (!isMonitor(monitor)) throw new Error("this version of @pulumi/pulumi has no mocks that can be listened to");
  const heard: Heard = { resources: [], outputs: new Map() };
  const { registerResource, readResource, registerResourceOutputs } = monitor;
  monitor.newUrn = engineUrn(pulumi.getStack(), pulumi.getProject());
  const write = (request: WireMessage): void => {
    const urn = monitor.newUrn(request.getParent(), request.getType(), request.getName());
    heard.resources.push(readWire(request, urn, folder));
  };
  monitor.registerResource = (request, answer) => {
    write(request);
    return registerResource.call(monitor, request, answer);
  };
  monitor.readResource = (request, answer) => {
    write(request);
    return readResource.call(monitor, request, answer);
  };
  monitor.registerResourceOutputs = (request, answer) => {
    heard.outputs.set(request.getUrn(), request.getOutputs()?.toJavaScript() ?? {});
    return registerResourceOutputs.call(monitor, request, answer);
  };
  Reflect.set(pulumi.Resource, "callsites", callsites);
  leaveUnanswered(pulumi);
  return heard;
};

const isMonitor = (value: unknown): value is Monitor =>
  typeof value === "object" &&
  value !== null &&
  ["newUrn", "registerResource", "readResource", "registerResourceOutputs"].every((name) => name in value);

/** The lines of the stack. The SDK's own reader leaves out those of ES modules, which are where programs are. */
const callsites = (): readonly object[] => {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 64;
  const lines = new Error().stack?.split("\n").slice(1) ?? [];
  Error.stackTraceLimit = limit;
  return lines.map((line) => {
    const { file, row, column } =
      /(?:\(|at (?:async )?)(?<file>[^()]*):(?<row>\d+):(?<column>\d+)\)?$/.exec(line)?.groups ?? {};
    if (file === undefined || file.startsWith("node:")) return {};
    return { file: file.startsWith("file:") ? fileURLToPath(file) : file, line: Number(row), column: Number(column) };
  });
};

/** Nobody answers a question to a cloud: what depends on the answer is not known, as with an engine that cannot tell. */
const leaveUnanswered = (pulumi: Sdk): void => {
  for (const name of ["invokeOutput", "invokeSingleOutput", "call", "callSingle"])
    Reflect.set(pulumi.runtime, name, () => unknownOutput(pulumi));
};
