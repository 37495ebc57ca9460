/**
 * A language host for Node programs and policy packs, for an engine that brings none: the vendor's CLI ships its own
 * beside the binary, one built from its Go module has none. It starts programs and packs the way that the vendor's does
 * (folder, arguments, environment), so that what runs under one runs under the other.
 *
 * The engine starts it through the script that `host-script.ts` writes, with its own address as the last argument, and
 * reads the port from the first line. When the engine goes, by whatever death, standard input ends, and so do we and
 * everything that we have started.
 */
import type { ChildProcess } from "node:child_process";
import grpc from "@grpc/grpc-js";
import language from "@pulumi/pulumi/proto/language_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/language_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { childEnvironment, dependenciesOf, pluginCommand, programCommand, start } from "./programs.ts";

type Reply<T> = (error: Partial<grpc.ServiceError> | null, response?: T) => void;
interface Unary<T> {
  readonly request: T;
  on(event: "cancelled", listener: () => void): unknown;
}
interface Streaming<T, R> extends Unary<T> {
  write(response: R): unknown;
  end(): void;
}

/** `cmd/run` and `cmd/run-policy-pack` end with it when they have told the user already. */
const ALREADY_REPORTED = 32;

const engineAddress = process.argv.at(-1) ?? "";
const running = new Set<ChildProcess>();

function keep(child: ChildProcess): ChildProcess {
  running.add(child);
  child.on("close", () => running.delete(child));
  return child;
}

function endAll(signal: NodeJS.Signals): void {
  for (const child of running) child.kill(signal);
}

function run(call: Unary<messages.RunRequest>, reply: Reply<messages.RunResponse>): void {
  const response = new messages.RunResponse();
  try {
    const { args, cwd, env } = programCommand(call.request, engineAddress);
    const child = keep(start(args, { cwd, env, stdio: ["ignore", "inherit", "inherit"] }));
    call.on("cancelled", () => child.kill("SIGINT"));
    child.on("error", (error) => reply(null, response.setError(`the program could not be started: ${error.message}`)));
    child.on("exit", (code, signal) => {
      if (code === ALREADY_REPORTED) response.setBail(true);
      else if (code !== 0) response.setError(`the program ended with ${code === null ? signal : `exit code ${code}`}`);
      reply(null, response);
    });
  } catch (error) {
    reply(null, response.setError(messageOf(error)));
  }
}

function runPlugin(call: Streaming<messages.RunPluginRequest, messages.RunPluginResponse>): void {
  const send = (response: messages.RunPluginResponse): unknown => call.write(response);
  const fail = (text: string): void => {
    send(new messages.RunPluginResponse().setStderr(Buffer.from(`${text}\n`)));
    send(new messages.RunPluginResponse().setExitcode(1));
    call.end();
  };
  try {
    const { args, cwd, env } = pluginCommand(call.request);
    const child = keep(start(args, { cwd, env, stdio: ["pipe", "pipe", "pipe"] }));
    call.on("cancelled", () => child.kill());
    child.stdout?.on("data", (bytes: Buffer) => send(new messages.RunPluginResponse().setStdout(bytes)));
    child.stderr?.on("data", (bytes: Buffer) => send(new messages.RunPluginResponse().setStderr(bytes)));
    child.on("error", (error) => fail(`it could not be started: ${error.message}`));
    child.on("close", (code) => {
      send(new messages.RunPluginResponse().setExitcode(code ?? 1));
      call.end();
    });
  } catch (error) {
    fail(messageOf(error));
  }
}

function installDependencies(
  call: Streaming<messages.InstallDependenciesRequest, messages.InstallDependenciesResponse>,
): void {
  const folder = call.request.getInfo()?.getProgramDirectory() || call.request.getDirectory();
  const child = keep(start(["install"], { cwd: folder, env: process.env, stdio: ["ignore", "pipe", "pipe"] }, "npm"));
  child.stdout?.on("data", (bytes: Buffer) => call.write(new messages.InstallDependenciesResponse().setStdout(bytes)));
  child.stderr?.on("data", (bytes: Buffer) => call.write(new messages.InstallDependenciesResponse().setStderr(bytes)));
  child.on("close", () => call.end());
}

function getProgramDependencies(
  call: Unary<messages.GetProgramDependenciesRequest>,
  reply: Reply<messages.GetProgramDependenciesResponse>,
): void {
  const found = dependenciesOf(call.request.getInfo()?.getProgramDirectory() || call.request.getPwd());
  const list = found.map(([name, version]) => new messages.DependencyInfo().setName(name).setVersion(version));
  reply(null, new messages.GetProgramDependenciesResponse().setDependenciesList(list));
}

const answer =
  <T>(make: () => T) =>
  (_call: unknown, reply: Reply<T>): void =>
    reply(null, make());

const methods: Record<string, unknown> = {
  run,
  runPlugin,
  installDependencies,
  getProgramDependencies,
  // An empty list: the engine asks for a plugin when the first resource of its kind registers, with the same result.
  getRequiredPackages: answer(() => new messages.GetRequiredPackagesResponse()),
  getRequiredPlugins: answer(() => new messages.GetRequiredPluginsResponse()),
  runtimeOptionsPrompts: answer(() => new messages.RuntimeOptionsResponse()),
  getPluginInfo: answer(() => new plugin.PluginInfo().setVersion("0.1.0")),
  about: answer(() => new messages.AboutResponse().setExecutable(process.execPath).setVersion(process.version)),
  cancel: answer(() => {
    endAll("SIGINT");
    return new empty.Empty();
  }),
};

function unimplemented(call: { emit?: (event: string, error: unknown) => void }, reply?: Reply<never>): void {
  const error = {
    code: grpc.status.UNIMPLEMENTED,
    message: "Kasbah's language host does not do this; the vendor's CLI does",
  };
  if (reply) reply(error);
  else call.emit?.("error", error);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function serve(): void {
  const service = language.LanguageRuntimeService as unknown as grpc.ServiceDefinition;
  const handlers = Object.keys(service).map((name) => [name, methods[name] ?? unimplemented]);
  const server = new grpc.Server({ "grpc.max_receive_message_length": -1 });
  server.addService(service, Object.fromEntries(handlers) as grpc.UntypedServiceImplementation);
  server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    process.stdout.write(`${port}\n`);
  });
}

function end(): void {
  endAll("SIGKILL");
  process.exit(0);
}

Object.assign(process.env, childEnvironment(process.env));
process.stdin.on("end", end).on("close", end).on("error", end).resume();
process.stdout.on("error", end); // the other end of the pipe has gone with the engine
process.on("SIGTERM", end);
process.on("SIGINT", end); // how the engine says that it is done; it waits five seconds for one that stays
serve();
