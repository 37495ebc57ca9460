import type { Estate } from "../estate.ts";
import type { Resource } from "../resource.ts";
import { awsBackups } from "./aws-backups.ts";
import { awsDatabases } from "./aws-databases.ts";
import { awsDelivery } from "./aws-delivery.ts";
import { awsObjects } from "./aws-objects.ts";
import { awsStreams } from "./aws-streams.ts";
import { azureData } from "./azure-data.ts";
import { azureStreams } from "./azure-streams.ts";
import { containerFlows } from "./containers.ts";
import { type Flow, type FlowReader, type FlowReaders, type FlowRow, isReader, readRow } from "./flow.ts";
import { gcpData } from "./gcp-data.ts";
import { gcpStreams } from "./gcp-streams.ts";
import { keyFlows } from "./keys.ts";
import { kubernetesFlows } from "./kubernetes.ts";
import { openstackFlows } from "./openstack.ts";

export type { Area, Flow, FlowReader, FlowReaders, FlowRow, MoveKind, Ref, Source, Target } from "./flow.ts";

const TABLES: readonly FlowReaders[] = [
  awsObjects,
  awsDatabases,
  awsBackups,
  awsStreams,
  awsDelivery,
  azureData,
  azureStreams,
  gcpData,
  gcpStreams,
  openstackFlows,
  kubernetesFlows,
  keyFlows,
  containerFlows,
];

/** How each type moves data. A type may be in several tables. */
export const FLOWS: ReadonlyMap<string, readonly (FlowRow | FlowReader)[]> = new Map(
  TABLES.flatMap((table) => Object.keys(table)).map((type) => [type, TABLES.flatMap((table) => table[type] ?? [])]),
);

/** The movements of data that a resource asks for. */
export const flowsOf = (resource: Resource, estate: Estate): readonly Flow[] => {
  const rows = FLOWS.get(resource.type);
  if (rows === undefined) return NONE;
  return rows.flatMap((row) => (isReader(row) ? row.read(resource, estate) : readRow(row, resource)));
};

const NONE: readonly Flow[] = [];
