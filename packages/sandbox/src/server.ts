import grpc from "@grpc/grpc-js";
import pluginpb from "@pulumi/pulumi/proto/plugin_pb.js";
import pb from "@pulumi/pulumi/proto/provider_pb.js";
import emptypb from "google-protobuf/google/protobuf/empty_pb.js";
import type { Failure } from "./check.ts";
import { type Answer, isKnown, type Provider } from "./provider.ts";
import { bookkeeping } from "./values.ts";
import { open, wrap } from "./wire.ts";

/** What surrounds the provider: its version, and what to do when a call names the engine or ends it. */
export interface Surroundings {
  readonly version: string;
  readonly attach: (engineAddress: string) => void;
  readonly greet: () => void;
}

/** The type in a URN, where an engine does not say it beside. */
const typeOf = (request: { getType(): string; getUrn(): string }) =>
  request.getType() || (request.getUrn().split("::")[2]?.split("$").at(-1) ?? "");

const nameOf = (request: { getName(): string; getUrn(): string }) =>
  request.getName() || request.getUrn().split("::").slice(3).join("::");

function failures(list: readonly Failure[]) {
  return list.map(({ path, reason }) => {
    const failure = new pb.CheckFailure();
    failure.setProperty(path);
    failure.setReason(reason);
    return failure;
  });
}

function answered<T extends { setProperties(value: ReturnType<typeof wrap>): void }>(response: T, answer: Answer): T {
  response.setProperties(wrap(answer.properties));
  return response;
}

/** The calls before the first resource: who are you, what is your configuration. */
function configurationCalls(provider: Provider, { version, attach, greet }: Surroundings) {
  return {
    async getPluginInfo() {
      const info = new pluginpb.PluginInfo();
      info.setVersion(version);
      return info;
    },
    async getSchema() {
      const response = new pb.GetSchemaResponse();
      response.setSchema("{}");
      return response;
    },
    async attach(request: pluginpb.PluginAttach) {
      attach(request.getAddress());
      return new emptypb.Empty();
    },
    async cancel() {
      return new emptypb.Empty();
    },
    async checkConfig(request: pb.CheckRequest) {
      const response = new pb.CheckResponse();
      response.setInputs(request.getNews());
      return response;
    },
    async diffConfig() {
      // A provider of another region is still the same provider; its resources tell the difference themselves.
      const response = new pb.DiffResponse();
      response.setChanges(pb.DiffResponse.DiffChanges.DIFF_UNKNOWN);
      return response;
    },
    async configure(request: pb.ConfigureRequest) {
      provider.configure(open(request.getArgs()));
      greet();
      const response = new pb.ConfigureResponse();
      response.setAcceptsecrets(true);
      response.setAcceptresources(true);
      response.setSupportspreview(true);
      response.setSupportsAutonamingConfiguration(true);
      return response;
    },
  };
}

/** The calls that look: nothing in the cloud changes. */
function lookingCalls(provider: Provider) {
  return {
    async check(request: pb.CheckRequest) {
      const proposed = request.getAutonaming()?.getProposedName();
      const checked = provider.check({
        type: typeOf(request),
        name: nameOf(request),
        olds: open(request.getOlds()),
        news: open(request.getNews()),
        seed: request.getRandomseed_asU8(),
        urn: request.getUrn(),
        ...(proposed ? { proposed } : {}),
      });
      const response = new pb.CheckResponse();
      response.setInputs(wrap(checked.inputs));
      response.setFailuresList(failures(checked.failures));
      return response;
    },
    async diff(request: pb.DiffRequest) {
      const [old, news, state] = [open(request.getOldInputs()), open(request.getNews()), open(request.getOlds())];
      const change = provider.diff(typeOf(request), old, news, state, request.getIgnorechangesList());
      const { DIFF_SOME, DIFF_NONE } = pb.DiffResponse.DiffChanges;
      const response = new pb.DiffResponse();
      response.setChanges(change.paths.length > 0 ? DIFF_SOME : DIFF_NONE);
      response.setDiffsList([...new Set(change.paths.map((path) => path.split(/[.[]/)[0] ?? path))]);
      response.setReplacesList([...change.replaces]);
      response.setDeletebeforereplace(change.deleteBeforeReplace);
      response.setHasdetaileddiff(true);
      for (const path of change.paths) {
        const { UPDATE, UPDATE_REPLACE } = pb.PropertyDiff.Kind;
        const detail = new pb.PropertyDiff();
        detail.setKind(change.replaces.includes(path) ? UPDATE_REPLACE : UPDATE);
        detail.setInputdiff(true);
        response.getDetaileddiffMap().set(path, detail);
      }
      return response;
    },
    async read(request: pb.ReadRequest) {
      const response = new pb.ReadResponse();
      const inputs = open(request.getInputs());
      const state = { ...inputs, ...open(request.getProperties()) };
      const found = await provider.read(typeOf(request), request.getId(), state, request.getUrn());
      if (!found) return response;
      response.setId(found.id);
      response.setInputs(wrap({ ...found.inputs, ...bookkeeping(inputs) }));
      return answered(response, found);
    },
    async invoke(request: pb.InvokeRequest) {
      const response = new pb.InvokeResponse();
      response.setReturn(wrap(await provider.invoke(request.getTok(), open(request.getArgs()))));
      return response;
    },
  };
}

/** The calls that change the cloud, or tell what a change would give. */
function changingCalls(provider: Provider) {
  return {
    async create(request: pb.CreateRequest) {
      const inputs = open(request.getProperties());
      const type = typeOf(request);
      const made = request.getPreview()
        ? provider.previewCreate(type, inputs)
        : await provider.create(type, inputs, request.getUrn());
      const response = new pb.CreateResponse();
      if (isKnown(made.id)) response.setId(made.id);
      return answered(response, made);
    },
    async update(request: pb.UpdateRequest) {
      const [news, olds] = [open(request.getNews()), open(request.getOlds())];
      const [type, id] = [typeOf(request), request.getId()];
      const changed = request.getPreview()
        ? provider.previewUpdate(type, id, news, olds)
        : await provider.update(type, id, news, olds, request.getUrn());
      return answered(new pb.UpdateResponse(), changed);
    },
    async delete(request: pb.DeleteRequest) {
      await provider.delete(typeOf(request), request.getId(), open(request.getProperties()), request.getUrn());
      return new emptypb.Empty();
    },
  };
}

// The table of calls mixes request types; gRPC's service definition sees to it that each gets its own.
type Handler = (request: never) => Promise<unknown>;

function unary(handle: Handler): grpc.UntypedHandleCall {
  const call: grpc.handleUnaryCall<never, unknown> = ({ request }, reply) => {
    handle(request).then(
      (response) => reply(null, response),
      (error: unknown) =>
        reply({ code: grpc.status.UNKNOWN, details: error instanceof Error ? error.message : String(error) }),
    );
  };
  return call as grpc.UntypedHandleCall;
}

/** The provider's calls, as gRPC wants them. Calls that are missing answer 'unimplemented'. */
export function implementation(provider: Provider, surroundings: Surroundings): grpc.UntypedServiceImplementation {
  const calls: Readonly<Record<string, Handler>> = {
    ...configurationCalls(provider, surroundings),
    ...lookingCalls(provider),
    ...changingCalls(provider),
  };
  return Object.fromEntries(Object.entries(calls).map(([name, handle]) => [name, unary(handle)]));
}
