import type { Finding, VerifyQuery } from "@kasbah/core";
import type { OpenStackClient } from "../client.ts";
import { OpenStackError } from "../errors.ts";
import { balancerFindings } from "./balancer.ts";
import { clusterFindings } from "./cluster.ts";
import { computeFindings } from "./compute.ts";
import type { Checked } from "./finding.ts";
import { networkFindings, orderFindings, volumeFindings } from "./storage.ts";

/**
 * What the cloud itself reports as broken, missing or late. A provider's success is not the cloud's: a server without a
 * host is in the state like any other, and the next `up` calls it a success. Drift is not looked for.
 */
export const verify = async (client: OpenStackClient, query: VerifyQuery): Promise<readonly Finding[]> => {
  const checked: Checked = { client, resources: query.resources };
  const checks = [
    computeFindings(checked),
    volumeFindings(checked),
    balancerFindings(checked),
    orderFindings(checked),
    networkFindings(checked),
    clusterFindings(checked, query.recovery),
  ];
  const found = await Promise.all(checks.map((check) => check.catch(unasked(query))));
  return found.flat();
};

/** A service that cannot be asked is said, and the others are asked. */
const unasked =
  ({ resources: [first] }: VerifyQuery) =>
  (error: unknown): readonly Finding[] => {
    if (!(error instanceof OpenStackError) || first === undefined) throw error;
    const told = { path: error.service, wanted: "an answer", found: error.message, mend: "Mend it, and verify again." };
    return [{ rule: "verify", severity: "high", resource: first.urn, ...told }];
  };
