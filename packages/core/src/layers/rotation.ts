import { z } from "zod";
import type { Problem } from "../problem.ts";

/** How a credential rotates: a number that goes up, and the number up to which the old ones are closed. */
export interface Rotation {
  /** Number of the newest credential. Raised by one, a new one is made and the one before keeps working. @default 1 */
  readonly rotation?: number | undefined;
  /** Number up to which credentials are closed. Raised to `rotation - 1` when all use the newest. @default - `rotation - 2` */
  readonly closed?: number | undefined;
}

export const rotationShape = {
  rotation: z
    .int()
    .min(1)
    .optional()
    .describe(
      "Number of the newest credential. Raise it by one for a new one; the one before keeps working. Default 1.",
    ),
  closed: z
    .int()
    .min(0)
    .optional()
    .describe("Number up to which credentials are closed. Raise it when the newest is in use. Default: rotation - 2."),
} as const;

/**
 * Numbers of the credentials that work, the newest last: at most two. Two numbers that only go up, and not a word as
 * `previous: closed`: such a word would still stand there at the next rotation, and take away the credential that is
 * in use at that moment.
 */
export const liveNumbers = ({ rotation = 1, closed = 0 }: Rotation): readonly number[] =>
  closed >= rotation - 1 ? [rotation] : [rotation - 1, rotation];

/** @param prefix what stands before the key in the path of a problem, as `access.0.` */
export function* rotationProblems({ rotation = 1, closed }: Rotation, prefix = ""): Generator<Problem> {
  if (closed === undefined || closed < rotation) return;
  yield {
    path: `${prefix}closed`,
    expected: `less than rotation, which is ${rotation}`,
    got: closed,
    mend: "raise rotation first, and close the old one when the new one is in use",
  };
}
