import path from "node:path";
import { fileURLToPath } from "node:url";
import type { SourceLine, WireResource } from "./protocol.ts";

/** What the requests to make and to read a resource have in common, as far as it is read. */
export interface WireMessage {
  getType(): string;
  getName(): string;
  getParent(): string;
  getProvider(): string;
  getDependenciesList(): string[];
  getStacktrace(): { getFramesList(): { getPc(): Position | undefined }[] } | undefined;
  /** A request to make. */
  getObject?(): Struct | undefined;
  getCustom?(): boolean;
  getProtect?(): boolean | undefined;
  getPropertydependenciesMap?(): { toArray(): [string, { getUrnsList(): string[] }][] };
  /** A request to read. */
  getProperties?(): Struct | undefined;
  getId?(): string;
}

interface Struct {
  toJavaScript(): Readonly<Record<string, unknown>>;
}

interface Position {
  getUri(): string;
  getLine(): number;
}

/** One request as plain values. */
export const readWire = (request: WireMessage, urn: string, folder: string): WireResource => {
  const provider = request.getProvider();
  const parent = request.getParent();
  const dependencies = request.getPropertydependenciesMap?.();
  const at = lineOf(request, folder);
  const id = request.getId?.() ?? "";
  return {
    urn,
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom?.() ?? true,
    inputs: (request.getObject?.() ?? request.getProperties?.())?.toJavaScript() ?? {},
    dependencies: request.getDependenciesList(),
    propertyDependencies: Object.fromEntries(dependencies?.toArray().map(([key, urns]) => [key, urnsOf(urns)]) ?? []),
    ...(parent === "" ? {} : { parent }),
    ...(provider === "" ? {} : { provider }),
    ...(request.getProtect?.() === true ? { protect: true } : {}),
    ...(request.getId === undefined ? {} : { external: true, ...(id === "" ? {} : { id }) }),
    ...(at === undefined ? {} : { at }),
  };
};

/** `toArray` gives messages or their fields, by what was last done with the map. */
const urnsOf = (urns: { getUrnsList(): string[] } | readonly unknown[]): string[] => {
  if (!Array.isArray(urns)) return (urns as { getUrnsList(): string[] }).getUrnsList();
  return urns.flat().filter((urn) => typeof urn === "string");
};

/** The innermost line of the program itself: not of a library, and not of the SDK. */
const lineOf = (request: WireMessage, folder: string): SourceLine | undefined => {
  for (const frame of request.getStacktrace()?.getFramesList() ?? []) {
    const position = frame.getPc();
    const uri = position?.getUri() ?? "";
    if (position === undefined || !uri.startsWith("file:")) continue;
    const file = fileURLToPath(uri);
    const inside = path.relative(folder, file);
    if (inside.startsWith("..") || path.isAbsolute(inside) || inside.includes("node_modules")) continue;
    return { file, line: position.getLine() };
  }
  return undefined;
};
