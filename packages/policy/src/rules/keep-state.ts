import { STATE_DATASET } from "@kasbah/core/judge";
import { type Data, isClear, stackData } from "../facts/data.ts";
import { named, type Where, whereOf, whereOfHost } from "../facts/region.ts";
import { type Resource, shown } from "../resource.ts";
import { ROWS } from "../tables/index.ts";
import type { World } from "../world.ts";
import { judgeWhere, NOTHING, type Rule } from "./rule.ts";

const BUCKETS: Readonly<Record<string, readonly string[]>> = {
  "s3:": ["aws:s3/bucket:Bucket"],
  "gs:": ["gcp:storage/bucket:Bucket"],
  "azblob:": ["azure-native:storage:BlobContainer", "azure-native:storage:StorageAccount"],
};

/** Where a backend's URL leads. Source: Pulumi documentation, state and backends. */
const whereOfBackend = (backend: string, world: World): readonly Where[] => {
  const [, scheme = "", rest = ""] = /^([a-z0-9]+:)\/\/(.*)$/i.exec(backend) ?? [];
  if (scheme === "file:" || scheme === "") return [{ kind: "inside" }];
  const region = /[?&](?:region|awssdk_region)=([^&]+)/.exec(rest)?.[1];
  const endpoint = /[?&]endpoint=([^&]+)/.exec(rest)?.[1];
  const types = BUCKETS[scheme.toLowerCase()];
  if (types === undefined) return whereOfHost(backend, "backend", world);
  if (endpoint !== undefined)
    return whereOfHost(endpoint.replaceAll("%3A", ":").replaceAll("%2F", "/"), "backend", world);
  if (scheme === "s3:" && region !== undefined) return [named("aws", region, "backend")];
  const name = rest.split(/[/?]/, 1).join();
  const found = world.estate.find(name, types);
  if (found.length > 0) return found.flatMap((bucket) => whereOf(bucket, world));
  return [{ kind: "unclear", path: "backend", why: `${shown(name)} is no bucket of the program` }];
};

/** What the state tells of: the declaration's own word for it; without one, what the stack holds. */
const toldOf = (stack: Resource, world: World): readonly Data[] => {
  if (world.settings.declaration !== undefined) return [{ kind: "datasets", names: [STATE_DATASET] }];
  const seen = new Set<Data>();
  for (const other of world.estate.all()) {
    if (other.stack !== stack.stack || ROWS.get(other.type)?.holds !== true) continue;
    for (const data of stackData(other, world)) seen.add(data);
  }
  return [...seen];
};

export const keepStateInPermittedPlaces: Rule = {
  name: "keep-state-in-permitted-places",
  severity: "high",
  description: "The engine's state, which tells of everything, lies where the law permits.",
  serves: ["gdpr.transfers", "ccc.access-logs"],
  remedy: "Log in to a backend in a permitted place, and declare it as stateBackend.",
  onlyCatches: "a stack of restricted data whose state lies in a bucket abroad",
  asks: (type) => type === "pulumi:pulumi:Stack",
  atEnd: true,
  judge: (resource, world) => {
    const { context } = world.estate;
    const backend = resource.stack === undefined ? undefined : context.stacks?.[resource.stack]?.backend;
    if (backend === undefined) return NOTHING;
    const places = whereOfBackend(backend, world);
    return toldOf(resource, world).flatMap((data) =>
      isClear(data) ? judgeWhere(data, places, "backend", world) : NOTHING,
    );
  },
};
