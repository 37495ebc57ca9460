import { KINDS, type Kind } from "@kasbah/core/judge";
import { awsRows } from "./places-aws.ts";
import { azureRows } from "./places-azure.ts";
import { gcpRows } from "./places-gcp.ts";
import { kubernetesRows, openstackRows, otherRows } from "./places-others.ts";
import type { Row } from "./row.ts";

export type { LabelPath, OwnRegion, Part, Row } from "./row.ts";

const kinds: ReadonlyMap<string, Kind> = new Map(Object.entries(KINDS));

/** What core's table says of the types that Kasbah makes; a row here adds to it. */
const ofKind = ({ label, holdsData }: Kind): Row => ({
  label: label === "string-tags" ? "tags" : label,
  ...(holdsData === true ? { holds: true } : {}),
});

const tabled: readonly (readonly [string, Row])[] = [
  ...Object.entries(awsRows),
  ...Object.entries(azureRows),
  ...Object.entries(gcpRows),
  ...Object.entries(openstackRows),
  ...Object.entries(kubernetesRows),
  ...Object.entries(otherRows),
];

/** Every type of which it is known what it is. */
export const ROWS: ReadonlyMap<string, Row> = new Map<string, Row>([
  ...[...kinds].map(([type, kind]): [string, Row] => [type, ofKind(kind)]),
  ...tabled.map(([type, row]): [string, Row] => {
    const kind = kinds.get(type);
    return [type, kind === undefined ? row : { ...ofKind(kind), ...row }];
  }),
]);

/** Types whose labels Kasbah's own layers put on: they are asked for, whatever the type holds. */
export const isKind = (type: string): boolean => kinds.has(type);
