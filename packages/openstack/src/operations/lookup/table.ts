import { setTimeout as sleep } from "node:timers/promises";
import type { FoundResource, LookupQuery } from "@kasbah/core";
import type { OpenStackClient } from "../client.ts";
import { balancerRows } from "./balancer.ts";
import { computeRows } from "./compute.ts";
import { identityRows } from "./identity.ts";
import { keyRows } from "./keys.ts";
import { networkRows } from "./network.ts";
import type { Rows } from "./row.ts";
import { storageRows } from "./storage.ts";

/**
 * How each type is found again after a kill. The ids are those of terraform-provider-openstack 1.54.1, which the
 * provider bridges (read in each resource's create function).
 */
export const LOOKUPS: Rows = {
  ...networkRows,
  ...computeRows,
  ...storageRows,
  ...keyRows,
  ...identityRows,
  ...balancerRows,
};

/** The cloud may still be at what it was told just before the kill. */
const SECOND_LOOK = 3000;

/** @throws {Error} when the type has no row, or its inputs lack what it is recognised by */
export const lookup = async (
  client: OpenStackClient,
  { type, inputs }: Pick<LookupQuery, "type" | "inputs">,
): Promise<readonly FoundResource[]> => {
  const row = LOOKUPS[type];
  if (row === undefined) throw new Error(`${type} has no rule for recognising it in an OpenStack cloud`);
  const found = await row({ type, inputs, client });
  if (found.length > 0) return found;
  await sleep(SECOND_LOOK);
  return row({ type, inputs, client });
};
