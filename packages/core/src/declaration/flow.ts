import { z } from "zod";
import { FLOW_KINDS, type FlowKind } from "../law/flow.ts";

/** Flows that a declaration can name; the state has a key of its own. */
export type DeclaredFlowKind = Exclude<FlowKind, "store-state">;
const DECLARED_FLOW_KINDS = FLOW_KINDS.filter((kind): kind is DeclaredFlowKind => kind !== "store-state");

const name = z.string();

export const flowSchema = z.strictObject({
  kind: z.enum(DECLARED_FLOW_KINDS).describe("Why the data moves."),
  from: name.describe("The workload that sends it."),
  to: name.describe("The place or site that gets it; for pull-image the registry, for hold-keys the key manager."),
  datasets: z
    .array(name)
    .min(1)
    .optional()
    .describe("What moves. Default: all that the workload holds; for pull-image nothing, since an image is code."),
});
export type DeclaredFlow = z.infer<typeof flowSchema>;
