import type { CloudId } from "@kasbah/core";
import type { LayerId } from "../contract/scene.ts";

interface OwnCase {
  readonly cloud: CloudId;
  readonly layer: LayerId;
  /** Findings that are right, with what would mend them. */
  readonly accepted: readonly string[];
}

/** Kasbah's own layers, each in production. */
export const PRODUCTION_CASES: readonly OwnCase[] = [
  { cloud: "aws", layer: "network", accepted: [] },
  { cloud: "aws", layer: "object-storage", accepted: [] },
  { cloud: "aws", layer: "postgres", accepted: [] },
  { cloud: "azure", layer: "object-storage", accepted: [] },
  { cloud: "gcp", layer: "object-storage", accepted: [] },
  { cloud: "openstack", layer: "network", accepted: [] },
  { cloud: "openstack", layer: "object-storage", accepted: [] },
];
