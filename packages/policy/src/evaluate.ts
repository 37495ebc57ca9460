import type { Finding } from "@kasbah/core";
import type { Estate } from "./estate.ts";
import { newMemory } from "./memory.ts";
import { type PackName, rulesOf } from "./packs.ts";
import { redactor } from "./redact.ts";
import type { Resource } from "./resource.ts";
import { type ControlId, controlsText, type Rule } from "./rules/index.ts";
import { applyWaivers, type Waiver } from "./waivers.ts";
import type { Settings, World } from "./world.ts";

/** What a family of rules says of one resource. */
export interface Evaluation {
  readonly findings: readonly Finding[];
  /** Properties that point at resources and are not known before the end of the preview: ask again then. */
  readonly pending: readonly string[];
}

/** Rules that have something to ask of a type, by type. */
export type Asker = (type: string) => readonly Rule[];

/** Sorts rules by the types that they ask about, each type when it first comes. */
export const askerOf = (rules: readonly Rule[]): Asker => {
  const byType = new Map<string, readonly Rule[]>();
  return (type) => {
    const known = byType.get(type);
    if (known !== undefined) return known;
    const asked = rules.filter((rule) => rule.asks(type));
    byType.set(type, asked);
    return asked;
  };
};

/** What is known of a rule's controls, in words, made once. */
const served = new Map<readonly ControlId[], string>();
const servesOf = ({ serves }: Rule): string => {
  const known = served.get(serves);
  if (known !== undefined) return known;
  const text = controlsText(serves);
  served.set(serves, text);
  return text;
};

/** Asks the rules about a resource that the estate already knows. Pure. */
export const askAll = (resource: Resource, world: World, rules: readonly Rule[]): Evaluation => {
  const findings: Finding[] = [];
  const pending = new Set<string>();
  ask(resource, world, rules, findings, pending);
  return { findings, pending: [...pending] };
};

const ask = (
  resource: Resource,
  world: World,
  rules: readonly Rule[],
  findings: Finding[],
  pending: Set<string>,
): void => {
  for (const rule of rules) {
    if (rule.atEnd === true && world.follow === undefined) {
      pending.add(rule.name);
      continue;
    }
    for (const answer of rule.judge(resource, world)) {
      if (answer.kind === "pending") {
        pending.add(answer.path);
        continue;
      }
      const { path, wanted, found, mend, serves = servesOf(rule) } = answer;
      findings.push({
        rule: rule.name,
        severity: rule.severity,
        resource: resource.urn,
        path,
        wanted,
        found,
        mend,
        serves,
      });
    }
  }
};

/** What to judge an estate by. */
export interface EvaluateOptions {
  /** @default - every pack */
  readonly packs?: readonly PackName[];
  /** Only rules of these names. @default - every rule of the packs */
  readonly rules?: readonly string[];
  /** The day, `YYYY-MM-DD`. */
  readonly asOf: string;
  readonly waivers?: readonly Waiver[];
}

/** Every problem of an estate, those that are waived marked. In the order of the resources. Pure. */
export const evaluate = (estate: Estate, { packs, rules, asOf, waivers = [] }: EvaluateOptions): readonly Finding[] => {
  const rulesFor = askerOf(rulesOf(packs).filter(({ name }) => rules === undefined || rules.includes(name)));
  const world: World = { settings: settingsIn(estate, asOf), estate, follow: followIn(estate), memory: newMemory() };
  const findings: Finding[] = [];
  const pending = new Set<string>();
  for (const resource of estate.all()) ask(resource, world, rulesFor(resource.type), findings, pending);
  const redact = redactor(estate);
  return applyWaivers(redact === undefined ? findings : findings.map(redact), waivers, asOf);
};

const settingsIn = ({ context }: Estate, asOf: string): Settings => {
  const { declaration, homeCountries = declaration?.owner.establishedIn ?? [] } = context;
  return { asOf, homeCountries, ...(declaration === undefined ? {} : { declaration }) };
};

/** How many resources may lie between a reference and what it means: a bucket's versioning, between it and its bucket. */
const MAX_STEPS = 4;

/** Goes from a property along the dependencies that are known, to the nearest resources of the types asked for. */
export const followIn =
  (estate: Estate): NonNullable<World["follow"]> =>
  ({ propertyDependencies }, property, types) =>
    follow(estate, propertyDependencies?.[property] ?? [], types, (urn) => estate.get(urn)?.propertyDependencies);

/** The same over dependencies that are told otherwise. */
export const follow = (
  estate: Estate,
  start: readonly string[],
  types: readonly string[],
  dependenciesOf: (urn: string) => Readonly<Record<string, readonly string[]>> | undefined,
): readonly Resource[] => {
  let level: ReadonlySet<string> = new Set(start);
  for (let step = 0; step < MAX_STEPS && level.size > 0; step += 1) {
    const known = [...level].flatMap((one) => estate.get(one) ?? []);
    const found = known.filter(({ type }) => types.includes(type) || types.includes("*"));
    if (found.length > 0) return found;
    level = new Set(known.flatMap(({ urn }) => Object.values(dependenciesOf(urn) ?? {}).flat()));
  }
  return [];
};
