import { type Plan, planOf } from "@kasbah/core";
import { EXIT, UserError } from "../error.ts";
import { collectProgram } from "../program/collect.ts";
import type { CollectedResource } from "../program/protocol.ts";
import type { PlatformStack } from "../stack.ts";

/** What would be made, and where, and why: without an engine or an account. */
export interface MadePlan extends Plan {
  /** Absent when the law refuses: then nothing is made. */
  readonly resources?: readonly CollectedResource[];
}

/**
 * Judges the declaration, and runs the program without an engine to see its resources.
 * @throws {UserError} exit 2 when the clouds cannot build what was declared, exit 4 when the program fails by itself
 */
export const makePlan = async (stack: PlatformStack, asOf: string): Promise<MadePlan> => {
  const plan = planOf(stack.declaration, asOf);
  if (plan.refusals.length > 0) return plan;
  const { folder, main, project, config } = stack;
  const reply = await collectProgram({ folder, main, project, stack: stack.stack, config, asOf });
  if (!reply.ok) throw new UserError(reply.expected ? EXIT.badInput : EXIT.engineOrCloud, reply.message);
  return { ...plan, resources: reply.resources };
};
