import { closeSync, openSync, readSync } from "node:fs";
import { type Checked, isTree, type Problem } from "@kasbah/core/judge";
import type { ReadResource, StackInput } from "./model.ts";
import { draft, resourceOf, treeOf } from "./resource.ts";

/** Stands for the array of which the lines of a log are members. */
export const EVENT_LINES = "line";

/** What the first line of an event log begins with. */
export const EVENT_HEAD = /^\s*\{\s*"sequence"\s*:/;

/** The event of a line, without parsing the others: a log is mostly words, and they may hold secrets. */
const EVENT = /^\s*\{"sequence":\d+,"timestamp":\d+,"(\w+)"/;
const READ: ReadonlySet<string> = new Set(["resourcePreEvent", "resOutputsEvent", "summaryEvent"]);

/** What a text is that a preview cannot know. Source: pulumi, sdk/nodejs/runtime/rpc.ts, unknownValue. */
const NOT_KNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const GONE: ReadonlySet<unknown> = new Set(["delete", "discard", "read-discard"]);

/** Reads the log of a run (`--event-log`, or `--json` where that streams): the resources as they are at its end. */
export const readEvents = (file: string): Checked<StackInput> => {
  const into = draft();
  const byUrn = new Map<string, ReadResource>();
  const open = new Set<string>();
  let result: unknown;
  const problems: Problem[] = [];
  eachLine(file, (line, number) => {
    const named = EVENT.exec(line)?.[1];
    if (line.trim() === "" || (named !== undefined && !READ.has(named))) return;
    const event = parsed(line);
    if (event === undefined) {
      problems.push({
        path: `line ${number}`,
        expected: "one event as JSON",
        got: `${line.length} characters that are none`,
        mend: "the log was cut off: write it again",
      });
      return;
    }
    const { resourcePreEvent, resOutputsEvent, summaryEvent } = treeOf(event);
    if (isTree(summaryEvent)) result = summaryEvent["result"] ?? "succeeded";
    const metadata = treeOf(treeOf(resourcePreEvent ?? resOutputsEvent)["metadata"]);
    const { op, urn } = metadata;
    if (GONE.has(op) && typeof urn === "string") {
      byUrn.delete(urn);
      into.gone.push(urn);
    } else if (isTree(metadata["new"])) {
      const resource = resourceOf(metadata["new"], { file, array: EVENT_LINES, index: number - 1 }, true, into);
      if (resource === undefined) return;
      byUrn.set(resource.id, resource);
      if (line.includes(NOT_KNOWN)) open.add(resource.id);
      else open.delete(resource.id);
    }
  });
  problems.push(...into.problems);
  if (problems.length > 0) return { ok: false, problems };
  if (result !== "succeeded") return { ok: false, problems: [unfinished(result)] };
  const resources = [...byUrn.values()];
  const value: StackInput = {
    file,
    kind: "events",
    stack: resources[0]?.stack ?? file,
    resources: withAllDependencies(resources, open),
    gone: into.gone,
    whole: true, // a log names what stays the same too
    outputs: { values: into.outputs, dependencies: {} },
    secrets: into.secrets,
    notes: [],
  };
  return { ok: true, value };
};

const unfinished = (result: unknown): Problem => ({
  path: "summaryEvent",
  expected: "the log of a run that succeeded, to its end",
  got: result === undefined ? "a log that stops before the end" : result,
  mend: "a resource that is not in the log cannot be judged: run it again until it succeeds",
});

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};

/**
 * A log does not say on what a property depends. What is not known in one may mean any resource of the stack, and each
 * of them counts: by way of the stack, so that it is not written down for each.
 */
const withAllDependencies = (
  resources: readonly ReadResource[],
  open: ReadonlySet<string>,
): readonly ReadResource[] => {
  const stack = resources.find(({ type }) => type === "pulumi:pulumi:Stack");
  if (stack === undefined || open.size === 0) return resources;
  const all = resources.flatMap(({ id, component }) => (component ? [] : [id]));
  return resources.map((resource): ReadResource => {
    if (resource === stack) return { ...resource, propertyDependencies: { resources: all } };
    if (!open.has(resource.id)) return resource;
    const keys = Object.keys(resource.properties);
    return { ...resource, propertyDependencies: Object.fromEntries(keys.map((key) => [key, [stack.id]])) };
  });
};

const CHUNK = 1 << 20;

const eachLine = (file: string, take: (line: string, number: number) => void): void => {
  const descriptor = openSync(file, "r");
  try {
    const buffer = Buffer.allocUnsafeSlow(CHUNK);
    let rest: Buffer = Buffer.alloc(0);
    let number = 0;
    for (let size = readSync(descriptor, buffer); size > 0; size = readSync(descriptor, buffer)) {
      let chunk = rest.length === 0 ? buffer.subarray(0, size) : Buffer.concat([rest, buffer.subarray(0, size)]);
      for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10)) {
        number += 1;
        take(chunk.toString("utf8", 0, end), number);
        chunk = chunk.subarray(end + 1);
      }
      rest = Buffer.from(chunk);
    }
    if (rest.length > 0) take(rest.toString("utf8"), number + 1);
  } finally {
    closeSync(descriptor);
  }
};
