import { setTimeout as sleep } from "node:timers/promises";
import type { FoundResource } from "@kasbah/core";
import type { OpenStackClient } from "../client.ts";

/** One resource whose answer was lost, and the cloud to ask. */
export interface Asked {
  readonly type: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly client: OpenStackClient;
}

/** How a type is recognised: every object that the inputs could have made. */
export type Row = (asked: Asked) => Promise<readonly FoundResource[]>;

export type Rows = Readonly<Record<string, Row>>;

/** What a list call tells of any object. */
export interface Listed {
  readonly id: string;
  readonly name?: string;
}

/** A plain text input; `undefined` when it was not given. */
export const optionalText = ({ inputs, type }: Asked, key: string): string | undefined => {
  const value = inputs[key];
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value === "string" || typeof value === "number") return String(value);
  throw new Error(`${type} is recognised by ${key}, and that is encrypted in the state`);
};

/** A plain text input by which the type is recognised. */
export const text = (asked: Asked, key: string): string => {
  const value = optionalText(asked, key);
  if (value !== undefined) return value;
  throw new Error(`${asked.type} is recognised by ${key}, and none was given`);
};

/** `?a=1&b=2`; what is undefined is left out. */
export const query = (parts: Readonly<Record<string, string | undefined>>): string => {
  const given = Object.entries(parts).filter((part): part is [string, string] => part[1] !== undefined);
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
};

/** Several list calls find by part or by pattern: the exact name is compared here. */
export const byName = <T extends Listed>(found: readonly T[], name: string): readonly T[] =>
  found.filter((one) => one.name === name);

export const named = (found: readonly Listed[]): readonly FoundResource[] =>
  found.map(({ id }) => ({ id, by: "name" }));

export const natural = (...ids: readonly string[]): readonly FoundResource[] =>
  ids.map((id) => ({ id, by: "natural-key" }));

/** A found object, with the reason for which it is of no use, when there is one. */
export const judged = (found: FoundResource, unusable: string | undefined): FoundResource =>
  unusable === undefined ? found : { ...found, unusable };

const SETTLES_WITHIN = 120_000;
const PAUSE = 2000;

/**
 * The same question until nothing is being made any more, two minutes at most: what the cloud was told before the kill
 * goes on there.
 */
export const settled = async <T>(
  ask: () => Promise<readonly T[]>,
  moving: (one: T) => boolean,
): Promise<readonly T[]> => {
  const end = Date.now() + SETTLES_WITHIN;
  for (;;) {
    const found = await ask();
    if (!found.some(moving) || Date.now() > end) return found;
    await sleep(PAUSE);
  }
};

/** Project whose objects are meant: an administrator's lists show everybody's. */
export const projectOf = async (asked: Asked, key = "tenantId"): Promise<string> =>
  optionalText(asked, key) ?? (await asked.client.session()).projectId;
