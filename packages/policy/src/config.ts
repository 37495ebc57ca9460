import { type Checked, type Declaration, type Problem, parseDeclaration, under } from "@kasbah/core";
import { parseHouse } from "@kasbah/core/context";
import { parseWaivers } from "@kasbah/core/waivers";
import type { PackName } from "./packs.ts";
import type { EstateContext } from "./plain.ts";
import type { Waiver } from "./waivers.ts";
import type { Settings } from "./world.ts";

/** Names of the policies that a pack shows to the engine. */
export interface PolicyNames {
  /** Judges each resource before it is made. */
  readonly resource: string;
  /** Judges at the end what could not be told before. */
  readonly references: string;
  /** Sees which values are secret, and mends what is safe to mend where that is asked for. */
  readonly mends: string;
}

/** The pack of all packs has a name of its own: the engine keeps `all` for itself. */
export const ALL_PACKS = "kasbah";

export const policyNames = (pack: PackName | typeof ALL_PACKS): PolicyNames => ({
  resource: pack,
  references: `${pack}-references`,
  mends: `${pack}-mends`,
});

/** Names of the policies of the residency pack. */
export const RESIDENCY_POLICIES: PolicyNames = policyNames("residency");

/** What a policy of the pack is configured with. */
export interface PolicySettings {
  /** The declaration as parsed from `platform.yaml`, with the environment's overlay merged in. */
  readonly declaration?: unknown;
  /** Name of the environment. */
  readonly env?: string;
  /** The day for which the law is asked, `YYYY-MM-DD`. @default - the day on which the pack starts */
  readonly asOf?: string;
  /** Where data may be whose label names a class only. @default - where the owner of the declaration is established */
  readonly homeCountries?: readonly string[];
  /** The content of a waiver file. */
  readonly waivers?: unknown;
  /** The content of a context file: what a house that is not ours calls things. */
  readonly context?: unknown;
  /** Whether labels and telemetry switches are mended. @default false */
  readonly mend?: boolean;
}

/** What `--policy-pack-config` takes: the same settings for every policy of the pack. */
export type PolicyPackConfig = Readonly<Record<string, PolicySettings>>;

/** The file for `--policy-pack-config`, as a plain value for `JSON.stringify`. */
export const policyConfig = (
  declaration: unknown,
  env: string,
  asOf: string,
  homeCountries?: readonly string[],
  more: Pick<PolicySettings, "waivers" | "context" | "mend"> = {},
  pack: PackName | typeof ALL_PACKS = "residency",
): PolicyPackConfig => {
  const settings = { declaration, env, asOf, ...(homeCountries === undefined ? {} : { homeCountries }), ...more };
  const { resource, references } = policyNames(pack);
  return { [resource]: settings, [references]: settings };
};

/** The schema of {@link PolicySettings}, in the words of CrossGuard. */
export const CONFIG_SCHEMA = {
  properties: {
    declaration: { type: "object", description: "The declaration, with the environment's overlay merged in." },
    env: { type: "string", description: "Name of the environment." },
    asOf: { type: "string", description: "The day for which the law is asked, YYYY-MM-DD. Default: today." },
    homeCountries: {
      type: "array",
      items: { type: "string" },
      description: "Where data may be whose label names a class only. Default: where the owner is established.",
    },
    waivers: { type: "object", description: "The content of a waiver file." },
    context: { type: "object", description: "The content of a context file." },
    mend: { type: "boolean", description: "Mend labels and telemetry switches. Default: false." },
  },
} as const;

/** Everything that a pack is told. */
export interface Told {
  readonly settings: Settings;
  readonly context: EstateContext;
  readonly waivers: readonly Waiver[];
  readonly mend: boolean;
}

/** Checks a configuration as it came. Everything wrong with it comes back at once. */
export const toldBy = (config: unknown, today: string): Checked<Told> => {
  const given: PolicySettings = typeof config === "object" && config !== null ? config : {};
  const problems: Problem[] = [];
  const value = <T>(name: string, raw: unknown, parse: (raw: unknown) => Checked<T>): T | undefined => {
    if (raw === undefined) return undefined;
    const parsed = parse(raw);
    if (parsed.ok) return parsed.value;
    problems.push(...under(name, parsed.problems));
    return undefined;
  };
  const settings = settingsOf(given, today);
  if (!settings.ok) problems.push(...settings.problems);
  const context = value("context", given.context, parseHouse);
  const waivers = value("waivers", given.waivers, parseWaivers);
  if (!settings.ok || problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    value: { settings: settings.value, context: context ?? {}, waivers: waivers ?? [], mend: given.mend === true },
  };
};

/** The law's part of a configuration. */
export const settingsOf = (config: unknown, today: string): Checked<Settings> => {
  const given: PolicySettings = typeof config === "object" && config !== null ? config : {};
  const problems: Problem[] = [];
  const { asOf = today, homeCountries, env = "default" } = given;
  if (typeof asOf !== "string" || Number.isNaN(Date.parse(asOf)) || !/^\d{4}-\d{2}-\d{2}$/.test(asOf)) {
    problems.push({ path: "asOf", expected: "a day, as 2026-11-21", got: asOf, mend: "correct it" });
  }
  if (homeCountries !== undefined && !areCountries(homeCountries)) {
    const expected = "a list of ISO 3166-1 alpha-2 country codes, as [MA]";
    problems.push({ path: "homeCountries", expected, got: homeCountries, mend: "correct it" });
  }
  const declaration = parsed(given.declaration, env, problems);
  if (problems.length > 0) return { ok: false, problems };
  const home = homeCountries ?? declaration?.owner.establishedIn ?? [];
  return { ok: true, value: { asOf, homeCountries: home, ...(declaration === undefined ? {} : { declaration }) } };
};

const areCountries = (value: unknown): boolean =>
  Array.isArray(value) && value.every((country) => typeof country === "string" && /^[A-Z]{2}$/.test(country));

const parsed = (raw: unknown, env: string, problems: Problem[]): Declaration | undefined => {
  if (raw === undefined) return undefined;
  const result = parseDeclaration(raw, env);
  if (result.ok) return result.value;
  problems.push(...under("declaration", result.problems));
  return undefined;
};
