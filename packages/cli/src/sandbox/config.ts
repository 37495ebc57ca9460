import { isDeepStrictEqual } from "node:util";

/** A stack's configuration file, parsed. */
export interface StackConfig {
  readonly config?: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

/** Stands in for a value that only the real stack's key can decrypt. */
export const SIMULATED_SECRET = "simulated";

/** What belongs to the real stack alone: its keys, and environments of a service that the sandbox does not ask. */
const REAL_ONLY = ["encryptionsalt", "encryptedkey", "secretsprovider", "environment"];

/** The tracked file as the sandbox may see it: no keys, and {@link SIMULATED_SECRET} for what they encrypt. */
export function withoutRealKeys(tracked: StackConfig): StackConfig {
  const kept = Object.entries(tracked).filter(([key]) => !REAL_ONLY.includes(key));
  return simulated(Object.fromEntries(kept)) as StackConfig;
}

function simulated(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(simulated);
  if (typeof value !== "object" || value === null) return value;
  if (Object.keys(value).length === 1 && "secure" in value) return SIMULATED_SECRET;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, simulated(inner)]));
}

/**
 * The sandbox's copy for the next run: the tracked file as it is now, over it what was changed inside the sandbox since
 * the last run (`current` against `base`, which is what that run was given), and the sandbox's own keys.
 */
export function refreshed(tracked: StackConfig, base: StackConfig, current: StackConfig): StackConfig {
  const config: Record<string, unknown> = { ...tracked.config };
  for (const key of new Set([...Object.keys(base.config ?? {}), ...Object.keys(current.config ?? {})])) {
    const [before, now] = [base.config?.[key], current.config?.[key]];
    if (isDeepStrictEqual(before, now)) continue;
    if (now === undefined) delete config[key];
    else config[key] = now;
  }
  const keys = Object.entries(current).filter(([key]) => REAL_ONLY.includes(key));
  return { ...tracked, ...Object.fromEntries(keys), config };
}
