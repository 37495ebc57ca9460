import { type Checked, type Finding, formatFinding, formatProblem } from "@kasbah/core/judge";
import {
  type PolicyConfigSchema,
  type ResourceValidationArgs,
  type ResourceValidationPolicy,
  Secret,
  type StackValidationArgs,
  type StackValidationPolicy,
} from "@pulumi/policy";
import { CONFIG_SCHEMA, type PolicyNames, type Told, toldBy } from "./config.ts";
import { Estate } from "./estate.ts";
import { type Asker, askAll, askerOf, follow } from "./evaluate.ts";
import { forgetEstate, type Memory, newMemory } from "./memory.ts";
import { mend } from "./mends.ts";
import { type Resource, visible } from "./resource.ts";
import type { Rule } from "./rules/index.ts";
import { canonicalType } from "./types.ts";
import { applyWaivers, EXPIRED_WAIVER } from "./waivers.ts";
import type { Settings, World } from "./world.ts";

/** A family of rules as the engine sees it. */
export interface Family {
  readonly names: PolicyNames;
  readonly description: string;
  readonly rules: readonly Rule[];
  /** The day on which the pack started, `YYYY-MM-DD`. */
  readonly today: string;
  /** Where the pack says once with what it judges. Not standard output: the engine reads its port from there. */
  readonly say: (line: string) => void;
}

/**
 * Three policies for a family of rules. The first looks at what is secret, since only a remediation is told, and mends
 * what is safe to mend where that is asked for. The second judges each resource before it is made, and remembers it, so
 * that later ones can be joined with it. The third runs at the end and follows the references that were not known
 * before: at an update they are, and the second has judged them.
 */
export const policiesOf = (
  family: Family,
): readonly [ResourceValidationPolicy, StackValidationPolicy, ResourceValidationPolicy] => {
  const run: Run = {
    estate: new Estate(),
    memory: newMemory(),
    open: new Map(),
    secrets: new Map(),
    rulesFor: askerOf(family.rules),
    told: settingsReader(family),
    say: family.say,
  };
  const { names, description } = family;
  const configSchema = CONFIG_SCHEMA as unknown as PolicyConfigSchema;
  const shared = { enforcementLevel: "mandatory", configSchema } as const;
  return [
    {
      ...shared,
      name: names.resource,
      description,
      validateResource: (args, report) => judgeResource(args, run, report),
    },
    {
      ...shared,
      name: names.references,
      description: `${description} What was not known before the end of the preview.`,
      validateStack: (args, report) => judgeOpen(args, run, report),
    },
    {
      name: names.mends,
      description: "Sees which values are secret, and mends labels and telemetry switches where that is asked for.",
      enforcementLevel: "remediate",
      remediateResource: ({ urn, type, name, props, getConfig }) => {
        run.secrets.set(urn, secretPaths(props));
        const config = { ...getConfig<{ mend?: boolean }>() };
        const told = run.used;
        if (config.mend !== true && told?.mend !== true) return undefined;
        const declaration = told?.settings.declaration;
        return mend({ urn, type: canonicalType(type), name, props }, declaration) ? props : undefined;
      },
    },
  ];
};

/** What the pack's process keeps during one operation of the engine. */
interface Run {
  readonly estate: Estate;
  readonly memory: Memory;
  /** Resources that have something to be asked again, with what was already said of them. */
  readonly open: Map<string, ReadonlySet<string>>;
  readonly secrets: Map<string, readonly string[]>;
  readonly rulesFor: Asker;
  readonly told: (config: object) => Checked<Told>;
  readonly say: (line: string) => void;
  /** Settings of the first policy: the others go by the same, whatever they were given themselves. */
  used?: Told;
}

type Report = (message: string, urn?: string) => void;

const judgeResource = (args: ResourceValidationArgs, run: Run, report: Report): void => {
  const { estate, memory } = run;
  const resource = resourceOf(args, run.secrets.get(args.urn));
  estate.add(resource);
  forgetEstate(memory);
  run.open.delete(resource.urn);
  const told = run.told(args.getConfig());
  if (!told.ok) {
    report(badConfig(told.problems.map(formatProblem)));
    return;
  }
  run.used = told.value;
  estate.context = told.value.context;
  const world: World = { settings: told.value.settings, estate, memory };
  const { findings, pending } = askAll(resource, world, run.rulesFor(resource.type));
  const messages = reported(findings, run);
  for (const message of messages) report(message);
  if (resource.type === "pulumi:pulumi:Stack") for (const message of expired(run)) report(message);
  if (pending.length > 0) run.open.set(resource.urn, new Set(messages));
};

const messageOf = (finding: Finding): string => `${finding.rule}: ${formatFinding(finding)}`;

