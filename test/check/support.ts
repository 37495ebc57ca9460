import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { formatProblem } from "@kasbah/core";
import type { Report } from "../../packages/cli/src/check/report.ts";
import { type CheckOptions, check } from "../../packages/cli/src/check/run.ts";

/** How the engine marks a secret in states and logs. */
export const SIGNATURE = "4dabf18193072939515e22adb298388d";
export const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** What a text is that a preview cannot know. */
export const NOT_KNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export const BUCKET = "aws:s3/bucket:Bucket";
export const REPLICATION = "aws:s3/bucketReplicationConfig:BucketReplicationConfig";

/** The rules that these tests are about: others may come, and do not change what is asserted here. */
export const RULES = ["require-class-label", "keep-data-in-permitted-places", "keep-copies-in-permitted-places"];

const root = fs.mkdtempSync(path.join(os.tmpdir(), "kasbah-check-"));
process.once("exit", () => fs.rmSync(root, { recursive: true, force: true }));

/** A folder that is gone after the tests. */
export const folder = (): string => fs.mkdtempSync(path.join(root, "f-"));

/** Writes a file and returns its path. */
export const write = (name: string, content: unknown, into = folder()): string => {
  const file = path.join(into, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, typeof content === "string" || Buffer.isBuffer(content) ? content : JSON.stringify(content));
  return file;
};

export const urn = (type: string, name: string, stack = "prod", project = "app"): string =>
  `urn:pulumi:${stack}::${project}::${type}::${name}`;

/** A resource as a state has it. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly custom?: boolean;
  readonly [key: string]: unknown;
}

export const resource = (
  type: string,
  name: string,
  inputs: Readonly<Record<string, unknown>>,
  more: Readonly<Record<string, unknown>> & { readonly stack?: string; readonly project?: string } = {},
): StateResource => {
  const { stack = "prod", project = "app", ...rest } = more;
  return {
    urn: urn(type, name, stack, project),
    custom: true,
    id: `${name}-id`,
    type,
    inputs,
    outputs: inputs,
    ...rest,
  };
};

/** A bucket with a class, in a region. */
export const bucket = (
  name: string,
  region: string,
  level: string | null = "restricted",
  more: Parameters<typeof resource>[3] = {},
): StateResource =>
  resource(
    BUCKET,
    name,
    { bucket: name, region, ...(level === null ? {} : { tags: { "kasbah-class": level } }) },
    { outputs: { bucket: name, region, arn: `arn:aws:s3:::${name}` }, ...more },
  );

/** Copies one bucket to another, by their names. */
export const replication = (from: string, to: string, more: Parameters<typeof resource>[3] = {}): StateResource =>
  resource(
    REPLICATION,
    `${from}-to-${to}`,
    {
      bucket: from,
      region: "eu-west-3",
      rules: [{ status: "Enabled", destination: { bucket: `arn:aws:s3:::${to}` } }],
    },
    more,
  );

/** What `pulumi stack export` writes. */
export const stateOf = (resources: readonly StateResource[], more: object = {}): object => ({
  version: 3,
  deployment: {
    manifest: { time: "2026-01-01T00:00:00Z", magic: "", version: "v3.259.0" },
    resources,
    metadata: {},
    ...more,
  },
});

/** What `pulumi preview --json` writes; each resource is created unless it says another `op`. */
export const previewOf = (resources: readonly StateResource[], changeSummary: object = { create: 1 }): object => ({
  config: { "aws:region": "eu-west-3" },
  steps: resources.map(({ op = "create", ...newState }) =>
    op === "delete" ? { op, urn: newState.urn, oldState: newState } : { op, urn: newState.urn, newState },
  ),
  diagnostics: [],
  duration: 1,
  changeSummary,
});

/** What `--event-log` writes. */
export const eventsOf = (resources: readonly StateResource[], result: string | null = "succeeded"): string => {
  const events: object[] = resources.flatMap(
    ({ op = "create", dependencies: _, propertyDependencies: __, ...state }) => [
      {
        diagnosticEvent: {
          prefix: "debug: ",
          message: `RegisterResource RPC finished: ${JSON.stringify(state["inputs"])}`,
          severity: "debug",
        },
      },
      {
        resourcePreEvent: {
          metadata: { op, urn: state.urn, type: state.type, old: null, new: op === "delete" ? null : state },
          planning: true,
        },
      },
    ],
  );
  if (result !== null) events.push({ summaryEvent: { resourceChanges: { create: 1 }, isPreview: true, result } });
  return events.map((event, sequence) => `${JSON.stringify({ sequence, timestamp: 1, ...event })}\n`).join("");
};

/** The day of every test. */
export const AS_OF = "2026-11-21";

/** Data of a class alone may be in France. */
export const FRANCE = { homeCountries: ["FR"] };

/** Checks, and fails with the problems where something is wrong with the input. */
export const checked = async (paths: readonly string[], options: Partial<CheckOptions> = {}): Promise<Report> => {
  const context = options.context ?? write("context.json", FRANCE);
  const result = await check({ paths, cwd: process.cwd(), asOf: AS_OF, rules: RULES, ...options, context });
  if (!result.ok) throw new Error(result.problems.map(formatProblem).join("\n"));
  return result.value;
};

/** What is wrong with an input, a line each. */
export const problemsOf = async (
  paths: readonly string[],
  options: Partial<CheckOptions> = {},
): Promise<readonly string[]> => {
  const result = await check({ paths, cwd: process.cwd(), asOf: AS_OF, ...options });
  return result.ok ? [] : result.problems.map(formatProblem);
};

/** Rule and name of each finding, sorted. */
export const found = ({ findings }: Report): readonly string[] =>
  findings.map(({ rule, resource: about }) => `${rule} ${about.split("::").at(-1)}`).sort();
