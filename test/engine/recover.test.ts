import { beforeAll, test } from "vitest";
import { killAndRecover, type Moment, wholeRun } from "../support/kill.ts";

let whole: Readonly<Record<string, number>> = {};
beforeAll(async () => {
  whole = await wholeRun();
}, 120_000);

/** Two of them have no name in their cloud: they are found by what they connect. `npm run test:soak` takes every create. */
const POINTS: readonly [number, Moment, string | undefined][] = [
  [1, "before", undefined],
  [1, "after", "openstack:networking/routerInterface:RouterInterface"],
  [2, "after", "openstack:networking/secGroupRule:SecGroupRule"],
  [1, "after", "openstack:compute/instance:Instance"],
  [6, "after", undefined],
];

test.each(POINTS)(
  "kill -9 at create %i, %s the answer (%s): recovered, nothing twice, nothing lost",
  (create, moment, type) => killAndRecover(create, moment, whole, type),
  120_000,
);
