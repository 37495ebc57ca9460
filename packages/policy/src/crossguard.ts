import { type Checked, formatFinding, formatProblem } from "@kasbah/core";
import type {
  PolicyConfigSchema,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import { CONFIG_SCHEMA, settingsOf } from "./config.ts";
import { Estate } from "./estate.ts";
import { canonicalType, evaluate } from "./evaluate.ts";
import { type Resource, visible } from "./resource.ts";
import type { Rule } from "./rules/index.ts";
import type { Settings, World } from "./world.ts";

/** A family of rules as the engine sees it. */
export interface Family {
  /** Names of its two policies. */
  readonly names: { readonly resource: string; readonly references: string };
  readonly description: string;
  readonly rules: readonly Rule[];
  /** The day on which the pack started, `YYYY-MM-DD`. */
  readonly today: string;
  /** Where the pack says once with what it judges. Not standard output: the engine reads its port from there. */
  readonly say: (line: string) => void;
}

/**
 * Two policies for a family of rules. The first judges each resource before it is made, and remembers it, so that later
 * ones can be joined with it. The second runs at the end of a preview and follows the references that were not known
 * before: at an update they are, and the first has judged them.
 */
export const policiesOf = (family: Family): readonly [ResourceValidationPolicy, StackValidationPolicy] => {
  const memory: Memory = { estate: new Estate(), open: new Map(), settings: settingsReader(family) };
  const shared = {
    enforcementLevel: "mandatory",
    configSchema: CONFIG_SCHEMA as unknown as PolicyConfigSchema,
  } as const;
  return [
    {
      ...shared,
      name: family.names.resource,
      description: family.description,
      validateResource: (args, report) => judgeResource(args, family.rules, memory, report),
    },
    {
      ...shared,
      name: family.names.references,
      description: `${family.description} What was not known before the end of the preview.`,
      validateStack: (args, report) => judgeOpen(args, family.rules, memory, report),
    },
  ];
};

/** What the pack's process keeps during one operation of the engine. */
interface Memory {
  readonly estate: Estate;
  /** Resources that point at something not known yet, with what was already said of them. */
  readonly open: Map<string, ReadonlySet<string>>;
  readonly settings: (config: object) => Checked<Settings>;
  /** Settings of the first policy: the second judges by the same, whatever it was given itself. */
  used?: Settings;
}

type Report = (message: string, urn?: string) => void;

const judgeResource = (args: ResourceValidationArgs, rules: readonly Rule[], memory: Memory, report: Report): void => {
  const resource = resourceOf(args);
  memory.estate.add(resource);
  memory.open.delete(resource.urn);
  const settings = memory.settings(args.getConfig());
  if (!settings.ok) {
    report(badConfig(settings.problems.map(formatProblem)));
    return;
  }
  memory.used = settings.value;
  const { findings, pending } = evaluate(resource, { settings: settings.value, estate: memory.estate }, rules);
  const messages = findings.map((finding) => `${finding.rule}: ${formatFinding(finding)}`);
  for (const message of messages) report(message);
  if (pending.length > 0) memory.open.set(resource.urn, new Set(messages));
};

const judgeOpen = (args: StackValidationArgs, rules: readonly Rule[], memory: Memory, report: Report): void => {
  const { estate, used } = memory;
  if (memory.open.size === 0 || used === undefined) return;
  const follow = follower(args.resources, estate);
  for (const [urn, said] of memory.open) {
    const resource = estate.get(urn);
    if (resource === undefined) continue;
    const { findings } = evaluate(resource, { settings: used, estate, follow }, rules);
    for (const finding of findings) {
      const message = `${finding.rule}: ${formatFinding(finding)}`;
      if (!said.has(message)) report(message, urn);
    }
  }
};

/** How many resources may lie between a reference and what it means: a bucket's versioning, between it and its bucket. */
const MAX_STEPS = 4;

/** Goes from a property along the dependencies that the engine tells, to the nearest resources of the types asked for. */
const follower = (resources: StackValidationArgs["resources"], estate: Estate): NonNullable<World["follow"]> => {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource.propertyDependencies]));
  return ({ urn }, property, types) => {
    let level = new Set((byUrn.get(urn)?.[property] ?? []).map((dependency) => dependency.urn));
    for (let step = 0; step < MAX_STEPS && level.size > 0; step += 1) {
      const known = [...level].flatMap((one) => estate.get(one) ?? []);
      const found = known.filter(({ type }) => types.includes(type));
      if (found.length > 0) return found;
      const next = known.flatMap((one) => Object.values(byUrn.get(one.urn) ?? {}).flat());
      level = new Set(next.map((dependency) => dependency.urn));
    }
    return [];
  };
};

const badConfig = (lines: readonly string[]): string =>
  ["the pack's configuration cannot be used, so nothing is let through:", ...lines.map(visible)].join("\n  ");

/** The one place where untyped properties come in; from here on they go through the readers. */
const resourceOf = ({ urn, type, name, props, provider, opts }: ResourceValidationArgs): Resource => ({
  urn,
  type: canonicalType(type),
  name,
  props: props as unknown,
  ...(provider === undefined ? {} : { provider: { type: provider.type, props: provider.props as unknown } }),
  ...(opts.parent === undefined ? {} : { parent: opts.parent }),
});

/** Parses the configuration once, and again only when the engine gives another. */
const settingsReader = ({ today, say, names }: Family): Memory["settings"] => {
  let last: { readonly config: Readonly<Record<string, unknown>>; readonly result: Checked<Settings> } | undefined;
  return (given) => {
    const config: Readonly<Record<string, unknown>> = { ...given };
    const keys = Object.keys(CONFIG_SCHEMA.properties);
    if (last !== undefined && keys.every((key) => last?.config[key] === config[key])) return last.result;
    const first = last === undefined;
    last = { config, result: settingsOf(config, today) };
    if (first && last.result.ok) say(`${names.resource}: judged ${basis(last.result.value)}`);
    return last.result;
  };
};

const basis = ({ asOf, declaration, homeCountries }: Settings): string => {
  if (declaration !== undefined)
    return `as of ${asOf}, by the declaration of ${declaration.platform} (${declaration.env})`;
  const home = homeCountries.length === 0 ? "no home country is given" : `home is ${homeCountries.join(", ")}`;
  return `by labels only: no declaration is in the configuration, ${home}`;
};
