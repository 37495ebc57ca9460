import { type Declaration, type JudgedFlow, permits, planOf } from "@kasbah/core";
import { EXIT, UserError } from "../error.ts";

/**
 * Judges where the engine's state would lie, before anything is made there.
 * @throws {UserError} exit 2 when nobody says where, exit 1 when the law refuses it
 */
export const judgeBackend = (declaration: Declaration, asOf: string): JudgedFlow => {
  const { flows, refusals } = planOf(declaration, asOf);
  const flow = flows.find(({ kind }) => kind === "store-state");
  if (flow === undefined) {
    throw new UserError(
      EXIT.badInput,
      "stateBackend: expected the place or site that keeps the engine's state, got nothing; declare it in platform.yaml, since the state says where everything is.",
    );
  }
  if (permits(flow.verdict.outcome)) return flow;
  const lines = refusals.filter((line) => line.startsWith(`${flow.path}:`));
  throw new UserError(
    EXIT.refused,
    ["Refused by law. Nothing is made.", ...lines.map((line) => `  ${line}`)].join("\n"),
  );
};
