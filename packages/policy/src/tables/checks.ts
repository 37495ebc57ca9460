import type { Check } from "../facts/check.ts";
import { kubernetesChecks } from "./checks-kubernetes.ts";
import { openstackChecks } from "./checks-openstack.ts";
import { CONCERNS, type Concern, type Concerns } from "./concern.ts";
import { awsEncryption } from "./encryption-aws.ts";
import { awsExposure } from "./exposure-aws.ts";
import { awsResilience } from "./resilience-aws.ts";
import { azureResilience } from "./resilience-azure.ts";
import { gcpResilience } from "./resilience-gcp.ts";
import { azureSecurity } from "./security-azure.ts";
import { gcpSecurity } from "./security-gcp.ts";

const TABLES: readonly Concerns[] = [
  awsExposure,
  awsEncryption,
  awsResilience,
  azureSecurity,
  azureResilience,
  gcpSecurity,
  gcpResilience,
  openstackChecks,
  kubernetesChecks,
];

const merged = (concern: Concern): ReadonlyMap<string, readonly Check[]> =>
  new Map(TABLES.flatMap((table) => Object.entries(table[concern] ?? {})));

/** What each concern asks of each type. */
export const CHECKS: Readonly<Record<Concern, ReadonlyMap<string, readonly Check[]>>> = Object.fromEntries(
  CONCERNS.map((concern) => [concern, merged(concern)]),
) as Record<Concern, ReadonlyMap<string, readonly Check[]>>;
