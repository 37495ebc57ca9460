/**
 * The process behind `pulumi-resource-<package>`: `node main.ts <package> [engine address]`. It prints its port first,
 * serves one package of the simulated cloud in the folder that `KASBAH_SANDBOX` names, and ends when its parent does.
 */
import grpc from "@grpc/grpc-js";
import enginerpc from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import enginepb from "@pulumi/pulumi/proto/engine_pb.js";
import providerrpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { type Log, Provider } from "./provider.ts";
import { implementation } from "./server.ts";
import { Store } from "./store.ts";
import { cloudOf } from "./tables/index.ts";

const LARGEST_MESSAGE = 1 << 28;
const PARENT_CHECK_MS = 300;

const [name = "", ...rest] = process.argv.slice(2);
const parent = process.ppid;
const folder = process.env["KASBAH_SANDBOX"];
if (!folder) {
  console.error("KASBAH_SANDBOX must name the folder of the simulated cloud");
  process.exit(2);
}

let engine: enginerpc.EngineClient | undefined;
const attach = (address: string) => {
  engine = new enginerpc.EngineClient(address, grpc.credentials.createInsecure());
};

const log: Log = (severity, message, urn = "") => {
  const request = new enginepb.LogRequest();
  request.setSeverity(severity === "info" ? enginepb.LogSeverity.INFO : enginepb.LogSeverity.WARNING);
  request.setMessage(message);
  request.setUrn(urn);
  if (engine) engine.log(request, () => {});
  else console.error(message);
};

const cloud = await cloudOf(name);
const store = new Store(folder);

/** Ends this process at once, and never returns. */
const die = (): Promise<never> => {
  process.kill(process.pid, "SIGKILL");
  return new Promise(() => {});
};
const killEngine = () => {
  if (parent > 1) process.kill(parent, "SIGKILL");
};

const address = rest.find((argument) => /:\d+$/.test(argument));
if (address) attach(address);
// An engine that was killed tells nobody; this process then gets another parent.
setInterval(() => process.ppid === parent || process.exit(0), PARENT_CHECK_MS);

let greeted = false;
const greet = () => {
  if (!greeted) log("info", `simulated ${name}: no real cloud is asked or changed`);
  greeted = true;
};
const server = new grpc.Server({
  "grpc.max_receive_message_length": LARGEST_MESSAGE,
  "grpc.max_send_message_length": LARGEST_MESSAGE,
});
const provider = new Provider(cloud, store, { folder, store, killEngine, die }, log);
server.addService(
  providerrpc.ResourceProviderService,
  implementation(provider, { version: cloud.shapes.source.split(" ").at(-1) ?? "0.0.0", attach, greet }),
);
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  console.log(port);
});