/** Messages of what nobody answers for. What is waived is told, and refuses nothing. */
const reported = (findings: readonly Finding[], { used, say }: Run): readonly string[] => {
  if (used === undefined || used.waivers.length === 0) return findings.map(messageOf);
  const judged = applyWaivers(findings, used.waivers, used.settings.asOf).filter(({ rule }) => rule !== EXPIRED_WAIVER);
  for (const { waived, rule, resource } of judged) {
    if (waived !== undefined)
      say(`waived until ${waived.expires} by ${visible(waived.approver)}: ${rule} on ${visible(resource)}`);
  }
  return judged.filter(({ waived }) => waived === undefined).map(messageOf);
};

const expired = ({ used }: Run): readonly string[] =>
  used === undefined ? [] : applyWaivers([], used.waivers, used.settings.asOf).map(messageOf);

const judgeOpen = (args: StackValidationArgs, run: Run, report: Report): void => {
  const { estate, used, open, memory } = run;
  if (open.size === 0 || used === undefined) return;
  const byUrn = new Map(args.resources.map((resource) => [resource.urn, urnsOf(resource.propertyDependencies)]));
  for (const [urn, propertyDependencies] of byUrn) {
    const known = estate.get(urn);
    if (known !== undefined) estate.add({ ...known, propertyDependencies });
  }
  forgetEstate(memory);
  const world: World = {
    settings: used.settings,
    estate,
    memory,
    follow: ({ urn }, property, types) =>
      follow(estate, byUrn.get(urn)?.[property] ?? [], types, (one) => byUrn.get(one)),
  };
  for (const [urn, said] of open) {
    const resource = estate.get(urn);
    if (resource === undefined) continue;
    const { findings } = askAll(resource, world, run.rulesFor(resource.type));
    for (const message of reported(findings, run)) if (!said.has(message)) report(message, urn);
  }
};

type Dependencies = StackValidationArgs["resources"][number]["propertyDependencies"];

const urnsOf = (dependencies: Dependencies): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(Object.entries(dependencies).map(([key, list]) => [key, list.map(({ urn }) => urn)]));

const badConfig = (lines: readonly string[]): string =>
  ["the pack's configuration cannot be used, so nothing is let through:", ...lines.map(visible)].join("\n  ");

/** The one place where untyped properties come in; from here on they go through the readers. */
const resourceOf = (
  { urn, type, name, props, provider, opts }: ResourceValidationArgs,
  secrets: readonly string[] | undefined,
): Resource => ({
  urn,
  type: canonicalType(type),
  name,
  props: props as unknown,
  ...(provider === undefined
    ? {}
    : { provider: { type: provider.type, props: provider.props as unknown, urn: provider.urn, name: provider.name } }),
  ...(opts.parent === undefined ? {} : { parent: opts.parent }),
  ...(opts.protect === true ? { protect: true as const } : {}),
  ...(secrets === undefined || secrets.length === 0 ? {} : { secretPaths: secrets }),
  stack: stackOf(urn),
});

/** `urn:pulumi:<stack>::<project>::...` is of `<project>/<stack>`. */
const stackOf = (urn: string): string => {
  const [first = "", project = ""] = urn.split("::", 2);
  return `${project}/${first.slice(first.lastIndexOf(":") + 1)}`;
};

const TARGET = "__getSpecialProxyTarget";
const DEEPEST = 32;

/** Paths of what is secret. The SDK's objects hide it; what lies under them says it. */
const secretPaths = (props: unknown): readonly string[] => {
  const paths: string[] = [];
  const walk = (value: unknown, path: string, depth: number): void => {
    if (value instanceof Secret) {
      paths.push(path);
      return;
    }
    if (typeof value !== "object" || value === null || depth > DEEPEST) return;
    for (const key of Object.keys(value))
      walk(Reflect.get(value, key), path === "" ? key : `${path}.${key}`, depth + 1);
  };
  walk(targetOf(targetOf(props)), "", 0);
  return paths;
};

const targetOf = (value: unknown): unknown => {
  if (typeof value !== "object" || value === null) return value;
  const target: unknown = Reflect.get(value, TARGET);
  return target === undefined ? value : target;
};

/** Parses the configuration once, and again only when the engine gives another. */
const settingsReader = ({ today, say, names }: Family): Run["told"] => {
  let last: { readonly config: Readonly<Record<string, unknown>>; readonly result: Checked<Told> } | undefined;
  return (given) => {
    const config: Readonly<Record<string, unknown>> = { ...given };
    const keys = Object.keys(CONFIG_SCHEMA.properties);
    if (last !== undefined && keys.every((key) => last?.config[key] === config[key])) return last.result;
    const first = last === undefined;
    last = { config, result: toldBy(config, today) };
    if (first && last.result.ok) say(`${names.resource}: judged ${basis(last.result.value.settings)}`);
    return last.result;
  };
};

const basis = ({ asOf, declaration, homeCountries }: Settings): string => {
  if (declaration !== undefined)
    return `as of ${asOf}, by the declaration of ${declaration.platform} (${declaration.env})`;
  const home = homeCountries.length === 0 ? "no home country is given" : `home is ${homeCountries.join(", ")}`;
  return `by labels only: no declaration is in the configuration, ${home}`;
};
