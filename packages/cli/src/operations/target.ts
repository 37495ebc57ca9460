import type { Declaration, Target } from "@kasbah/core";
import { plainOnly } from "./state.ts";

/** Where a stack's operations work. */
export interface Scene {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** Plain configuration of the stack, `namespace:key` to its text. */
  readonly config: Readonly<Record<string, string>>;
  /** Absent for a program without a declaration. */
  readonly declaration?: Declaration;
}

/**
 * What a provider was told, as far as it is plain, and the settings of the place that it is named after. Where the
 * program makes no provider of its own, it is the configuration.
 */
export const targetOf = (
  cloud: string,
  name: string | undefined,
  inputs: Readonly<Record<string, unknown>> | undefined,
  { folder, env, config, declaration }: Scene,
): Target => {
  const settings = name === undefined ? undefined : declaration?.places[name]?.settings;
  const provider = inputs === undefined ? configured(cloud, config) : plainOnly(inputs);
  return { provider, env, folder, ...(settings === undefined ? {} : { settings }) };
};

const configured = (cloud: string, config: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(config).flatMap(([key, value]) =>
      key.startsWith(`${cloud}:`) ? [[key.slice(cloud.length + 1), value]] : [],
    ),
  );

/** Last part of a URN: the name by which the program calls it. */
export const nameIn = (urn: string): string => urn.split("::").at(-1) ?? urn;
