import type { Estate } from "../estate.ts";
import type { Resource } from "../resource.ts";
import { awsBackups } from "./aws-backups.ts";
import { awsDatabases } from "./aws-databases.ts";
import { awsObjects } from "./aws-objects.ts";
import { azureFlows } from "./azure.ts";
import type { Flow, FlowReaders } from "./flow.ts";
import { gcpFlows } from "./gcp.ts";
import { openstackFlows } from "./openstack.ts";

export type { Flow, FlowReader, FlowReaders, Ref, Target } from "./flow.ts";

/** How each type copies data: one row a type. */
export const FLOWS: FlowReaders = {
  ...awsObjects,
  ...awsDatabases,
  ...awsBackups,
  ...azureFlows,
  ...gcpFlows,
  ...openstackFlows,
};

/** The copies that a resource asks for. */
export const flowsOf = (resource: Resource, estate: Estate): readonly Flow[] =>
  Object.hasOwn(FLOWS, resource.type) ? (FLOWS[resource.type]?.read(resource, estate) ?? []) : [];
