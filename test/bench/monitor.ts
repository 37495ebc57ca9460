import grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import engine from "@pulumi/pulumi/proto/engine_pb.js";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import resource from "@pulumi/pulumi/proto/resource_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";

// biome-ignore lint/suspicious/noExplicitAny: gRPC's own type of a handler whose messages are not described
type Handler = grpc.handleUnaryCall<any, any>;

/** The least an engine must answer, so that a program can be timed by itself: it accepts every resource. */
export interface Monitor {
  readonly address: string;
  /** Types registered since the last reset. */
  readonly registered: string[];
  close(): void;
}

const reply =
  (message: unknown): Handler =>
  (_call, done) =>
    done(null, message);
const unimplemented: Handler = (_call, done) =>
  done({ code: grpc.status.UNIMPLEMENTED, message: "not in this benchmark" });
const everything = (service: object): Record<string, Handler> =>
  Object.fromEntries(Object.keys(service).map((name) => [name, unimplemented]));

export const startMonitor = async (): Promise<Monitor> => {
  const registered: string[] = [];
  const supports: Handler = (_call, done) => {
    const response = new resource.SupportsFeatureResponse();
    response.setHassupport(true);
    done(null, response);
  };
  const register: grpc.handleUnaryCall<InstanceType<typeof resource.RegisterResourceRequest>, unknown> = (
    { request },
    done,
  ) => {
    registered.push(request.getType());
    const response = new resource.RegisterResourceResponse();
    response.setUrn(`urn:pulumi:dev::bench::${request.getType()}::${request.getName()}`);
    response.setId(request.getCustom() ? "id" : "");
    response.setObject(request.getObject());
    done(null, response);
  };
  const server = new grpc.Server();
  server.addService(ResourceMonitorService, {
    ...everything(ResourceMonitorService),
    supportsFeature: supports,
    registerResource: register as Handler,
    registerResourceOutputs: reply(new empty.Empty()),
    signalAndWaitForShutdown: reply(new empty.Empty()),
  });
  server.addService(EngineService, {
    ...everything(EngineService),
    log: (({ request }, done) => {
      if (request.getSeverity() > engine.LogSeverity.WARNING) console.error(request.getMessage());
      done(null, new empty.Empty());
    }) satisfies Handler,
    getRootResource: reply(new engine.GetRootResourceResponse()),
    setRootResource: reply(new engine.SetRootResourceResponse()),
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return { address: `127.0.0.1:${port}`, registered, close: () => server.forceShutdown() };
};
