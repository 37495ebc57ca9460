import { type Made, REFERS, TYPES, urnOf } from "./types.ts";

const STACK = "urn:pulumi:prod::estate::pulumi:pulumi:Stack::estate-prod";
const PROVIDER = "urn:pulumi:prod::estate::pulumi:providers:aws::default_7_48_0";
const PROVIDER_ID = "5f2d7a1c-94c0-4f0d-9a43-0c6a1a0e7d11";
const STAMP = { created: "2026-01-01T00:00:00Z", modified: "2026-01-01T00:00:00Z" };

const camel = (key: string): string => key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** Attributes that are lists in both worlds; other lists of one map are a map in Pulumi's. */
const LISTS: ReadonlySet<string> = new Set(["rule", "vpc_security_group_ids", "enabled_cloudwatch_logs_exports"]);
const COMPUTED: ReadonlySet<string> = new Set(["arn", "bucketDomainName", "bucketRegionalDomainName", "tagsAll"]);

const toPulumi = (value: unknown, key = ""): unknown => {
  if (Array.isArray(value)) {
    if (LISTS.has(key)) return value.map((one) => toPulumi(one));
    return typeof value[0] === "object" ? toPulumi(value[0]) : value.length > 0 ? value : undefined;
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).flatMap(([name, held]): [string, unknown][] => {
    const made = name === "tags" || name === "tags_all" ? held : toPulumi(held, name);
    return made === null || made === undefined ? [] : [[camel(name === "rule" ? "rules" : name), made]];
  });
  return Object.fromEntries(entries);
};

const resource = ({ kind, name, values, refs }: Made): object => {
  const outputs = Object(toPulumi(values));
  const inputs = Object.entries(outputs).filter(([key]) => !COMPUTED.has(key));
  const byProperty: Record<string, string[]> = {};
  for (const [key, target] of Object.entries(refs)) {
    const property = key === "rule.destination.bucket" ? "rules" : camel(key);
    byProperty[property] = [...(byProperty[property] ?? []), urnOf(REFERS[key]?.kind ?? "bucket", target)];
  }
  const dependencies = [...new Set(Object.values(byProperty).flat())];
  return {
    urn: urnOf(kind, name),
    custom: true,
    id: name,
    type: TYPES[kind].pulumi,
    inputs: { __defaults: [], ...Object.fromEntries(inputs) },
    outputs: { id: name, ...outputs },
    parent: STACK,
    ...(dependencies.length > 0 ? { dependencies, propertyDependencies: byProperty } : {}),
    provider: `${PROVIDER}::${PROVIDER_ID}`,
    ...STAMP,
  };
};

const region = { region: "eu-central-1", version: "7.48.0" };

/** What `pulumi stack export` would write, piece by piece. */
export function* stateText(made: Iterable<Made>): Generator<string> {
  yield `{"version":3,"deployment":{"manifest":{"time":"2026-01-01T00:00:00Z","magic":"","version":"v3.259.0"},"resources":[`;
  yield JSON.stringify({ urn: STACK, custom: false, type: "pulumi:pulumi:Stack", ...STAMP });
  const provider = { urn: PROVIDER, custom: true, id: PROVIDER_ID, type: "pulumi:providers:aws" };
  yield `,${JSON.stringify({ ...provider, inputs: region, outputs: region, parent: STACK, ...STAMP })}`;
  for (const one of made) yield `,${JSON.stringify(resource(one))}`;
  yield `],"metadata":{}}}\n`;
}
