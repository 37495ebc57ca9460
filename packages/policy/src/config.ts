import { type Checked, type Declaration, type Problem, parseDeclaration, under } from "@kasbah/core";
import type { Settings } from "./world.ts";

/** Names of the policies that the residency pack shows to the engine. */
export const RESIDENCY_POLICIES = { resource: "residency", references: "residency-references" } as const;

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
}

/** What `--policy-pack-config` takes: the same settings for every policy of the pack. */
export type PolicyPackConfig = Readonly<Record<string, PolicySettings>>;

/** The file for `--policy-pack-config`, as a plain value for `JSON.stringify`. */
export const policyConfig = (
  declaration: unknown,
  env: string,
  asOf: string,
  homeCountries?: readonly string[],
): PolicyPackConfig => {
  const settings = { declaration, env, asOf, ...(homeCountries === undefined ? {} : { homeCountries }) };
  return Object.fromEntries(Object.values(RESIDENCY_POLICIES).map((name) => [name, settings]));
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
  },
} as const;

/** Checks a configuration as it came. Everything wrong with it comes back at once. */
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
