import structpb from "google-protobuf/google/protobuf/struct_pb.js";
import { isRecord, type Properties, received } from "./values.ts";

/** A bag as it came over the wire. */
export function open(struct: structpb.Struct | undefined): Properties {
  const value: unknown = struct?.toJavaScript() ?? {};
  return isRecord(value) ? received(value) : {};
}

/** A bag for the wire. */
export function wrap(properties: Properties): structpb.Struct {
  return structpb.Struct.fromJavaScript(structuredClone(properties));
}
